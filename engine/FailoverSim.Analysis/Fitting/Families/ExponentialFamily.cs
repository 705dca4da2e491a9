using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Models.Laws;

namespace FailoverSim.Analysis.Fitting.Families;

/// <summary>No memory: what fails tomorrow does not depend on its age.</summary>
public sealed class ExponentialFamily : Family
{
    public override string Name => "exp";

    public override int Parameters => 1;

    public override string ShapeName => "";

    public override (double Low, double High) ShapeRange => (1, 1);

    public override double Guess(double spread) => 1;

    public override Life At(double mean, double shape) => new Exponential(mean);

    private sealed class Exponential(double mean) : Life
    {
        private readonly double _logMean = Math.Log(mean);

        public override Law Law => new Models.Laws.Exponential(mean);

        public override double LogDensity(double t, double logT) => -t / mean - _logMean;

        public override double CumulativeHazard(double t) => t / mean;

        public override double LogExcess(double t) => _logMean - t / mean;

        protected override double DrawByLength(ref Draws draws) => new Gamma(2, mean).Draw(ref draws);
    }
}
