using FailoverSim.Kernel.Laws;
using FailoverSim.Models.Laws;

namespace FailoverSim.Scenario.Values;

/// <summary>The laws by name: how each is written, and how it comes from its arguments.</summary>
internal static class LawForms
{
    private const decimal LeastShape = 0.05m;
    private const decimal GreatestShape = 1000;

    /// <summary>How each law is written, in alphabetical order.</summary>
    public static readonly SortedDictionary<string, string> Usages = new(StringComparer.Ordinal)
    {
        ["empirical"] = "empirical(file.csv)",
        ["erlang"] = "erlang(k=4 mean=2h)",
        ["exp"] = "exp(4y), where 4y is the mean",
        ["gamma"] = "gamma(shape=2 mean=3h)",
        ["lognormal"] = "lognormal(median=40m p95=6h) or lognormal(mean=1h cv=2)",
        ["mix"] = "mix(90% exp(2m) 10% exp(1h))",
        ["triangular"] = "triangular(1m 5m 20m)",
        ["weibull"] = "weibull(shape=0.8 mean=2y) or weibull(shape=0.8 scale=2y)",
    };

    public static LawValue Read(string name, LawArguments arguments, FieldContext field)
    {
        var law = name switch
        {
            "exp" => Exponential(arguments),
            "weibull" => Weibull(arguments),
            "lognormal" => LogNormal(arguments),
            "gamma" => Gamma(arguments),
            "erlang" => Erlang(arguments),
            "triangular" => Triangular(arguments),
            _ => EmpiricalText.Read(arguments, field),
        };
        return Truncation.Apply(arguments, law, name);
    }

    private static LawValue Exponential(LawArguments arguments)
    {
        bool named = arguments.Has("mean");
        decimal mean = named ? arguments.PositiveDuration("mean") : arguments.Duration(0);
        return mean > 0
            ? new LawValue(new Exponential(DurationText.Seconds(mean)), $"exp({DurationText.Write(mean)})")
            : throw arguments.Impossible(null, "the mean must be longer than zero");
    }

    private static LawValue Weibull(LawArguments arguments)
    {
        decimal shape = arguments.Number("shape", LeastShape, GreatestShape);
        bool byScale = arguments.Has("scale") && !arguments.Has("mean");
        decimal size = arguments.PositiveDuration(byScale ? "scale" : "mean");
        Law law = byScale
            ? new Weibull((double)shape, DurationText.Seconds(size))
            : Models.Laws.Weibull.FromMean((double)shape, DurationText.Seconds(size));
        return new LawValue(law,
            $"weibull(shape={NumberText.Write(shape)} {(byScale ? "scale" : "mean")}={DurationText.Write(size)})");
    }

    private static LawValue LogNormal(LawArguments arguments)
    {
        if (arguments.Has("mean") || arguments.Has("cv"))
        {
            decimal mean = arguments.PositiveDuration("mean");
            decimal cv = arguments.Number("cv", 0.001m, 1000);
            return new LawValue(Models.Laws.LogNormal.FromMeanAndCv(DurationText.Seconds(mean), (double)cv),
                $"lognormal(mean={DurationText.Write(mean)} cv={NumberText.Write(cv)})");
        }
        decimal median = arguments.PositiveDuration("median");
        string quantile = arguments.QuantileName ?? "p95";
        decimal value = arguments.Duration(quantile);
        decimal probability = arguments.Probability(quantile);
        if (value <= median)
        {
            throw arguments.Impossible(quantile, $"'{quantile}' must be longer than the median");
        }
        return new LawValue(
            Models.Laws.LogNormal.FromMedianAndQuantile(DurationText.Seconds(median), (double)probability,
                DurationText.Seconds(value)),
            $"lognormal(median={DurationText.Write(median)} p{NumberText.Write(probability * 100)}={DurationText.Write(value)})");
    }

    private static LawValue Gamma(LawArguments arguments)
    {
        decimal shape = arguments.Number("shape", LeastShape, GreatestShape);
        bool byScale = arguments.Has("scale") && !arguments.Has("mean");
        decimal size = arguments.PositiveDuration(byScale ? "scale" : "mean");
        Law law = byScale
            ? new Gamma((double)shape, DurationText.Seconds(size))
            : Models.Laws.Gamma.FromMean((double)shape, DurationText.Seconds(size));
        return new LawValue(law,
            $"gamma(shape={NumberText.Write(shape)} {(byScale ? "scale" : "mean")}={DurationText.Write(size)})");
    }

    private static LawValue Erlang(LawArguments arguments)
    {
        decimal stages = arguments.Number("k", 1, GreatestShape);
        if (stages % 1 != 0)
        {
            throw arguments.Impossible("k", "'k' must be a whole number");
        }
        decimal mean = arguments.PositiveDuration("mean");
        return new LawValue(new Erlang((int)stages, DurationText.Seconds(mean)),
            $"erlang(k={NumberText.Write(stages)} mean={DurationText.Write(mean)})");
    }

    private static LawValue Triangular(LawArguments arguments)
    {
        decimal low = arguments.Duration(0);
        decimal mode = arguments.Duration(1);
        decimal high = arguments.Duration(2);
        return low <= mode && mode <= high && low < high
            ? new LawValue(
                new Triangular(DurationText.Seconds(low), DurationText.Seconds(mode), DurationText.Seconds(high)),
                $"triangular({DurationText.Write(low)} {DurationText.Write(mode)} {DurationText.Write(high)})")
            : throw arguments.Impossible(null, "the three values must go upwards: least, most likely, greatest");
    }
}
