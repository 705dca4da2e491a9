using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Randomness;

namespace FailoverSim.Models.Laws;

/// <summary>One of several laws, chosen by share: <c>mix(90% exp(2m) 10% lognormal(median=1h p95=5h))</c>.</summary>
public sealed class Mixture : Law
{
    private readonly double[] _shares;
    private readonly Law[] _laws;

    /// <param name="parts">Positive shares that sum to 1 (within 1e-9), each with its law.</param>
    public Mixture(IReadOnlyList<(double Share, Law Law)> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        double total = parts.Sum(part => Require.Positive(part.Share, "shares of 1", nameof(parts)));
        if (!(Math.Abs(total - 1) < 1e-9))
        {
            throw new ArgumentOutOfRangeException(nameof(parts), total, "The shares must sum to 1.");
        }
        _shares = [.. parts.Select(part => part.Share / total)];
        _laws = [.. parts.Select(part => part.Law)];
        IsContinuous = _laws.All(law => law.IsContinuous);
        Mean = parts.Sum(part => part.Share / total * part.Law.Mean);
        Variance = double.IsFinite(Mean)
            ? parts.Sum(part => part.Share / total * (part.Law.Variance + Math.Pow(part.Law.Mean - Mean, 2)))
            : double.PositiveInfinity;
    }

    /// <summary>The shares and their laws.</summary>
    public IEnumerable<(double Share, Law Law)> Parts => _shares.Zip(_laws);

    public override double Mean { get; }

    public override double Variance { get; }

    public override bool IsContinuous { get; }

    public override IReadOnlyList<LawBranch> Branches => _laws.All(law => law.Branches.Count > 0)
        ? [.. Parts.SelectMany(part => part.Law.Branches.Select(branch => branch with { Weight = part.Share * branch.Weight }))]
        : [];

    public override double CumulativeHazard(double x)
    {
        double below = 0;
        double least = double.PositiveInfinity;
        for (int i = 0; i < _laws.Length; i++)
        {
            double hazard = _laws[i].CumulativeHazard(x);
            below -= _shares[i] * ExpMinusOne(-hazard);
            least = Math.Min(least, hazard);
        }
        return below < 0.5 ? -LogOnePlus(-below)
            : double.IsPositiveInfinity(least) ? least
            : least - Math.Log(SurvivorsScaled(x, least));
    }

    public override double InverseCumulativeHazard(double y)
    {
        // All parts have reached y at the last of their inverses and none before the first; part i alone, survived by
        // share·exp(−H), holds the mixture back until H reaches y + ln(share): a close guess far out in the tail.
        double low = double.PositiveInfinity, high = 0, guess = 0;
        for (int i = 0; i < _laws.Length; i++)
        {
            double x = _laws[i].InverseCumulativeHazard(y);
            low = Math.Min(low, x);
            high = Math.Max(high, x);
            double left = y + Math.Log(_shares[i]);
            guess = left > 0 ? Math.Max(guess, _laws[i].InverseCumulativeHazard(left)) : guess;
        }
        return low == high || CumulativeHazard(low) >= y ? low
            : HazardRoot.Solve(this, y, low, high, guess > low && guess < high ? guess : HazardRoot.Halfway(low, high));
    }

    /// <summary>The mean of the parts' hazards, weighted by who survives.</summary>
    public override double Hazard(double x)
    {
        if (!IsContinuous)
        {
            return double.NaN;
        }
        double hazardHere = CumulativeHazard(x);
        if (double.IsPositiveInfinity(hazardHere))
        {
            return hazardHere;
        }
        double sum = 0;
        for (int i = 0; i < _laws.Length; i++)
        {
            double weight = _shares[i] * Math.Exp(hazardHere - _laws[i].CumulativeHazard(x));
            sum += weight == 0 ? 0 : weight * _laws[i].Hazard(x);
        }
        return sum;
    }

    /// <remarks>One uniform chooses the part, which then draws from the same address.</remarks>
    public override double Draw(ref Draws draws)
    {
        double left = draws.NextUniform();
        int i = 0;
        while (i < _laws.Length - 1 && left > _shares[i])
        {
            left -= _shares[i++];
        }
        return _laws[i].Draw(ref draws);
    }

    public override string ToString() =>
        $"mix({string.Join(" ", Parts.Select(part => $"{Seconds.Percent(part.Share)} {part.Law}"))})";

    /// <summary>P(X &gt; x)·exp(shift), which does not underflow if shift is the least of the parts' hazards.</summary>
    private double SurvivorsScaled(double x, double shift)
    {
        double sum = 0;
        for (int i = 0; i < _laws.Length; i++)
        {
            sum += _shares[i] * Math.Exp(shift - _laws[i].CumulativeHazard(x));
        }
        return sum;
    }
}
