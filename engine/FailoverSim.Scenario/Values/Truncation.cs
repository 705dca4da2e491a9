using FailoverSim.Models.Laws;

namespace FailoverSim.Scenario.Values;

/// <summary><c>min=</c> and <c>max=</c>, which every law in brackets takes: it is conditioned to lie between
/// them.</summary>
internal static class Truncation
{
    /// <summary>Below this share of draws left, the truncated law says something else than was meant.</summary>
    private const double LeastShare = 1e-9;

    public static LawValue Apply(LawArguments arguments, LawValue whole, string name, Measure measure)
    {
        bool hasMin = arguments.Has("min");
        bool hasMax = arguments.Has("max");
        decimal min = hasMin ? arguments.Duration("min") : 0;
        decimal max = hasMax ? arguments.Duration("max") : 0;
        arguments.RejectOthers("shape", "scale", "mean", "median", "cv", "k", "min", "max");
        if (!hasMin && !hasMax)
        {
            return whole;
        }
        if (hasMax && min >= max)
        {
            throw arguments.Impossible("max", $"'max' must be {measure.Greater} than 'min'");
        }
        double low = measure.ToLaw(min);
        double high = hasMax ? measure.ToLaw(max) : double.PositiveInfinity;
        if (!(whole.Law.Cdf(high) - whole.Law.Cdf(low) > LeastShare))
        {
            throw arguments.Impossible(hasMax ? "max"
                : "min", $"hardly any value of this {name} law lies within 'min' and 'max'");
        }
        var limits = (hasMin ? $" min={measure.Write(min)}" : "")
            + (hasMax ? $" max={measure.Write(max)}" : "");
        return new LawValue(new Truncated(whole.Law, low, high), whole.Normal[..^1] + limits + ")");
    }
}
