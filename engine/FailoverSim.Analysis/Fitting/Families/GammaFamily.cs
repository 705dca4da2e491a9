using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Randomness;
using MathNet.Numerics;

namespace FailoverSim.Analysis.Fitting.Families;

/// <summary>Sums of exponential stages, and what lies between them.</summary>
public sealed class GammaFamily : Family
{
    public override string Name => "gamma";

    public override string ShapeName => "shape";

    public override (double Low, double High) ShapeRange => (0.05, 2000);

    /// <remarks>ln X has the variance ψ′(shape), about 1/(shape − ½) above 1 and 1/shape² far below.</remarks>
    public override double Guess(double spread) => spread < 1 ? 0.5 + 1 / (spread * spread) : 1 / spread;

    public override Life At(double mean, double shape) => new Gamma(mean, shape);

    private sealed class Gamma(double mean, double shape) : Life
    {
        private readonly Models.Laws.Gamma _law = new(shape, mean / shape);
        private readonly double _constant = -SpecialFunctions.GammaLn(shape) - shape * Math.Log(mean / shape);

        public override Law Law => _law;

        public override double LogDensity(double t, double logT) => (shape - 1) * logT - t * shape / mean + _constant;

        /// <remarks>Weighted by length it is gamma of the next shape.</remarks>
        public override double LogExcess(double t) =>
            LogDifference(Math.Log(mean), new Models.Laws.Gamma(shape + 1, mean / shape).CumulativeHazard(t), t);

        protected override double DrawByLength(ref Draws draws) =>
            new Models.Laws.Gamma(shape + 1, mean / shape).Draw(ref draws);
    }
}
