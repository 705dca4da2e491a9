using FailoverSim.Analysis.Estimates;

namespace FailoverSim.Analysis.Fitting;

/// <summary>A step of a survival curve.</summary>
/// <param name="Time">In seconds.</param>
/// <param name="AtRisk">Watched and running just before.</param>
/// <param name="Ended">Ended here.</param>
/// <param name="Survival">Share that lives longer.</param>
/// <param name="Variance">Greenwood's.</param>
/// <param name="CumulativeHazard">Nelson and Aalen's.</param>
public readonly record struct SurvivalStep(
    double Time, int AtRisk, int Ended, double Survival, double Variance, double CumulativeHazard);

/// <summary>
/// The survival curve without any law, S(t) = Π (1 − d/n) [Kaplan &amp; Meier 58], over risk sets that count each life only from its
/// age at entry. Intervals count as their middles.
/// </summary>
public sealed class KaplanMeier
{
    private KaplanMeier(IReadOnlyList<SurvivalStep> steps, double last) => (Steps, Last) = (steps, last);

    public IReadOnlyList<SurvivalStep> Steps { get; }

    /// <summary>The longest time seen, ended or not; seconds.</summary>
    public double Last { get; }

    /// <summary>Whether the curve reaches 0: then its mean is that of the law, not only up to <see cref="Last"/>.</summary>
    public bool IsComplete => Steps.Count > 0 && Steps[^1].Survival == 0;

    /// <param name="sample">Ages known.</param>
    public static KaplanMeier Of(Sample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        return Of(sample.Observations, o => !o.IsCensored);
    }

    /// <summary>The same of the times at which watching ended without an end.</summary>
    public static KaplanMeier OfCensoring(Sample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        return Of(sample.Observations, o => o.IsCensored);
    }

    private static KaplanMeier Of(IReadOnlyList<Observation> observations, Func<Observation, bool> ends)
    {
        double[] entries = [.. observations.Select(o => o.Entry).Order()];
        double[] exits = [.. observations.Select(o => o.Time).Order()];
        List<SurvivalStep> steps = [];
        double survival = 1, hazard = 0, sum = 0;
        foreach (IGrouping<double, Observation> tie in observations.Where(ends).GroupBy(o => o.Time).OrderBy(g => g.Key))
        {
            int ended = tie.Count();
            // One that entered at the very time was not yet watched when these ended, unless it is one of them.
            int entered = CountBelow(entries, tie.Key) + tie.Count(o => o.Entry >= tie.Key);
            int atRisk = entered - CountBelow(exits, tie.Key);
            survival *= 1 - (double)ended / atRisk;
            hazard += (double)ended / atRisk;
            sum += atRisk > ended ? (double)ended / ((double)atRisk * (atRisk - ended)) : 0;
            steps.Add(new SurvivalStep(tie.Key, atRisk, ended, survival, survival * survival * sum, hazard));
        }
        return new KaplanMeier(steps, exits.Length == 0 ? 0 : exits[^1]);
    }

    /// <summary>Share that lives longer than t; beyond the longest time seen as there.</summary>
    public double Survival(double t)
    {
        int low = 0, high = Steps.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = Steps[middle].Time <= t ? (middle + 1, high) : (low, middle);
        }
        return low == 0 ? 1 : Steps[low - 1].Survival;
    }

    /// <summary>The band on the scale of ln(−ln S), which stays within 0 and 1.</summary>
    public static (double Low, double High) Band(SurvivalStep step, double level)
    {
        if (step.Survival is <= 0 or >= 1)
        {
            return (step.Survival <= 0 ? 0 : 1, step.Survival <= 0 ? 0 : 1);
        }
        double log = Math.Log(step.Survival);
        double half = QuantileOf.Normal((1 + level) / 2) * Math.Sqrt(step.Variance) / (step.Survival * -log);
        return (Math.Exp(log * Math.Exp(half)), Math.Exp(log * Math.Exp(-half)));
    }

    /// <summary>∫ S and 2∫ t·S from 0 to <paramref name="until"/>: mean and mean square of min(X, until).</summary>
    public (double Mean, double Square) Moments(double until)
    {
        double mean = 0, square = 0, at = 0, survival = 1;
        foreach (SurvivalStep step in Steps.TakeWhile(s => s.Time < until))
        {
            mean += survival * (step.Time - at);
            square += survival * (step.Time * step.Time - at * at);
            (at, survival) = (step.Time, step.Survival);
        }
        return (mean + survival * (until - at), square + survival * (until * until - at * at));
    }

    private static int CountBelow(double[] sorted, double limit)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = sorted[middle] < limit ? (middle + 1, high) : (low, middle);
        }
        return low;
    }
}
