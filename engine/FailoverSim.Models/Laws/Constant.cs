using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Randomness;

namespace FailoverSim.Models.Laws;

/// <summary>Always the same duration: <c>5m</c>. One atom: H steps from 0 to +∞ there.</summary>
/// <param name="seconds">The duration, ≥ 0 s.</param>
public sealed class Constant(double seconds) : Law
{
    private readonly double _seconds = Require.NonNegative(seconds, "seconds");

    public override double Mean => _seconds;

    public override double Variance => 0;

    public override bool IsContinuous => false;

    public override IReadOnlyList<LawBranch> Branches => _seconds == 0 ? [new LawBranch(1, 0, 0)] : [];

    public override double CumulativeHazard(double x) => x < _seconds ? 0 : double.PositiveInfinity;

    public override double InverseCumulativeHazard(double y) => _seconds;

    public override double Hazard(double x) => double.NaN;

    /// <summary>The constant itself; no random number is used.</summary>
    public override double Draw(ref Draws draws) => _seconds;

    public override string ToString() => Seconds.Text(_seconds);
}
