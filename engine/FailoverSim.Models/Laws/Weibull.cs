using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Randomness;
using MathNet.Numerics;

namespace FailoverSim.Models.Laws;

/// <summary>
/// Wear-out (shape above 1) or infant mortality (below 1), H(x) = (x / scale)^shape: <c>weibull(shape=1.6
/// mean=400d)</c>.
/// </summary>
public sealed class Weibull : Law
{
    private readonly double _shape;
    private readonly double _scale;
    private readonly double _inverseShape;

    /// <param name="shape">Positive, without unit; 1 is exponential.</param>
    /// <param name="scale">The age that a share 1/e survives, positive, in seconds.</param>
    public Weibull(double shape, double scale)
    {
        _shape = Require.Positive(shape, "no unit");
        _scale = Require.Positive(scale, "seconds");
        _inverseShape = 1 / shape;
        Mean = Require.Positive(scale * SpecialFunctions.Gamma(1 + _inverseShape), "seconds", "mean");
        Variance = scale * scale * SpecialFunctions.Gamma(1 + 2 * _inverseShape) - Mean * Mean;
    }

    /// <param name="shape">Positive, without unit.</param>
    /// <param name="mean">Mean, positive, in seconds.</param>
    public static Weibull FromMean(double shape, double mean)
    {
        Require.Positive(shape, "no unit");
        return new Weibull(shape, Require.Positive(mean, "seconds") / SpecialFunctions.Gamma(1 + 1 / shape));
    }

    public override double Mean { get; }

    public override double Variance { get; }

    public override bool IsMemoryless => _shape == 1;

    public override double CumulativeHazard(double x) => x <= 0 ? 0 : Math.Pow(x / _scale, _shape);

    public override double InverseCumulativeHazard(double y) => _scale * Math.Pow(y, _inverseShape);

    public override double Hazard(double x) => x < 0 ? 0 : _shape / _scale * Math.Pow(x / _scale, _shape - 1);

    public override double Draw(ref Draws draws) => _scale * Math.Pow(draws.NextExponential(), _inverseShape);

    /// <remarks>
    /// scale·(H(a) + e)^(1/shape) − a, written as a·((1 + e / H(a))^(1/shape) − 1) so that nothing cancels.
    /// </remarks>
    public override double Residual(double age, double threshold)
    {
        double growth = threshold / CumulativeHazard(age);
        // An age so small that its hazard is no number to divide by is no age.
        return double.IsFinite(growth)
            ? age * ExpMinusOne(LogOnePlus(growth) * _inverseShape)
            : InverseCumulativeHazard(threshold) - Math.Max(0, age);
    }

    public override string ToString() => $"weibull(shape={Seconds.Number(_shape)} mean={Seconds.Text(Mean)})";
}
