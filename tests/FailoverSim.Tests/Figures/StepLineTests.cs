using FailoverSim.Reporting.Figures.Drawing;
using FsCheck;
using FsCheck.Xunit;
using Xunit;

namespace FailoverSim.Tests.Figures;

public sealed class StepLineTests
{
    [Property(MaxTest = 15)]
    public void Thinned_staircase_stays_within_half_a_pixel(PositiveInt seed)
    {
        IReadOnlyList<(double X, double Y)> corners = Staircase(new Random(seed.Get), 4000);
        IReadOnlyList<(double X, double Y)> thin = StepLine.Thin(corners);
        // Both ways: nothing of the original is lost, nothing is drawn that was not there.
        Assert.True(Furthest(corners, thin) <= 0.5 + 1e-9);
        Assert.True(Furthest(thin, corners) <= 0.5 + 1e-9);
        Assert.Equal(corners[^1], thin[^1]);
    }

    [Property(MaxTest = 8)]
    public void Thinned_staircase_has_about_six_hundred_steps_at_most(PositiveInt seed) =>
        Assert.InRange(StepLine.Thin(Staircase(new Random(seed.Get), 100_000)).Count, 2, 650);

    private static List<(double X, double Y)> Staircase(Random random, int steps)
    {
        // As wide and as high as the plot of the figure, with flights of every steepness.
        double[] across = Cumulated(random, steps, 560);
        double[] up = Cumulated(random, steps, 300);
        return [.. across.Zip(up, (x, y) => (x, 300 - y))];
    }

    private static double[] Cumulated(Random random, int steps, double total)
    {
        double[] parts = [.. Enumerable.Range(0, steps).Select(_ => Math.Pow(random.NextDouble(), random.Next(1, 30)))];
        double scale = total / parts.Sum();
        double sum = 0;
        return [.. parts.Select(p => sum += p * scale)];
    }

    private static double Furthest(IReadOnlyList<(double X, double Y)> from, IReadOnlyList<(double X, double Y)> to)
    {
        double furthest = 0;
        int near = 1;
        foreach ((double x, double y) in StepLine.Walk(from, 0.5))
        {
            // The nearest step is one of those around the same x: both staircases rise from left to right.
            while (near + 1 < to.Count && to[near].X < x - 1)
            {
                near++;
            }
            double nearest = double.PositiveInfinity;
            for (int i = Math.Max(1, near - 1); i < to.Count && to[i - 1].X <= x + 1; i++)
            {
                nearest = Math.Min(nearest, ToStep((x, y), to[i - 1], to[i]));
            }
            furthest = Math.Max(furthest, nearest);
        }
        return furthest;
    }

    private static double ToStep((double X, double Y) p, (double X, double Y) a, (double X, double Y) b)
    {
        double toTread = Distance(p, (Math.Clamp(p.X, a.X, b.X), a.Y));
        double toRiser = Distance(p, (b.X, Math.Clamp(p.Y, Math.Min(a.Y, b.Y), Math.Max(a.Y, b.Y))));
        return Math.Min(toTread, toRiser);
    }

    private static double Distance((double X, double Y) a, (double X, double Y) b) =>
        Math.Sqrt((a.X - b.X) * (a.X - b.X) + (a.Y - b.Y) * (a.Y - b.Y));
}
