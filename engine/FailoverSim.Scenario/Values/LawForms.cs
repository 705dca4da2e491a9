using FailoverSim.Kernel.Laws;
using FailoverSim.Models.Laws;

namespace FailoverSim.Scenario.Values;

/// <summary>The laws by name: how each is written, and how it comes from its arguments.</summary>
internal static class LawForms
{
    private const decimal LeastShape = 0.05m;
    private const decimal GreatestShape = 1000;

    /// <summary>How each law is written, in alphabetical order.</summary>
    public static readonly OrderedDictionary<string, string> Usages = new(StringComparer.Ordinal)
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
        var measure = field.Measure;
        var law = name switch
        {
            "exp" => Exponential(arguments, measure),
            "weibull" => Weibull(arguments, measure),
            "lognormal" => LogNormal(arguments, measure),
            "gamma" => Gamma(arguments, measure),
            "erlang" => Erlang(arguments, measure),
            "triangular" => Triangular(arguments, measure),
            _ => EmpiricalText.Read(arguments, field),
        };
        return Truncation.Apply(arguments, law, name, measure);
    }

    private static LawValue Exponential(LawArguments arguments, Measure measure)
    {
        bool named = arguments.Has("mean");
        decimal mean = named ? arguments.PositiveDuration("mean") : arguments.Duration(0);
        return mean > 0
            ? new LawValue(new Exponential(measure.ToLaw(mean)), $"exp({measure.Write(mean)})")
            : throw arguments.Impossible(null, $"the mean must be {measure.AboveZero}");
    }

    private static LawValue Weibull(LawArguments arguments, Measure measure)
    {
        decimal shape = arguments.Number("shape", LeastShape, GreatestShape);
        bool byScale = arguments.Has("scale") && !arguments.Has("mean");
        decimal size = arguments.PositiveDuration(byScale ? "scale" : "mean");
        Law law = byScale
            ? new Weibull((double)shape, measure.ToLaw(size))
            : Models.Laws.Weibull.FromMean((double)shape, measure.ToLaw(size));
        return new LawValue(law,
            $"weibull(shape={NumberText.Write(shape)} {(byScale ? "scale" : "mean")}={measure.Write(size)})");
    }

    private static LawValue LogNormal(LawArguments arguments, Measure measure)
    {
        if (arguments.Has("mean") || arguments.Has("cv"))
        {
            decimal mean = arguments.PositiveDuration("mean");
            decimal cv = arguments.Number("cv", 0.001m, 1000);
            return new LawValue(Models.Laws.LogNormal.FromMeanAndCv(measure.ToLaw(mean), (double)cv),
                $"lognormal(mean={measure.Write(mean)} cv={NumberText.Write(cv)})");
        }
        decimal median = arguments.PositiveDuration("median");
        string quantile = arguments.QuantileName ?? "p95";
        decimal value = arguments.Duration(quantile);
        decimal probability = arguments.Probability(quantile);
        if (value <= median)
        {
            throw arguments.Impossible(quantile, $"'{quantile}' must be {measure.Greater} than the median");
        }
        return new LawValue(
            Models.Laws.LogNormal.FromMedianAndQuantile(measure.ToLaw(median), (double)probability,
                measure.ToLaw(value)),
            $"lognormal(median={measure.Write(median)} p{NumberText.Write(probability * 100)}={measure.Write(value)})");
    }

    private static LawValue Gamma(LawArguments arguments, Measure measure)
    {
        decimal shape = arguments.Number("shape", LeastShape, GreatestShape);
        bool byScale = arguments.Has("scale") && !arguments.Has("mean");
        decimal size = arguments.PositiveDuration(byScale ? "scale" : "mean");
        Law law = byScale
            ? new Gamma((double)shape, measure.ToLaw(size))
            : Models.Laws.Gamma.FromMean((double)shape, measure.ToLaw(size));
        return new LawValue(law,
            $"gamma(shape={NumberText.Write(shape)} {(byScale ? "scale" : "mean")}={measure.Write(size)})");
    }

    private static LawValue Erlang(LawArguments arguments, Measure measure)
    {
        decimal stages = arguments.Number("k", 1, GreatestShape);
        if (stages % 1 != 0)
        {
            throw arguments.Impossible("k", "'k' must be a whole number");
        }
        decimal mean = arguments.PositiveDuration("mean");
        return new LawValue(new Erlang((int)stages, measure.ToLaw(mean)),
            $"erlang(k={NumberText.Write(stages)} mean={measure.Write(mean)})");
    }

    private static LawValue Triangular(LawArguments arguments, Measure measure)
    {
        decimal low = arguments.Duration(0);
        decimal mode = arguments.Duration(1);
        decimal high = arguments.Duration(2);
        return low <= mode && mode <= high && low < high
            ? new LawValue(
                new Triangular(measure.ToLaw(low), measure.ToLaw(mode), measure.ToLaw(high)),
                $"triangular({measure.Write(low)} {measure.Write(mode)} {measure.Write(high)})")
            : throw arguments.Impossible(null, "the three values must go upwards: least, most likely, greatest");
    }
}
