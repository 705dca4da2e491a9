using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Randomness;

namespace FailoverSim.Models.Laws;

/// <summary>Constant hazard, no memory: <c>exp(4y)</c>, the argument being the mean.</summary>
/// <param name="mean">Mean, positive, in seconds.</param>
public sealed class Exponential(double mean) : Law
{
    private readonly double _mean = Require.Positive(mean, "seconds");

    public override double Mean => _mean;

    public override double Variance => _mean * _mean;

    public override bool IsMemoryless => true;

    public override double CumulativeHazard(double x) => x <= 0 ? 0 : x / _mean;

    public override double InverseCumulativeHazard(double y) => _mean * y;

    public override double Hazard(double x) => x < 0 ? 0 : 1 / _mean;

    public override double Draw(ref Draws draws) => _mean * draws.NextExponential();

    public override double Residual(double age, double threshold) => _mean * threshold;

    public override string ToString() => $"exp({Seconds.Text(_mean)})";
}
