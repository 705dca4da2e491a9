namespace FailoverSim.Reporting.Figures.Drawing;

/// <summary>Finds a place on each of several lines for a small numbered disc, clear of the other lines and
/// discs.</summary>
internal static class Tags
{
    public const double Radius = 8.5;

    private const double Apart = 2 * Radius + 3;

    // Further from other lines than this is no better.
    private const double ClearEnough = 16;

    /// <param name="lines">Points along each line.</param>
    /// <param name="taken">Points that must stay visible, such as markers.</param>
    /// <returns>A place per line; null where the line has no free one.</returns>
    public static IReadOnlyList<(double X, double Y)?> Place(
        IReadOnlyList<IReadOnlyList<(double X, double Y)>> lines, IReadOnlyList<(double X, double Y)> taken)
    {
        List<(double X, double Y)?> places = [];
        for (int i = 0; i < lines.Count; i++)
        {
            List<(double X, double Y)> others = [.. lines.Where((_, k) => k != i).SelectMany(l => l)];
            List<(double X, double Y)> blocked = [.. taken, .. places.OfType<(double, double)>()];
            // In the order of the lines' numbers discs climb along lines that coincide.
            IEnumerable<(double X, double Y)> free = lines[i].Where(p => blocked.All(b => Distance(p, b) >= Apart));
            places.Add(free.Select(p => ((double, double)?)p)
                .MaxBy(p => others.Select(o => Distance(p!.Value, o)).Append(ClearEnough).Min()));
        }
        return places;
    }

    private static double Distance((double X, double Y) a, (double X, double Y) b) =>
        Math.Sqrt((a.X - b.X) * (a.X - b.X) + (a.Y - b.Y) * (a.Y - b.Y));
}
