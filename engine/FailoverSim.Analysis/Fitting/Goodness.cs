using FailoverSim.Analysis.Fitting.Families;
using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Randomness;

namespace FailoverSim.Analysis.Fitting;

/// <summary>How well a law fits what was seen.</summary>
/// <param name="AndersonDarling">A²: the weighted squared distance of law and survival curve, up to the longest time seen.</param>
/// <param name="Kolmogorov">D: the greatest distance of the two.</param>
/// <param name="PValue">Share of samples drawn from the fitted law itself, and fitted again, that lie at least as far off by A²; null if there was
/// nothing to test.</param>
/// <param name="Bootstraps">How many were drawn.</param>
/// <param name="N">Times that ended while watched, of known age.</param>
public sealed record Goodness(double AndersonDarling, double Kolmogorov, double? PValue, int Bootstraps, int N)
{
    public const int DefaultBootstraps = 999;

    /// <summary>Times that all refits together may look at: a large sample gets fewer of them, down to 19.</summary>
    private const long Effort = 3_000_000;

    /// <summary>
    /// The parametric bootstrap [Stute, González Manteiga &amp; Presedo Quindimil 93]: tables of A² and D do not hold for parameters
    /// that were estimated. Each sample has the same design: as many times, the same ages at entry, the same rounding, and ends of watching
    /// that are known or else drawn from their own survival curve.
    /// </summary>
    /// <param name="sample">What was fitted.</param>
    /// <param name="fit">The law.</param>
    /// <param name="stream">Name of the random stream, such as the class.</param>
    /// <param name="seed">Of all randomness.</param>
    /// <param name="bootstraps">At most so many.</param>
    public static Goodness Of(Sample sample, FittedLaw fit, string stream, ulong seed, int bootstraps = DefaultBootstraps)
    {
        ArgumentNullException.ThrowIfNull(sample);
        ArgumentNullException.ThrowIfNull(fit);
        Sample known = sample.OfKnownAge();
        var (a2, d) = Distances(KaplanMeier.Of(known), fit.Law, known.Count);
        if (known.Failures < 2)
        {
            return new Goodness(a2, d, null, 0, known.Failures);
        }
        int rounds = (int)Math.Clamp(Effort / sample.Count, Math.Min(19, bootstraps), bootstraps);
        Redraw redraw = new(sample, fit);
        ulong key = StreamKeys.Of($"fit/{stream}", seed);
        bool[] isFurther = new bool[rounds];
        Parallel.For(0, rounds, round =>
        {
            Draws draws = new(key, (ulong)round, 0);
            Sample again = redraw.Next(ref draws);
            // No maximum, no law: such a sample is as far off as can be.
            isFurther[round] = ModelChoice.Refit(fit.Family, again) is not { } refit
                || Further(again.OfKnownAge(), refit.Law, a2);
        });
        return new Goodness(a2, d, (1.0 + isFurther.Count(f => f)) / (rounds + 1), rounds, known.Failures);
    }

    private static bool Further(Sample sample, Law law, double limit) =>
        sample.Failures == 0 || Distances(KaplanMeier.Of(sample), law, sample.Count).AndersonDarling >= limit;

    /// <summary>
    /// A² = n ∫ (Fₙ − F)² / (F(1 − F)) dF up to the longest time seen, exactly, step by step; the textbook's A² where nothing is censored.
    /// D likewise.
    /// </summary>
    public static (double AndersonDarling, double Kolmogorov) Distances(KaplanMeier curve, Law law, int n)
    {
        ArgumentNullException.ThrowIfNull(curve);
        ArgumentNullException.ThrowIfNull(law);
        double sum = 0, distance = 0, hazard = 0, below = 0;
        foreach (SurvivalStep step in curve.Steps)
        {
            Reach(law.CumulativeHazard(step.Time));
            below = 1 - step.Survival;
            distance = Math.Max(distance, Math.Abs(below - Cdf(hazard)));
        }
        Reach(curve.IsComplete ? double.PositiveInfinity : law.CumulativeHazard(curve.Last));
        return (n * sum, distance);

        void Reach(double next)
        {
            // The integral of (c − u)²/(u(1 − u)) = c²/u + (1 − c)²/(1 − u) − 1, with ln(1 − u) = −H.
            double from = Cdf(hazard), to = Cdf(next);
            if (!(next > hazard))
            {
                return;
            }
            sum += from - to;
            sum += below > 0 ? below * below * Math.Log(to / from) : 0;
            sum += below < 1 ? (1 - below) * (1 - below) * (next - hazard) : 0;
            distance = Math.Max(distance, double.IsPositiveInfinity(next) ? 0 : Math.Abs(below - to));
            hazard = next;
        }
    }

    private static double Cdf(double hazard) => -Law.ExpMinusOne(-hazard);

    /// <summary>Draws samples of one design from one law.</summary>
    private sealed class Redraw(Sample sample, FittedLaw fit)
    {
        private readonly KaplanMeier _censoring = KaplanMeier.OfCensoring(sample.OfKnownAge());
        private readonly Life? _life = fit.Family == LogNormalMixture.Name
            ? null : Family.All.First(f => f.Name == fit.Family).At(fit.Law.Mean, fit.Shape ?? 1);

        public Sample Next(ref Draws draws)
        {
            List<Observation> drawn = new(sample.Count);
            foreach (Observation o in sample.Observations)
            {
                drawn.Add(Next(o, ref draws));
            }
            return new Sample(drawn);
        }

        private Observation Next(Observation o, ref Draws draws)
        {
            double time = o.AgeUnknown ? _life!.DrawResidual(ref draws)
                : o.Entry > 0 ? o.Entry + fit.Law.Residual(o.Entry, draws.NextExponential())
                : fit.Law.Draw(ref draws);
            time = Math.Max(time, Math.BitIncrement(o.Entry));
            double limit = double.IsFinite(o.Limit) ? o.Limit : Limit(o.Entry, ref draws);
            if (time > limit)
            {
                return o with { Low = limit, High = double.PositiveInfinity, Limit = limit };
            }
            double width = o.IsInterval ? o.High - o.Low : 0;
            // The first interval of rounding is only half as wide.
            width = o.IsInterval && o.Low == 0 ? 2 * width : width;
            if (width == 0)
            {
                return o with { Low = time, High = time, Limit = limit };
            }
            double middle = Math.Round(time / width) * width;
            return o with { Low = Math.Max(o.Entry, middle - 0.5 * width), High = middle + 0.5 * width, Limit = limit };
        }

        /// <summary>When watching ends: later than the entry, by the survival curve of such ends; never where that stops short of 0.</summary>
        private double Limit(double entry, ref Draws draws)
        {
            if (_censoring.Steps.Count == 0)
            {
                return double.PositiveInfinity;
            }
            double survival = draws.NextUniform() * _censoring.Survival(entry);
            foreach (SurvivalStep step in _censoring.Steps)
            {
                if (step.Time > entry && step.Survival < survival)
                {
                    return step.Time;
                }
            }
            return double.PositiveInfinity;
        }
    }
}
