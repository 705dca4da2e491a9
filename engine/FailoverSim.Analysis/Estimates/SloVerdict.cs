using FailoverSim.Scenario.Specification;

namespace FailoverSim.Analysis.Estimates;

/// <summary>Whether a requirement is fulfilled, as far as the interval can say.</summary>
public enum Verdict
{
    /// <summary>The whole interval satisfies the limit.</summary>
    Met,

    /// <summary>None of the interval does.</summary>
    Missed,

    /// <summary>The limit lies within the interval: simulate more.</summary>
    Undecided,
}

/// <param name="Slo">What is required.</param>
/// <param name="Probability">The probability that the requirement limits.</param>
/// <param name="Verdict">The judgement.</param>
public sealed record SloVerdict(SloSpec Slo, Estimate Probability, Verdict Verdict)
{
    /// <param name="slo">What is required.</param>
    /// <param name="shareMet">The metric <c>p-slo-met</c>: share of windows that met the objective.</param>
    public static SloVerdict Of(SloSpec slo, Estimate shareMet)
    {
        ArgumentNullException.ThrowIfNull(slo);
        ArgumentNullException.ThrowIfNull(shareMet);
        // `P(met) >= 90%` limits the share of windows met, `P(any outage > 30m in 1y) <= 2%` that of windows not met.
        var probability = slo is OutageSlo ? shareMet.Complement() : shareMet;
        double limit = slo.Require.Probability;
        var (above, below) = slo.Require.AtLeast ? (Verdict.Met, Verdict.Missed) : (Verdict.Missed, Verdict.Met);
        // A bound on the limit itself satisfies it: ≥ and ≤ both include equality.
        bool allAbove = slo.Require.AtLeast ? probability.Low >= limit : probability.Low > limit;
        bool allBelow = slo.Require.AtLeast ? probability.High < limit : probability.High <= limit;
        return new SloVerdict(slo, probability, allAbove ? above : allBelow ? below : Verdict.Undecided);
    }
}
