using FailoverSim.Analysis.Fitting;
using FailoverSim.Analysis.Fitting.Families;
using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Randomness;

namespace FailoverSim.Tests.Fitting;

/// <summary>Samples drawn from known laws, and published ones.</summary>
internal static class SampleLogs
{
    /// <summary>Twenty units on test for 500 h, ten failed: NIST/SEMATECH e-Handbook of Statistical Methods, 8.4.1.3.</summary>
    public static Sample NistHandbook { get; } = new(
    [
        .. new double[] { 54, 187, 216, 240, 244, 335, 361, 373, 375, 386 }.Select(t => Observation.Exact(t)),
        .. Enumerable.Repeat(Observation.Censored(500), 10),
    ]);

    /// <summary>Weeks of remission with 6-mercaptopurine: Freireich et al., Blood 21 (1963) 699.</summary>
    public static Sample Remissions { get; } = new(
    [
        .. new double[] { 6, 6, 6, 7, 10, 13, 16, 22, 23 }.Select(t => Observation.Exact(t)),
        .. new double[] { 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35 }.Select(t => Observation.Censored(t)),
    ]);

    public static Draws Stream(string name, int trial) => new(StreamKeys.For([name], 20_251)[0], (ulong)trial, 0);

    public static Family Named(string family) => Family.All.First(f => f.Name == family);

    /// <summary>Lives from new, watched up to the limit.</summary>
    public static Sample CutAt(Law law, int n, double limit, ref Draws draws)
    {
        List<Observation> observations = [];
        for (int i = 0; i < n; i++)
        {
            double t = law.Draw(ref draws);
            observations.Add(t <= limit ? Observation.Exact(t) with { Limit = limit } : Observation.Censored(limit));
        }
        return new Sample(observations);
    }

    /// <summary>Of every kind in turn: exact, censored, seen late, rounded, and met at an unknown age.</summary>
    public static Sample Mixed(Family family, double mean, double shape, int n, ref Draws draws)
    {
        Life life = family.At(mean, shape);
        List<Observation> observations = [];
        for (int i = 0; i < n; i++)
        {
            double entry = i % 5 == 2 ? mean * draws.NextUniform() : 0;
            bool ageUnknown = i % 5 == 4;
            double t = ageUnknown ? life.DrawResidual(ref draws)
                : entry > 0 ? entry + life.Law.Residual(entry, draws.NextExponential()) : life.Law.Draw(ref draws);
            double limit = entry + mean * (0.3 + 2 * draws.NextUniform());
            double width = 0.25 * mean;
            double middle = Math.Round(t / width) * width;
            observations.Add(
                t > limit ? Observation.Censored(limit, entry) with { AgeUnknown = ageUnknown }
                : i % 5 == 3 ? Observation.Within(Math.Max(0, middle - width / 2), middle + width / 2)
                : Observation.Exact(t, entry) with { AgeUnknown = ageUnknown });
        }
        return new Sample(observations);
    }
}
