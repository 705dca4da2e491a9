using System.Globalization;

namespace FailoverSim.Reporting.Figures.Drawing;

/// <summary>Marks of an availability axis: percentages, with the downtime per year below them.</summary>
internal static class NinesTicks
{
    /// <summary>For the nines scale, between the best and the worst unavailability in sight.</summary>
    public static IReadOnlyList<Tick> Nines(double best, double worst)
    {
        List<double> major = [.. Ticks.Decades(best, worst, 1)];
        if (major.Count < 3)
        {
            major = [.. Ticks.Decades(best, worst, 1, 2, 5)];
        }
        if (major.Count < 3)
        {
            List<double> finer = [.. Ticks.Decades(best, worst, 1, 1.5, 2, 3, 4, 5, 7)];
            major = finer.Count > 3 ? finer : [.. Ticks.Multiples(best, worst, Ticks.Step(worst - best, 3))];
        }
        IEnumerable<double> minor = Ticks.Decades(best, worst, 2, 3, 4, 5, 6, 7, 8, 9).Except(major);
        return [.. major.OrderDescending().Select(Labelled), .. minor.Select(u => new Tick(u))];
    }

    /// <summary>For a linear axis of unavailability, where nines say nothing.</summary>
    public static IReadOnlyList<Tick> Linear(double best, double worst) =>
        [.. Ticks.Multiples(best, worst, Ticks.Step(worst - best, 4)).OrderDescending().Select(Labelled)];

    /// <summary>The availability that belongs to an unavailability, exact in decimal: 1e-7 is 99.99999 %.</summary>
    public static string Percent(double unavailability)
    {
        decimal percent = 100m - 100m * Math.Round((decimal)unavailability, 20);
        return percent.ToString("0.####################", CultureInfo.InvariantCulture) + " %";
    }

    private static Tick Labelled(double u) => new(u, Percent(u), HumanTime.Rounded(u * HumanTime.Year));
}
