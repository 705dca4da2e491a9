using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Randomness;

namespace FailoverSim.Models.Laws;

/// <summary>
/// A duration whose logarithm is normal, as human repair times are: <c>lognormal(median=40m p95=6h)</c>.
/// </summary>
public sealed class LogNormal : Law
{
    private readonly double _mu;
    private readonly double _sigma;
    private readonly string _text;

    /// <param name="mu">Mean of ln(X / 1 s).</param>
    /// <param name="sigma">Standard deviation of ln X, positive, without unit.</param>
    public LogNormal(double mu, double sigma)
        : this(mu, sigma, Text(Math.Exp(mu), 0.95, Math.Exp(mu + sigma * Normal.Quantile(0.95))))
    {
    }

    private LogNormal(double mu, double sigma, string text)
    {
        _mu = Require.Above(double.NegativeInfinity, mu, "ln seconds");
        _sigma = Require.Positive(sigma, "no unit");
        _text = text;
        Mean = Require.Positive(Math.Exp(mu + 0.5 * sigma * sigma), "seconds", "mean");
        Variance = ExpMinusOne(sigma * sigma) * Mean * Mean;
    }

    /// <summary>σ = ln(value / median) / z_p.</summary>
    /// <param name="median">Positive, in seconds.</param>
    /// <param name="p">Above ½ and below 1, such as 0.95.</param>
    /// <param name="value">
    /// The duration that a share <paramref name="p"/> stays within; above the median, in seconds.
    /// </param>
    public static LogNormal FromMedianAndQuantile(double median, double p, double value)
    {
        Require.Positive(median, "seconds");
        Require.Above(median, value, "seconds");
        if (p is not (> 0.5 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(p), p, "Must be a probability above 0.5 and below 1.");
        }
        // The logarithm of a quotient near 1 keeps its digits as ln(1 + excess).
        double sigma = LogOnePlus((value - median) / median) / Normal.Quantile(p);
        return new LogNormal(Math.Log(median), sigma, Text(median, p, value));
    }

    /// <summary>σ² = ln(1 + cv²).</summary>
    /// <param name="mean">Positive, in seconds.</param>
    /// <param name="cv">Coefficient of variation (standard deviation / mean), positive, without unit.</param>
    public static LogNormal FromMeanAndCv(double mean, double cv)
    {
        Require.Positive(mean, "seconds");
        double variance = LogOnePlus(Require.Positive(cv, "no unit") * cv);
        string text = $"lognormal(mean={Seconds.Text(mean)} cv={Seconds.Number(cv)})";
        return new LogNormal(Math.Log(mean) - 0.5 * variance, Math.Sqrt(variance), text);
    }

    public override double Mean { get; }

    public override double Variance { get; }

    public override double CumulativeHazard(double x) =>
        x <= 0 ? 0 : Normal.CumulativeHazard((Math.Log(x) - _mu) / _sigma);

    public override double InverseCumulativeHazard(double y) =>
        Math.Exp(_mu + _sigma * Normal.InverseCumulativeHazard(y));

    public override double Hazard(double x) => x <= 0 ? 0 : Normal.Hazard((Math.Log(x) - _mu) / _sigma) / (_sigma * x);

    /// <remarks>
    /// The upper tail is the uniform number itself, which spares the exponential variate its logarithm.
    /// </remarks>
    public override double Draw(ref Draws draws) => Math.Exp(_mu - _sigma * Normal.Quantile(draws.NextUniform()));

    /// <summary>In the terms in which it was made.</summary>
    public override string ToString() => _text;

    private static string Text(double median, double p, double value) =>
        // Arguments without sense have no text; the constructor refuses them.
        double.IsFinite(median) && double.IsFinite(value)
            ? $"lognormal(median={Seconds.Text(median)} p{Seconds.Number(100 * p)}={Seconds.Text(value)})"
            : "";
}
