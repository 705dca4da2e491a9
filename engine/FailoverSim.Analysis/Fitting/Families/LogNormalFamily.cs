using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Models.Laws;

namespace FailoverSim.Analysis.Fitting.Families;

/// <summary>The product of many causes, as human repair is. Its shape is σ, the standard deviation of ln X.</summary>
public sealed class LogNormalFamily : Family
{
    private const double HalfLogTwoPi = 0.918938533204672741780;

    public override string Name => "lognormal";

    public override string ShapeName => "sigma";

    public override (double Low, double High) ShapeRange => (0.005, 5);

    public override double Guess(double spread) => spread;

    public override Life At(double mean, double shape) => new LogNormal(mean, shape);

    private sealed class LogNormal(double mean, double sigma) : Life
    {
        private readonly double _mu = Math.Log(mean) - 0.5 * sigma * sigma;
        private readonly double _constant = -Math.Log(sigma) - HalfLogTwoPi;

        public override Law Law => new Models.Laws.LogNormal(_mu, sigma);

        public override double LogDensity(double t, double logT)
        {
            double z = (logT - _mu) / sigma;
            return _constant - logT - 0.5 * z * z;
        }

        public override double CumulativeHazard(double t) =>
            t <= 0 ? 0 : Normal.CumulativeHazard((Math.Log(t) - _mu) / sigma);

        /// <remarks>Weighted by length ln X moves up by σ².</remarks>
        public override double LogExcess(double t) => LogDifference(
            Math.Log(mean), t <= 0 ? 0 : Normal.CumulativeHazard((Math.Log(t) - _mu) / sigma - sigma), t);

        protected override double DrawByLength(ref Draws draws) =>
            Math.Exp(_mu + sigma * sigma - sigma * Normal.Quantile(draws.NextUniform()));
    }
}
