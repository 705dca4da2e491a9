using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Randomness;

namespace FailoverSim.Models.Laws;

/// <summary>Observed durations, each drawn with equal chance: <c>empirical(file.csv)</c>.</summary>
/// <remarks>
/// All atoms: H is a step function, +∞ from the greatest value on. The residual at an age is a draw from the values
/// beyond that age, found at H(age) + threshold.
/// </remarks>
public sealed class Empirical : Law
{
    private readonly double[] _sorted;
    private readonly string _source;

    /// <param name="seconds">At least one duration, each ≥ 0 s, in any order.</param>
    /// <param name="source">The file they came from, for the text of the law.</param>
    public Empirical(IReadOnlyList<double> seconds, string? source = null)
    {
        ArgumentNullException.ThrowIfNull(seconds);
        ArgumentOutOfRangeException.ThrowIfZero(seconds.Count, nameof(seconds));
        _sorted = [.. seconds.Select(value => Require.NonNegative(value, "seconds", nameof(seconds))).Order()];
        _source = source ?? FormattableString.Invariant($"{seconds.Count} durations");
        Mean = _sorted.Average();
        Variance = _sorted.Average(value => (value - Mean) * (value - Mean));
    }

    /// <summary>The durations in ascending order, seconds.</summary>
    public IReadOnlyList<double> Sorted => _sorted;

    public override double Mean { get; }

    /// <summary>Variance of one draw: the mean squared deviation of the values, seconds squared.</summary>
    public override double Variance { get; }

    public override bool IsContinuous => false;

    public override double CumulativeHazard(double x)
    {
        int count = CountUpTo(x);
        return count == _sorted.Length ? double.PositiveInfinity : -LogOnePlus(-(double)count / _sorted.Length);
    }

    public override double InverseCumulativeHazard(double y)
    {
        // The tolerance lets H(x) lead back to x where the exponential rounds the wrong way.
        int survivors = (int)Math.Floor(Math.Exp(-y) * _sorted.Length * (1 + 1e-13) + 1e-12);
        return _sorted[Math.Max(0, _sorted.Length - survivors - 1)];
    }

    public override double Hazard(double x) => double.NaN;

    public override double Draw(ref Draws draws) => _sorted[_sorted.Length - 1 - draws.NextIndex(_sorted.Length)];

    public override string ToString() => $"empirical({_source})";

    /// <summary>How many values are ≤ x.</summary>
    private int CountUpTo(double x)
    {
        int low = 0, high = _sorted.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_sorted[middle] <= x)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }
        return low;
    }
}
