using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Randomness;

namespace FailoverSim.Models.Laws;

/// <summary>What does not happen: <c>never</c>. Its duration is +∞, its hazard zero.</summary>
public sealed class Never : Law
{
    private Never()
    {
    }

    public static Never Instance { get; } = new();

    public override double Mean => double.PositiveInfinity;

    public override double Variance => double.PositiveInfinity;

    public override bool IsMemoryless => true;

    public override double CumulativeHazard(double x) => 0;

    public override double InverseCumulativeHazard(double y) => double.PositiveInfinity;

    public override double Hazard(double x) => 0;

    public override double Draw(ref Draws draws) => double.PositiveInfinity;

    public override double Residual(double age, double threshold) => double.PositiveInfinity;

    public override string ToString() => "never";
}
