using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Randomness;

namespace FailoverSim.Models.Laws;

/// <summary>Equally likely anywhere between two durations: <c>20s..60s</c>.</summary>
/// <param name="low">Least duration, ≥ 0 s.</param>
/// <param name="high">Greatest duration, above <paramref name="low"/>, in s.</param>
public sealed class Uniform(double low, double high) : Law
{
    private readonly double _width = high - low;

    /// <summary>Least duration, seconds.</summary>
    public double Low { get; } = Require.NonNegative(low, "seconds");

    /// <summary>Greatest duration, seconds.</summary>
    public double High { get; } = Require.Above(low, high, "seconds");

    public override double Mean => Low + 0.5 * _width;

    public override double Variance => _width * _width / 12;

    public override double CumulativeHazard(double x) =>
        x <= Low ? 0
        : x >= High ? double.PositiveInfinity
        : -LogOnePlus((Low - x) / _width);

    public override double InverseCumulativeHazard(double y) => Math.Min(High, Low - _width * ExpMinusOne(-y));

    public override double Hazard(double x) => x < Low ? 0 : x < High ? 1 / (High - x) : double.PositiveInfinity;

    public override double Cdf(double x) => Math.Clamp((x - Low) / _width, 0, 1);

    public override double Quantile(double p) => Low + p * _width;

    public override double Draw(ref Draws draws) => High - _width * draws.NextUniform();

    public override double Residual(double age, double threshold) =>
        age > Low ? -Math.Max(0, High - age) * ExpMinusOne(-threshold) : InverseCumulativeHazard(threshold) - age;

    public override string ToString() => $"{Seconds.Text(Low)}..{Seconds.Text(High)}";
}
