using FailoverSim.Tests.Laws;
using Xunit;

namespace FailoverSim.Tests.Measured;

/// <summary>How well times measured on real software agree with simulated ones, in seconds; both samples sorted.</summary>
internal sealed class Agreement
{
    public Agreement(IEnumerable<double> measured, IEnumerable<double> simulated)
    {
        Measured = [.. measured.Order()];
        Simulated = [.. simulated.Order()];
        Distance = DistanceBeyond(0);
    }

    public double[] Measured { get; }

    public double[] Simulated { get; }

    public int Count => Measured.Length;

    /// <summary>Kolmogorov and Smirnov's D: the greatest difference of the two shares that are at most so long.</summary>
    public double Distance { get; }

    /// <summary>
    /// Chance of a distance at least this great if both came from one law, by Kolmogorov's series with Stephens's correction for
    /// small samples; the simulated sample counts for as many as it has.
    /// </summary>
    public double Significance
    {
        get
        {
            double root = Math.Sqrt((double)Measured.Length * Simulated.Length / (Measured.Length + Simulated.Length));
            double x = Distance * (root + 0.12 + (0.11 / root));
            double sum = 0;
            for (int k = 1; k < 100; k++)
            {
                sum += (k % 2 == 1 ? 2 : -2) * Math.Exp(-2.0 * k * k * x * x);
            }
            return x < 0.2 ? 1 : Math.Clamp(sum, 0, 1);
        }
    }

    /// <summary>D if times may be shifted by so much: where many times are equal, it would else tell nothing but a millisecond of offset.</summary>
    public double DistanceBeyond(double shift)
    {
        double distance = 0;
        foreach (double[] sample in new[] { Measured, Simulated })
        {
            foreach (double x in sample)
            {
                distance = Math.Max(distance, ShareUpTo(Measured, x) - ShareUpTo(Simulated, x + shift));
                distance = Math.Max(distance, ShareUpTo(Simulated, x) - ShareUpTo(Measured, x + shift));
            }
        }
        return distance;
    }

    /// <summary>Of the means: measured less simulated.</summary>
    public double Bias => Measured.Average() - Simulated.Average();

    /// <summary>Standard error of the measured mean, by the spread of the simulated sample: one that measured the noise of the machine would forgive it.</summary>
    public double StandardError
    {
        get
        {
            double mean = Simulated.Average();
            return Math.Sqrt(Simulated.Sum(x => (x - mean) * (x - mean)) / Simulated.Length / Measured.Length);
        }
    }

    /// <summary>One false alarm in a million, and what the machine adds: a share, and seconds of the mean.</summary>
    public void AssertHolds(double shareOfMachine, double secondsOfMachine)
    {
        AssertDistance((Statistics.CriticalDistance / Math.Sqrt(Count)) + shareOfMachine);
        Assert.True(Math.Abs(Bias) <= (Statistics.CriticalZ * StandardError) + secondsOfMachine, ToString());
    }

    public void AssertDistance(double most, double shift = 0) => Assert.True(DistanceBeyond(shift) <= most, ToString());

    /// <summary>No time shorter than the shortest simulated one, none longer than the longest, but for what is allowed.</summary>
    public void AssertRange(double early, double late) =>
        Assert.True(Measured[0] >= Simulated[0] - early && Measured[^1] <= Simulated[^1] + late, ToString());

    public override string ToString() => FormattableString.Invariant(
        $"n {Count}, D {Distance:F3} (p {Significance:F3}), mean {Measured.Average():F3} s measured, {Simulated.Average():F3} s simulated, ")
        + FormattableString.Invariant(
            $"range {Measured[0]:F3}–{Measured[^1]:F3} s measured, {Simulated[0]:F3}–{Simulated[^1]:F3} s simulated");

    private static double ShareUpTo(double[] sorted, double x)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = sorted[middle] <= x + 1e-12 ? (middle + 1, high) : (low, middle);
        }
        return (double)low / sorted.Length;
    }
}
