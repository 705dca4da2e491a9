using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Randomness;

namespace FailoverSim.Analysis.Fitting.Families;

/// <summary>
/// Laws of one form, told apart by their mean and one shape. The mean is a parameter of all of them, since it is what
/// availability depends on first and so what an interval is wanted of.
/// </summary>
public abstract class Family
{
    /// <summary>All, the simplest first.</summary>
    public static IReadOnlyList<Family> All { get; } =
        [new ExponentialFamily(), new WeibullFamily(), new GammaFamily(), new LogNormalFamily()];

    /// <summary>As in the scenario language.</summary>
    public abstract string Name { get; }

    /// <summary>How many numbers are estimated.</summary>
    public virtual int Parameters => 2;

    /// <summary>What the shape is called; empty if there is none.</summary>
    public abstract string ShapeName { get; }

    /// <summary>Shapes outside are as good as a constant, or no law that one could meet.</summary>
    public abstract (double Low, double High) ShapeRange { get; }

    /// <summary>A shape to start from, by the standard deviation of the logarithms.</summary>
    public abstract double Guess(double spread);

    /// <param name="mean">In seconds.</param>
    /// <param name="shape">Within <see cref="ShapeRange"/>.</param>
    public abstract Life At(double mean, double shape);
}

/// <summary>One law with what a likelihood asks of it; times in seconds.</summary>
public abstract class Life
{
    public abstract Law Law { get; }

    /// <summary>ln of the density at t &gt; 0, given ln t.</summary>
    public abstract double LogDensity(double t, double logT);

    /// <summary>−ln P(X &gt; t).</summary>
    public virtual double CumulativeHazard(double t) => Law.CumulativeHazard(t);

    /// <summary>ln ∫ₜ^∞ P(X &gt; x) dx, the mean excess over t without the condition: what a life of unknown age is judged by.</summary>
    public abstract double LogExcess(double t);

    /// <summary>What is left of a life that is met at a random time: a life chosen by its length, cut anywhere.</summary>
    public double DrawResidual(ref Draws draws) => draws.NextUniform() * DrawByLength(ref draws);

    protected abstract double DrawByLength(ref Draws draws);

    /// <summary>ln(mean·(upper tail of the law weighted by length) − t·S(t)), by its asymptote S/h where nothing is left of the difference.</summary>
    protected double LogDifference(double logMean, double hazardByLength, double t)
    {
        double first = logMean - hazardByLength;
        double hazard = CumulativeHazard(t);
        double share = t <= 0 ? 0 : Math.Exp(Math.Log(t) - hazard - first);
        return share < 1 - 1e-9 ? first + Kernel.Laws.Law.LogOnePlus(-share) : -hazard - Math.Log(Law.Hazard(t));
    }
}
