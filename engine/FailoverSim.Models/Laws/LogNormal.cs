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

    /// <summary>The quantile that the text names beside the median.</summary>
    private readonly double _level;

    /// <param name="mu">Mean of ln(X / 1 s).</param>
    /// <param name="sigma">Standard deviation of ln X, positive, without unit.</param>
    public LogNormal(double mu, double sigma)
        : this(mu, sigma, 0.95)
    {
    }

    private LogNormal(double mu, double sigma, double level)
    {
        _mu = Require.Above(double.NegativeInfinity, mu, "ln seconds");
        _sigma = Require.Positive(sigma, "no unit");
        _level = level;
        Mean = Require.Positive(Math.Exp(mu + 0.5 * sigma * sigma), "seconds", "mean");
        Variance = ExpMinusOne(sigma * sigma) * Mean * Mean;
    }

    /// <summary>σ = ln(value / median) / z_p.</summary>
    /// <param name="median">Positive, in seconds.</param>
    /// <param name="p">Above ½ and below 1, such as 0.95.</param>
    /// <param name="value">The duration that a share <paramref name="p"/> stays within; above the median, in seconds.</param>
    public static LogNormal FromMedianAndQuantile(double median, double p, double value)
    {
        Require.Positive(median, "seconds");
        Require.Above(median, value, "seconds");
        if (p is not (> 0.5 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(p), p, "Must be a probability above 0.5 and below 1.");
        }
        // The logarithm of a quotient near 1 keeps its digits as ln(1 + excess).
        return new LogNormal(Math.Log(median), LogOnePlus((value - median) / median) / Normal.Quantile(p), p);
    }

    /// <summary>σ² = ln(1 + cv²).</summary>
    /// <param name="mean">Positive, in seconds.</param>
    /// <param name="cv">Coefficient of variation (standard deviation / mean), positive, without unit.</param>
    public static LogNormal FromMeanAndCv(double mean, double cv)
    {
        Require.Positive(mean, "seconds");
        double variance = LogOnePlus(Require.Positive(cv, "no unit") * cv);
        return new LogNormal(Math.Log(mean) - 0.5 * variance, Math.Sqrt(variance));
    }

    public override double Mean { get; }

    public override double Variance { get; }

    public override double CumulativeHazard(double x) => x <= 0 ? 0 : Normal.CumulativeHazard((Math.Log(x) - _mu) / _sigma);

    public override double InverseCumulativeHazard(double y) => Math.Exp(_mu + _sigma * Normal.InverseCumulativeHazard(y));

    public override double Hazard(double x) => x <= 0 ? 0 : Normal.Hazard((Math.Log(x) - _mu) / _sigma) / (_sigma * x);

    /// <remarks>The upper tail is the uniform number itself, which spares the exponential variate its logarithm.</remarks>
    public override double Draw(ref Draws draws) => Math.Exp(_mu - _sigma * Normal.Quantile(draws.NextUniform()));

    public override string ToString()
    {
        double quantile = Math.Exp(_mu + _sigma * Normal.Quantile(_level));
        return $"lognormal(median={Seconds.Text(Math.Exp(_mu))} p{Seconds.Number(100 * _level)}={Seconds.Text(quantile)})";
    }
}
