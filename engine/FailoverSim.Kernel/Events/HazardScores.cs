using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Time;

namespace FailoverSim.Kernel.Events;

/// <summary>
/// Firings minus hazard used up, N − H, of the clocks of each hazard since t = 0: the derivative of the log likelihood of what has
/// happened with respect to the logarithm of a factor on the hazard. Its mean is zero (a martingale).
/// </summary>
internal sealed class HazardScores
{
    /// <summary>Thresholds above it occur less than once in 2^64 draws; rounding at the end of a finite law may show infinity.</summary>
    private const double MostHazard = 44.4;

    private readonly Law[] _laws;
    private readonly double[] _means;
    private readonly int[] _hazardOf;
    private readonly double[] _scores;

    /// <param name="laws">All laws of the model.</param>
    /// <param name="hazards">Numbers of the laws that are scored.</param>
    public HazardScores(IReadOnlyList<Law> laws, IReadOnlyList<int> hazards)
    {
        _laws = [.. laws];
        _means = [.. laws.Select(law => law.IsMemoryless ? law.Mean : 0)];
        _hazardOf = new int[laws.Count];
        Array.Fill(_hazardOf, -1);
        for (int i = 0; i < hazards.Count; i++)
        {
            _hazardOf[hazards[i]] = i;
        }
        _scores = new double[hazards.Count];
    }

    public void Reset() => Array.Clear(_scores);

    public void CopyFrom(HazardScores other) => other._scores.AsSpan().CopyTo(_scores);

    /// <summary>A clock has fired: the life it has reached was its threshold.</summary>
    public void Fired(int law, long life) => Add(law, life, 1);

    /// <summary>A clock is given up at an age.</summary>
    public void Left(int law, long age) => Add(law, age, 0);

    /// <summary>The scores so far of all clocks that have ended.</summary>
    public ReadOnlySpan<double> Ended => _scores;

    /// <summary>Which hazard a law is; −1 for none.</summary>
    public int HazardOf(int law) => _hazardOf[law];

    /// <summary>H(age), age in nanoseconds.</summary>
    public double Used(int law, long age)
    {
        double seconds = age / (double)SimDuration.NanosecondsPerSecond;
        double used = _means[law] > 0 ? seconds / _means[law] : _laws[law].CumulativeHazard(seconds);
        return Math.Min(used, MostHazard);
    }

    private void Add(int law, long age, int firings)
    {
        int hazard = _hazardOf[law];
        if (hazard >= 0)
        {
            _scores[hazard] += firings - Used(law, age);
        }
    }
}
