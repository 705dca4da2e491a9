namespace FailoverSim.Kernel.Laws;

/// <summary>
/// The law (probability distribution) of a non-negative duration in seconds, told by its cumulative hazard H(x) = −ln
/// P(X &gt; x).
/// </summary>
/// <remarks>
/// A clock fires when the hazard used up reaches a threshold E ~ Exp(1), so residual lives, clones and intensities all
/// come from H and its inverse (Shedler, Regenerative Stochastic Simulation, 1993).
/// </remarks>
public abstract class Law
{
    /// <summary>Mean in seconds; +∞ for a law that never ends.</summary>
    public abstract double Mean { get; }

    /// <summary>Variance in seconds squared.</summary>
    public abstract double Variance { get; }

    /// <summary>Whether the remaining time never depends on the time already spent: exponential, or never.</summary>
    public virtual bool IsMemoryless => false;

    /// <summary>Whether P(X = x) = 0 for every x, so that a hazard exists; constants and samples have none.</summary>
    public virtual bool IsContinuous => true;

    /// <summary>
    /// The law as a choice between sums of exponential stages, where it is one: then states can be explored, and chains solved, as
    /// all that is left is without memory. Empty for every other law.
    /// </summary>
    public virtual IReadOnlyList<LawBranch> Branches => IsMemoryless ? [new LawBranch(1, 1, Mean)] : [];

    /// <summary>
    /// H(x) = −ln P(X &gt; x); 0 below the law's least value, +∞ from the point on where nothing survives. An atom is a
    /// step.
    /// </summary>
    public abstract double CumulativeHazard(double x);

    /// <summary>The least x with H(x) ≥ y, for y &gt; 0; +∞ where H never reaches y.</summary>
    public abstract double InverseCumulativeHazard(double y);

    /// <summary>
    /// Hazard rate dH/dx per second at age x &gt; 0; +∞ past the end of a finite law, NaN if it is not continuous.
    /// </summary>
    public abstract double Hazard(double x);

    /// <summary>P(X ≤ x).</summary>
    public virtual double Cdf(double x) => -ExpMinusOne(-CumulativeHazard(x));

    /// <summary>The least x with P(X ≤ x) ≥ p, for 0 &lt; p &lt; 1.</summary>
    public virtual double Quantile(double p) => InverseCumulativeHazard(-LogOnePlus(-p));

    /// <summary>
    /// One variate. The default inverts the hazard with a single uniform, so that variants share their luck.
    /// </summary>
    public virtual double Draw(ref Randomness.Draws draws) => InverseCumulativeHazard(draws.NextExponential());

    /// <summary>
    /// The time that remains at an age already reached: the least x with H(age + x) − H(age) ≥ <paramref
    /// name="threshold"/>.
    /// </summary>
    /// <param name="age">
    /// Seconds already spent, ≥ 0; past the end of a finite law, where rounding may lead, nothing remains.
    /// </param>
    /// <param name="threshold">An Exp(1) variate.</param>
    /// <remarks>
    /// Relative error below 1e-8 with a continuous law: where the difference of two nearly equal ages would cancel, the
    /// threshold is divided by the hazard half way (midpoint rule, error threshold²/24 at most in practice).
    /// </remarks>
    public virtual double Residual(double age, double threshold)
    {
        if (age <= 0)
        {
            return InverseCumulativeHazard(threshold);
        }
        double rest = Math.Max(0, InverseCumulativeHazard(CumulativeHazard(age) + threshold) - age);
        bool cancels = threshold < 1e-4 && rest < 1e-6 * age && IsContinuous;
        return cancels && Hazard(age + 0.5 * rest) is > 0 and double hazard ? threshold / hazard : rest;
    }

    /// <summary>The law as the scenario language writes it.</summary>
    public abstract override string ToString();

    /// <summary>e^x − 1 without loss for small x.</summary>
    public static double ExpMinusOne(double x)
    {
        if (Math.Abs(x) > 0.5)
        {
            return Math.Exp(x) - 1;
        }
        // Kahan's form: exact to a few ulp for every small x (Higham, Accuracy and Stability, 2002, §1.14.1).
        double u = Math.Exp(x);
        return u == 1 ? x : (u - 1) * x / Math.Log(u);
    }

    /// <summary>ln(1 + x) without loss for small x.</summary>
    public static double LogOnePlus(double x)
    {
        if (Math.Abs(x) > 0.5)
        {
            return Math.Log(1 + x);
        }
        double u = 1 + x;
        return u == 1 ? x : Math.Log(u) * x / (u - 1);
    }
}

/// <summary>One of the sums of exponential stages between which a law chooses.</summary>
/// <param name="Weight">Probability of this one; those of a law sum to 1.</param>
/// <param name="Stages">How many stages follow each other; 0: it takes no time.</param>
/// <param name="StageMean">Mean of each stage in seconds; +∞ for a law that never ends.</param>
public readonly record struct LawBranch(double Weight, int Stages, double StageMean);
