using FailoverSim.Kernel.Laws;
using FailoverSim.Models.Laws;
using MathNet.Numerics.Distributions;
using Xunit;
using Erlang = FailoverSim.Models.Laws.Erlang;
using Exponential = FailoverSim.Models.Laws.Exponential;
using Gamma = FailoverSim.Models.Laws.Gamma;
using LogNormal = FailoverSim.Models.Laws.LogNormal;
using Triangular = FailoverSim.Models.Laws.Triangular;
using Weibull = FailoverSim.Models.Laws.Weibull;

namespace FailoverSim.Tests.Laws;

/// <summary>One law with what is known of it from elsewhere.</summary>
/// <param name="Law">The law under test.</param>
/// <param name="Mean">Seconds; null where only the numerical integral checks it.</param>
/// <param name="Variance">Seconds squared; null likewise.</param>
/// <param name="Cdf">P(X ≤ x) by a closed form or by MathNet.</param>
public sealed record LawCase(Law Law, double? Mean, double? Variance, Func<double, double> Cdf);

/// <summary>The laws that every general test runs over.</summary>
public static class LawTable
{
    private static readonly double[] Sample = [30, 30, 45, 60, 60, 60, 90, 120, 300, 3600];

    public static IReadOnlyDictionary<string, LawCase> All { get; } = Make();

    public static TheoryData<string> Names => [.. All.Keys];

    public static TheoryData<string> Continuous =>
        [.. All.Where(pair => pair.Value.Law.IsContinuous).Select(pair => pair.Key)];

    /// <summary>Continuous and sure to end.</summary>
    public static TheoryData<string> Proper =>
        [.. All.Keys.Where(name => All[name].Law is { IsContinuous: true, Mean: < double.PositiveInfinity })];

    public static TheoryData<string> Finite =>
        [.. All.Where(pair => double.IsFinite(pair.Value.Law.Mean)).Select(pair => pair.Key)];

    private static Dictionary<string, LawCase> Make()
    {
        const double Z95 = 1.6448536269514722;
        double sigma = Math.Log(9) / Z95;
        Dictionary<string, LawCase> cases = new()
        {
            ["constant"] = new(new Constant(300), 300, 0, x => x < 300 ? 0 : 1),
            ["uniform"] = Of(new Uniform(20, 60), new ContinuousUniform(20, 60)),
            ["exponential"] = Of(new Exponential(7200), new MathNet.Numerics.Distributions.Exponential(1 / 7200.0)),
            ["weibull 0.5"] = OfWeibull(0.5, 3600),
            ["weibull 1.6"] = OfWeibull(1.6, 3e7),
            ["weibull 8"] = OfWeibull(8, 0.2),
            ["lognormal"] = Of(
                LogNormal.FromMedianAndQuantile(2400, 0.95, 21600),
                new MathNet.Numerics.Distributions.LogNormal(Math.Log(2400), sigma)),
            ["lognormal narrow"] = Of(
                LogNormal.FromMeanAndCv(0.5, 0.1),
                new MathNet.Numerics.Distributions.LogNormal(
                    Math.Log(0.5) - 0.5 * Math.Log(1.01), Math.Sqrt(Math.Log(1.01)))),
            ["gamma 0.4"] = OfSmallGamma(0.4, 60),
            ["gamma 2"] = Of(Gamma.FromMean(2, 10800), new MathNet.Numerics.Distributions.Gamma(2, 1 / 5400.0)),
            ["gamma 50"] = Of(new Gamma(50, 3), new MathNet.Numerics.Distributions.Gamma(50, 1 / 3.0)),
            ["erlang 4"] = Of(new Erlang(4, 7200), new MathNet.Numerics.Distributions.Erlang(4, 1 / 1800.0)),
            ["erlang 20"] = Of(new Erlang(20, 100), new MathNet.Numerics.Distributions.Erlang(20, 0.2)),
            ["triangular"] = Of(
                new Triangular(60, 300, 1200), new MathNet.Numerics.Distributions.Triangular(60, 1200, 300)),
            ["triangular falling"] = Of(
                new Triangular(0, 0, 100), new MathNet.Numerics.Distributions.Triangular(0, 100, 0)),
            ["triangular rising"] = Of(
                new Triangular(5, 8, 8), new MathNet.Numerics.Distributions.Triangular(5, 8, 8)),
            ["never"] = new(Never.Instance, double.PositiveInfinity, double.PositiveInfinity, _ => 0),
            ["empirical"] = new(
                new Empirical(Sample), Sample.Average(),
                Sample.Average(v => v * v) - Sample.Average() * Sample.Average(),
                x => Sample.Count(v => v <= x) / 10.0),
        };
        AddMixture(cases, "mixture", (0.9, "exponential"), (0.1, "lognormal"));
        AddMixture(cases, "mixture far apart", (0.5, "lognormal narrow"), (0.49, "gamma 2"), (0.01, "weibull 1.6"));
        AddMixture(cases, "mixture with a constant", (0.7, "constant"), (0.3, "gamma 0.4"));
        AddMixture(cases, "mixture with never", (0.9, "gamma 2"), (0.1, "never"));
        Truncate(cases, "exponential", 3600, 86400);
        Truncate(cases, "weibull 0.5", 10, double.PositiveInfinity);
        Truncate(cases, "weibull 1.6", 0, 1e7);
        Truncate(cases, "lognormal", 600, 36000);
        Truncate(cases, "gamma 0.4", 0, 5);
        Truncate(cases, "gamma 50", 150, 160);
        Truncate(cases, "triangular", 100, 500);
        Truncate(cases, "uniform", 30, 1000);
        Truncate(cases, "mixture", 100, 30000);
        Truncate(cases, "mixture with never", 100, 30000);
        Truncate(cases, "mixture with a constant", 0.1, 400);
        Truncate(cases, "empirical", 31, 300);
        return cases;
    }

    private static LawCase Of(Law law, IContinuousDistribution known) =>
        new(law, known.Mean, known.Variance, known.CumulativeDistribution);

    /// <summary>
    /// MathNet's distribution function has an error of 3e-9 here (5.0.0), so its own formula stands in.
    /// </summary>
    private static LawCase OfWeibull(double shape, double scale)
    {
        MathNet.Numerics.Distributions.Weibull known = new(shape, scale);
        return new(
            new Weibull(shape, scale), known.Mean, known.Variance,
            x => x <= 0 ? 0 : 1 - Math.Exp(-Math.Pow(x / scale, shape)));
    }

    /// <summary>
    /// MathNet's distribution function is 0 for small arguments (5.0.0), where two terms of the series do.
    /// </summary>
    private static LawCase OfSmallGamma(double shape, double scale)
    {
        MathNet.Numerics.Distributions.Gamma known = new(shape, 1 / scale);
        double factor = MathNet.Numerics.SpecialFunctions.Gamma(shape + 1);
        return new(
            new Gamma(shape, scale), known.Mean, known.Variance,
            x => x > 1e-6 * scale ? known.CumulativeDistribution(x)
                : x > 0 ? Math.Pow(x / scale, shape) / factor * (1 - shape / (shape + 1) * x / scale)
                : 0);
    }

    private static void AddMixture(
        Dictionary<string, LawCase> cases, string name, params (double Share, string Name)[] parts)
    {
        Mixture law = new([.. parts.Select(part => (part.Share, cases[part.Name].Law))]);
        double mean = parts.Sum(part => part.Share * cases[part.Name].Mean!.Value);
        double square = parts.Sum(
            part => part.Share * (cases[part.Name].Variance!.Value + Math.Pow(cases[part.Name].Mean!.Value, 2)));
        double variance = double.IsFinite(mean) ? square - mean * mean : mean;
        cases[name] = new(law, mean, variance, x => parts.Sum(part => part.Share * cases[part.Name].Cdf(x)));
    }

    private static void Truncate(Dictionary<string, LawCase> cases, string name, double min, double max)
    {
        LawCase whole = cases[name];
        double below = whole.Cdf(Math.BitDecrement(min));
        double window = (double.IsFinite(max) ? whole.Cdf(max) : 1) - below;
        cases[$"{name} truncated"] = new(
            new Truncated(whole.Law, min, max), null, null,
            x => x < min ? 0 : x >= max ? 1 : (whole.Cdf(x) - below) / window);
    }
}
