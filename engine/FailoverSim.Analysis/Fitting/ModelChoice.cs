using FailoverSim.Analysis.Fitting.Families;

namespace FailoverSim.Analysis.Fitting;

/// <summary>A candidate with how it does beside the others.</summary>
/// <param name="Fit">The law.</param>
/// <param name="Delta">AICc above the least one.</param>
/// <param name="Weight">exp(−Δ/2), scaled to sum to 1 [Akaike 74; Burnham &amp; Anderson 02].</param>
public sealed record Candidate(FittedLaw Fit, double Delta, double Weight);

/// <summary>All candidates and the one to use.</summary>
public sealed record ModelChoice(IReadOnlyList<Candidate> Candidates, FittedLaw Chosen, bool IsTie)
{
    /// <summary>Differences below it are a tie: the simplest of those that tie is taken.</summary>
    public const double Tie = 2;

    /// <summary>
    /// By so much must a mixture win. With one law in truth its likelihood ratio does not follow the χ² law that AIC leans on (a
    /// share at its edge, two parts that are the same), and is larger.
    /// </summary>
    public const double MixtureLead = 6;

    /// <summary>So few ends that a shape would be guesswork: the exponential law only.</summary>
    public const int LeastForShape = 5;

    /// <summary>Null if nothing ended.</summary>
    /// <param name="sample">What to fit.</param>
    /// <param name="mixtures">Whether two populations are possible, as with repairs.</param>
    public static ModelChoice? Of(Sample sample, bool mixtures)
    {
        ArgumentNullException.ThrowIfNull(sample);
        List<FittedLaw> fits = [.. Family.All
            .Where(family => family.Parameters == 1 || sample.Failures >= LeastForShape)
            .Select(family => MaximumLikelihood.Fit(family, sample))
            .OfType<FittedLaw>()
            .Where(fit => double.IsFinite(fit.Aicc))];
        if (fits.Count == 0)
        {
            return null;
        }
        double single = fits.Min(fit => fit.Aicc);
        FittedLaw? mixture = mixtures ? LogNormalMixture.Fit(sample) : null;
        if (mixture is not null)
        {
            fits.Add(mixture);
        }
        double least = fits.Min(fit => fit.Aicc);
        double total = fits.Sum(fit => Math.Exp(-0.5 * (fit.Aicc - least)));
        List<Candidate> candidates = [.. fits
            .Select(fit => new Candidate(fit, fit.Aicc - least, Math.Exp(-0.5 * (fit.Aicc - least)) / total))
            .OrderBy(c => c.Delta)];
        if (mixture is not null && mixture.Aicc < single - MixtureLead)
        {
            return new ModelChoice(candidates, mixture, false);
        }
        List<FittedLaw> tied = [.. fits.Where(fit => fit != mixture && fit.Aicc - single < Tie)];
        return new ModelChoice(candidates, tied.OrderBy(fit => fit.Parameters).ThenBy(fit => fit.Aicc).First(), tied.Count > 1);
    }

    /// <summary>Fits the same kind of law to another sample.</summary>
    public static FittedLaw? Refit(string family, Sample sample) => family == LogNormalMixture.Name
        ? LogNormalMixture.Fit(sample)
        : MaximumLikelihood.Fit(Family.All.First(f => f.Name == family), sample);
}
