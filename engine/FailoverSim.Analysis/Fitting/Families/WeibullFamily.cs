using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Models.Laws;
using MathNet.Numerics;

namespace FailoverSim.Analysis.Fitting.Families;

/// <summary>A hazard that is a power of age.</summary>
public sealed class WeibullFamily : Family
{
    public override string Name => "weibull";

    public override string ShapeName => "shape";

    public override (double Low, double High) ShapeRange => (0.1, 200);

    /// <remarks>ln X has the standard deviation π/√6 / shape.</remarks>
    public override double Guess(double spread) => 1.283 / spread;

    public override Life At(double mean, double shape) => new Weibull(mean, shape);

    private sealed class Weibull(double mean, double shape) : Life
    {
        private readonly double _logScale = Math.Log(mean) - SpecialFunctions.GammaLn(1 + 1 / shape);
        private readonly double _logShape = Math.Log(shape);

        public override Law Law => Models.Laws.Weibull.FromMean(shape, mean);

        public override double LogDensity(double t, double logT)
        {
            double power = shape * (logT - _logScale);
            return _logShape + power - logT - Math.Exp(power);
        }

        public override double CumulativeHazard(double t) =>
            t <= 0 ? 0 : Math.Exp(shape * (Math.Log(t) - _logScale));

        /// <remarks>mean·Q(1/shape, H(t)).</remarks>
        public override double LogExcess(double t) =>
            Math.Log(mean) - new Gamma(1 / shape, 1).CumulativeHazard(CumulativeHazard(t));

        /// <remarks>(X/scale)^shape weighted by length is gamma of shape 1 + 1/shape.</remarks>
        protected override double DrawByLength(ref Draws draws) =>
            Math.Exp(_logScale + Math.Log(new Gamma(1 + 1 / shape, 1).Draw(ref draws)) / shape);
    }
}
