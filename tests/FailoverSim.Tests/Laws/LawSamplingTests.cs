using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Models.Laws;
using Xunit;

namespace FailoverSim.Tests.Laws;

/// <summary>Draws and the hazard must tell the same law. Fixed seeds; α = 1e-6 for each assertion.</summary>
public sealed class LawSamplingTests
{
    private const int Size = 100_000;

    [Theory]
    [MemberData(nameof(LawTable.Names), MemberType = typeof(LawTable))]
    public void Draws_follow_the_distribution_function(string name)
    {
        LawCase known = LawTable.All[name];
        Assert.InRange(Statistics.Distance(Sample(known.Law, Size), known.Cdf), 0, Statistics.CriticalDistance);
    }

    [Theory]
    [MemberData(nameof(LawTable.Continuous), MemberType = typeof(LawTable))]
    public void Hazard_at_a_draw_is_exponential(string name)
    {
        Law law = LawTable.All[name].Law;
        double[] hazards = [.. Sample(law, Size).Where(double.IsFinite).Select(law.CumulativeHazard)];
        // A law that may never happen has spent its whole hazard where it ends.
        double whole = 1 - Math.Exp(-law.CumulativeHazard(double.PositiveInfinity));
        Assert.InRange(
            Statistics.Distance(hazards, y => Math.Min(1, (1 - Math.Exp(-y)) / whole)), 0, Statistics.CriticalDistance);
    }

    [Theory]
    [MemberData(nameof(LawTable.Finite), MemberType = typeof(LawTable))]
    public void Moments_of_draws_are_those_of_the_law(string name)
    {
        Law law = LawTable.All[name].Law;
        double[] sample = Sample(law, Size);
        if (law.Variance == 0)
        {
            Assert.All(sample, x => Assert.Equal(law.Mean, x));
            return;
        }
        Assert.InRange(
            Statistics.MeanError(sample, law.Mean, law.Variance), -Statistics.CriticalZ, Statistics.CriticalZ);
        double[] squares = [.. sample.Select(x => (x - law.Mean) * (x - law.Mean))];
        double spread = squares.Average(x => x * x) - Math.Pow(squares.Average(), 2);
        // The spread of the squares is itself a guess where the tail is heavy, so only law-abiding tails are asked.
        if (spread < 30 * law.Variance * law.Variance)
        {
            Assert.InRange(
                Statistics.MeanError(squares, law.Variance, spread), -Statistics.CriticalZ, Statistics.CriticalZ);
        }
    }

    [Theory]
    [MemberData(nameof(LawTable.Continuous), MemberType = typeof(LawTable))]
    public void Residuals_follow_the_law_conditioned_on_the_age(string name)
    {
        Law law = LawTable.All[name].Law;
        foreach (double depth in (double[])[0.001, 0.7, 5, 40, 300])
        {
            double age = law.InverseCumulativeHazard(depth);
            double at = law.CumulativeHazard(age);
            // Near the end of a finite law ages are too coarse to tell the residuals apart.
            if (!double.IsFinite(age) || law.Residual(age, 1e-3) < 1e-11 * age)
            {
                continue;
            }
            double[] sample = new double[Size / 10];
            for (int i = 0; i < sample.Length; i++)
            {
                Draws draws = new(0xA6E, 1, (ulong)i);
                sample[i] = law.Residual(age, draws.NextExponential());
            }
            double distance = Statistics.Distance(sample, x => 1 - Math.Exp(at - law.CumulativeHazard(age + x)));
            Assert.True(distance < Statistics.CriticalDistance, $"age {age}: {distance}");
        }
    }

    [Fact]
    public void Values_of_a_sample_are_drawn_equally_often()
    {
        double[] values = [.. Enumerable.Range(1, 50).Select(i => (double)i)];
        int[] counts = new int[50];
        foreach (double x in Sample(new Empirical(values), Size))
        {
            counts[(int)x - 1]++;
        }
        Assert.InRange(Statistics.EvenCountsZ(counts), -Statistics.CriticalZ, Statistics.CriticalZ);
    }

    [Fact]
    public void Residual_of_a_sample_is_drawn_from_the_values_beyond_the_age()
    {
        Empirical law = new([.. Enumerable.Range(1, 50).Select(i => (double)i)]);
        int[] counts = new int[20];
        for (int i = 0; i < Size; i++)
        {
            Draws draws = new(5, 0, (ulong)i);
            counts[(int)Math.Round(law.Residual(30.5, draws.NextExponential()) + 30.5) - 31]++;
        }
        Assert.InRange(Statistics.EvenCountsZ(counts), -Statistics.CriticalZ, Statistics.CriticalZ);
    }

    [Fact]
    public void Mean_wrong_by_five_percent_is_noticed()
    {
        // The mutants that these tests must kill: otherwise passing means nothing.
        Exponential truth = new(100);
        double[] mutant = Sample(new Exponential(105), Size);
        Assert.True(Math.Abs(Statistics.MeanError(mutant, truth.Mean, truth.Variance)) > Statistics.CriticalZ);
        Assert.True(Statistics.Distance(mutant, truth.Cdf) > Statistics.CriticalDistance);

        Gamma repair = Gamma.FromMean(2, 3600);
        mutant = Sample(Gamma.FromMean(2, 3600 * 1.05), Size);
        Assert.True(Statistics.Distance(mutant, repair.Cdf) > Statistics.CriticalDistance);
    }

    [Fact]
    public void Residual_that_forgets_the_age_is_noticed()
    {
        Weibull law = new(1.6, 100);
        double[] mutant = Sample(law, Size / 4);
        double at = law.CumulativeHazard(50);
        double distance = Statistics.Distance(mutant, x => 1 - Math.Exp(at - law.CumulativeHazard(50 + x)));
        Assert.True(distance > Statistics.CriticalDistance);
    }

    [Fact]
    public void Laws_drawn_by_inversion_share_their_luck()
    {
        // The same uniform number means long for all of them: common random numbers need it.
        Law[] laws =
            [new Exponential(5), new Weibull(2, 7), new LogNormal(1, 0.5), new Uniform(1, 9), new Triangular(1, 2, 9)];
        foreach (Law law in laws)
        {
            double[] byExponential = [.. Sample(laws[0], 200).Select(x => law.InverseCumulativeHazard(x / 5))];
            double[] drawn = Sample(law, 200);
            for (int i = 0; i < drawn.Length; i++)
            {
                LawTests.AssertClose(byExponential[i], drawn[i], 1e-12);
            }
        }
    }

    [Theory]
    [MemberData(nameof(LawTable.Names), MemberType = typeof(LawTable))]
    public void Nothing_is_allocated(string name)
    {
        Law law = LawTable.All[name].Law;
        Exercise(law);
        long before = GC.GetAllocatedBytesForCurrentThread();
        double sum = Exercise(law);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.True(sum >= 0 || double.IsNaN(sum));

        static double Exercise(Law law)
        {
            Draws draws = new(1, 2, 3);
            double x = law.Draw(ref draws);
            return x + law.Residual(1e-3, 1) + law.Quantile(0.3) + law.Cdf(x) + law.Hazard(x);
        }
    }

    private static double[] Sample(Law law, int size)
    {
        double[] sample = new double[size];
        for (int i = 0; i < size; i++)
        {
            Draws draws = new(0x1A35EED, 7, (ulong)i);
            sample[i] = law.Draw(ref draws);
        }
        return sample;
    }
}
