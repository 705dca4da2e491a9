using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Fitting.Families;

namespace FailoverSim.Analysis.Fitting;

/// <summary>All that is said of one quantity of a class: its life, or its repair.</summary>
public sealed record QuantityFit
{
    /// <summary>From this relative difference on the fitted mean is called into question.</summary>
    private const double MeanTolerance = 0.2;

    public required Sample Sample { get; init; }

    /// <summary>Null if nothing ended: then only a bound of the mean can be given.</summary>
    public required ModelChoice? Choice { get; init; }

    /// <summary>The mean of the chosen law with its interval: what is not known about the input. Seconds.</summary>
    public required Estimate Mean { get; init; }

    /// <summary>Shape or σ of the chosen law; null if it has none.</summary>
    public required Estimate? Shape { get; init; }

    public required Goodness? Goodness { get; init; }

    /// <summary>The survival curve of what has a known age; null if there is none.</summary>
    public required KaplanMeier? Curve { get; init; }

    /// <summary>Mean and standard deviation up to the longest time seen: of the curve, and of the law. Seconds; null without a curve.</summary>
    public required (double Until, double Curve, double CurveSd, double Law, double LawSd)? Restricted { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }

    /// <param name="sample">The observations.</param>
    /// <param name="isRepair">Whether two populations are possible.</param>
    /// <param name="stream">Name of the random stream of the bootstrap.</param>
    /// <param name="settings">Level, seed, bootstraps.</param>
    public static QuantityFit Of(Sample sample, bool isRepair, string stream, FitSettings settings)
    {
        ArgumentNullException.ThrowIfNull(sample);
        ArgumentNullException.ThrowIfNull(settings);
        ModelChoice? choice = ModelChoice.Of(sample, isRepair);
        Sample known = sample.OfKnownAge();
        KaplanMeier? curve = known.Failures == 0 ? null : KaplanMeier.Of(known);
        if (choice is null)
        {
            double least = sample.Exposure / PoissonInterval.BoundAfterNone(0.95);
            return new QuantityFit
            {
                Sample = sample,
                Choice = null,
                Mean = new Estimate(null, least, null, 0.95, "rule-of-three", 0),
                Shape = null,
                Goodness = null,
                Curve = null,
                Restricted = null,
                Warnings = ["nothing ended: the mean can only be bounded from below"],
            };
        }
        FittedLaw chosen = choice.Chosen;
        Family? family = Family.All.FirstOrDefault(f => f.Name == chosen.Family);
        Goodness goodness = Goodness.Of(sample, chosen, stream, settings.Seed, settings.Bootstraps);
        var restricted = curve is null ? ((double, double, double, double, double)?)null : RestrictedMoments(curve, chosen);
        return new QuantityFit
        {
            Sample = sample,
            Choice = choice,
            Mean = MeanOf(family, sample, chosen, settings.Level),
            Shape = family is null || family.Parameters == 1 ? null : ShapeOf(family, sample, chosen, settings.Level),
            Goodness = goodness,
            Curve = curve,
            Restricted = restricted,
            Warnings = [.. WarningsOf(choice, goodness, restricted)],
        };
    }

    private static Estimate MeanOf(Family? family, Sample sample, FittedLaw fit, double level)
    {
        double mean = fit.Law.Mean;
        if (family is null)
        {
            // Of a mixture: the mean of d times, by the variance of the law itself, on the scale of logarithms.
            double half = QuantileOf.Normal((1 + level) / 2) * Math.Sqrt(fit.Law.Variance / fit.Failures) / mean;
            return new Estimate(mean, mean * Math.Exp(-half), mean * Math.Exp(half), level, "delta", fit.Failures);
        }
        var (low, high) = MaximumLikelihood.MeanInterval(family, sample, fit, level);
        return new Estimate(mean, low, high, level, family.Parameters == 1 ? "chi-square" : "profile-likelihood", fit.Failures);
    }

    private static Estimate ShapeOf(Family family, Sample sample, FittedLaw fit, double level)
    {
        (double? Low, double? High)? interval = MaximumLikelihood.ShapeInterval(family, sample, fit, level);
        return new Estimate(fit.Shape, interval?.Low, interval?.High, level, "profile-likelihood", fit.Failures);
    }

    private static (double Until, double Curve, double CurveSd, double Law, double LawSd) RestrictedMoments(KaplanMeier curve, FittedLaw fit)
    {
        double until = curve.Last;
        var (mean, square) = curve.Moments(until);
        double sd = Math.Sqrt(Math.Max(0, square - mean * mean));
        if (curve.IsComplete)
        {
            return (until, mean, sd, fit.Law.Mean, Math.Sqrt(fit.Law.Variance));
        }
        // ∫ S and 2∫ t·S, panels that grow from 0 on, where S may fall steeply.
        const int Panels = 64;
        double lawMean = 0, lawSquare = 0;
        for (int i = 0; i < Panels; i++)
        {
            double a = until * Math.Pow((double)i / Panels, 3), b = until * Math.Pow((i + 1.0) / Panels, 3);
            lawMean += MathNet.Numerics.Integration.GaussLegendreRule.Integrate(t => Math.Exp(-fit.Law.CumulativeHazard(t)), a, b, 5);
            lawSquare += MathNet.Numerics.Integration.GaussLegendreRule.Integrate(t => 2 * t * Math.Exp(-fit.Law.CumulativeHazard(t)), a, b, 5);
        }
        return (until, mean, sd, lawMean, Math.Sqrt(Math.Max(0, lawSquare - lawMean * lawMean)));
    }

    private static IEnumerable<string> WarningsOf(
        ModelChoice choice, Goodness goodness, (double Until, double Curve, double CurveSd, double Law, double LawSd)? restricted)
    {
        FittedLaw chosen = choice.Chosen;
        if (chosen.Failures < ModelChoice.LeastForShape)
        {
            yield return FormattableString.Invariant($"{chosen.Failures} ends tell nothing of the shape: the exponential law is assumed, not found");
        }
        if (choice.IsTie)
        {
            yield return "these do as well as the chosen law (AICc within 2), which is the simplest: "
                + string.Join(", ", choice.Candidates.Where(c => c.Fit != chosen && c.Fit.Family != LogNormalMixture.Name && c.Fit.Aicc - chosen.Aicc < ModelChoice.Tie)
                    .Select(c => c.Fit.Family).DefaultIfEmpty("none better")) + "; run both where it matters";
        }
        if (chosen.Family == "weibull" && chosen.Failures < 20)
        {
            yield return FormattableString.Invariant(
                $"with {chosen.Failures} ends the shape comes out too large, by about {140.0 / chosen.Failures:F0} % on average");
        }
        if (restricted is { } r && Math.Abs(r.Law - r.Curve) > MeanTolerance * r.Curve)
        {
            yield return FormattableString.Invariant(
                $"the mean of the law differs by {100 * Math.Abs(r.Law / r.Curve - 1):F0} % from that of the survival curve: the law is wrong where it matters, or its tail is a guess");
        }
        if (goodness.PValue < 0.05)
        {
            yield return FormattableString.Invariant(
                $"the law does not fit (p = {goodness.PValue:0.###}, n = {goodness.N}); look at the figure whether it matters, or use empirical(file.csv)");
        }
        else if (goodness.N < 20)
        {
            yield return FormattableString.Invariant($"a test passed with n = {goodness.N} proves little");
        }
    }
}
