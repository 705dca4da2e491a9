using FailoverSim.Analysis.Estimates;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Analysis.Comparisons;

/// <summary>Which of two is better, as far as the interval of their difference can say.</summary>
public enum Standing
{
    /// <summary>The whole interval lies below zero: the variant is down for less.</summary>
    Better,

    /// <summary>The whole interval lies above zero.</summary>
    Worse,

    /// <summary>Zero lies within the interval: simulate more, or take them for equal.</summary>
    Undecided,
}

/// <summary>One service of a variant, held against the same service of the baseline, replication by replication.</summary>
public sealed record Comparison
{
    private const double MinutesPerYear = 365 * 24 * 60;

    /// <summary>With what probability the replications that are called for decide, if the difference is what it seems.</summary>
    private const double Power = 0.8;

    /// <summary>More than this are not called for: nobody would run them.</summary>
    public const long MostReplications = 10_000_000;

    public required string Service { get; init; }
    public required string Baseline { get; init; }
    public required string Variant { get; init; }

    /// <summary>How many comparisons hold jointly, at <see cref="JointLevel"/>.</summary>
    public required int Family { get; init; }

    /// <summary>Confidence that no interval of the family misses its truth.</summary>
    public required double JointLevel { get; init; }

    /// <summary>Minutes a year that the variant is down more (or, below zero, less) than the baseline.</summary>
    public required Estimate Difference { get; init; }

    /// <summary>−log₁₀ of the ratio of the unavailabilities: above zero, so many nines are gained.</summary>
    public required Estimate Nines { get; init; }

    /// <summary>Of the down times of one replication; null where one of them never varies.</summary>
    public required double? Correlation { get; init; }

    /// <summary>See <see cref="PairedMoments.VarianceReduction"/>.</summary>
    public required double? VarianceReduction { get; init; }

    /// <summary>What <see cref="VarianceReduction"/> would be with a correlation of 1: (s₁² + s₂²)/(s₁ − s₂)²; null where it has no limit.</summary>
    public double? VarianceReductionLimit { get; init; }

    /// <summary>Pairs whose down times differ.</summary>
    public required long Differing { get; init; }

    public required long Replications { get; init; }

    /// <summary>How many in all would probably decide; null where it is decided, or where more than <see cref="MostReplications"/> would be needed.</summary>
    public required long? ReplicationsNeeded { get; init; }

    /// <summary>What the difference is made of, largest first; empty unless it was asked for.</summary>
    public IReadOnlyList<NoiseShare> Noise { get; init; } = [];

    /// <summary>What the variant costs beyond the baseline.</summary>
    public Alternative? Costs { get; init; }

    /// <summary>What the variant changes, as written.</summary>
    public IReadOnlyList<string> Changes { get; init; } = [];

    public Standing Standing =>
        Difference.High < 0 ? Standing.Better : Difference.Low > 0 ? Standing.Worse : Standing.Undecided;

    /// <summary>What a minute a year less costs a year; null unless time is saved for sure and the price is known.</summary>
    public Estimate? CostPerMinute => PerMinuteSaved(Costs?.PerYear);

    /// <summary>What a minute a year less costs once.</summary>
    public Estimate? CostOncePerMinute => PerMinuteSaved(Costs?.Once);

    /// <param name="service">Which service.</param>
    /// <param name="baseline">Name of the baseline.</param>
    /// <param name="variant">Name of the variant.</param>
    /// <param name="down">Down times in nanoseconds.</param>
    /// <param name="horizonNanoseconds">Observed time of each replication.</param>
    /// <param name="family">How many comparisons are to hold jointly.</param>
    /// <param name="jointLevel">Their joint confidence.</param>
    public static Comparison Of(
        string service, string baseline, string variant, PairedMoments down, long horizonNanoseconds, int family,
        double jointLevel = Summary.DefaultLevel)
    {
        ArgumentNullException.ThrowIfNull(down);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(family);
        double level = 1 - ((1 - jointLevel) / family);
        Estimate difference = PairedInterval.Difference(down, horizonNanoseconds, level).Times(MinutesPerYear);
        return new Comparison
        {
            Service = service,
            Baseline = baseline,
            Variant = variant,
            Family = family,
            JointLevel = jointLevel,
            Difference = difference,
            Nines = NinesOf(down, level),
            Correlation = down.Correlation,
            VarianceReduction = down.VarianceReduction,
            VarianceReductionLimit = down.VarianceReductionLimit,
            Differing = down.Differing,
            Replications = down.Count,
            ReplicationsNeeded = Needed(difference, level, down.Count),
        };
    }

    private static Estimate NinesOf(PairedMoments down, double level)
    {
        if (down.Pairs.X.IsZero || down.Pairs.Y.IsZero)
        {
            return new Estimate(null, null, null, level, "none", down.Count);
        }
        double ratio = (double)down.Pairs.X / (double)down.Pairs.Y;
        var bounds = RatioInterval.LogT(down.Pairs, down.Differing, level);
        return new Estimate(
            -Math.Log10(ratio) + 0.0, // never −0
            bounds is { } b ? -Math.Log10(b.High) : null,
            bounds is { } c ? -Math.Log10(c.Low) : null,
            level, bounds is null ? "none" : "paired-log-ratio", down.Count);
    }

    /// <summary>The half-width towards zero shrinks like the square root of the replications.</summary>
    private static long? Needed(Estimate difference, double level, long replications)
    {
        if (difference.Value is not { } value || value == 0 || difference.Low > 0 || difference.High < 0)
        {
            return null;
        }
        double towardsZero = value > 0 ? value - difference.Low!.Value : difference.High!.Value - value;
        double z = QuantileOf.Normal((1 + level) / 2);
        double ratio = towardsZero / Math.Abs(value) * (z + QuantileOf.Normal(Power)) / z;
        double needed = Math.Ceiling(ratio * ratio * replications);
        return needed <= MostReplications ? (long)needed : null;
    }

    private Estimate? PerMinuteSaved(Money? money)
    {
        if (money is not { Amount: > 0 } || Standing != Standing.Better)
        {
            return null;
        }
        double amount = (double)money.Amount;
        // All of the interval is below zero; most is saved at its low end, where a minute is cheapest.
        return Difference with { Value = -amount / Difference.Value, Low = -amount / Difference.Low, High = -amount / Difference.High };
    }
}
