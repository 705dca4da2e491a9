using System.Text;

namespace FailoverSim.Reporting.Figures.Drawing;

/// <summary>Staircases in pixels: thinned without visible change, written as a path, walked along for labels.</summary>
internal static class StepLine
{
    /// <summary>
    /// Corners such that the staircase through them stays within the tolerance of the original.
    /// A run of steps inside a box becomes one step; a rising staircase in a box is never further from the
    /// box's lower right edge than the box's shorter side.
    /// </summary>
    public static IReadOnlyList<(double X, double Y)> Thin(IReadOnlyList<(double X, double Y)> corners,
        double tolerance = 0.5)
    {
        if (corners.Count == 0)
        {
            return [];
        }
        List<(double X, double Y)> kept = [corners[0]];
        for (int i = 1; i < corners.Count; i++)
        {
            bool isLast = i + 1 == corners.Count;
            if (isLast || ShorterSide(kept[^1], corners[i + 1]) > tolerance)
            {
                kept.Add(corners[i]);
            }
        }
        return kept;
    }

    /// <summary>Across, then up, from corner to corner.</summary>
    public static string Path(IReadOnlyList<(double X, double Y)> corners)
    {
        StringBuilder path = new($"M{SvgBuilder.Number(corners[0].X)} {SvgBuilder.Number(corners[0].Y)}");
        foreach ((double x, double y) in corners.Skip(1))
        {
            path.Append('H').Append(SvgBuilder.Number(x)).Append('V').Append(SvgBuilder.Number(y));
        }
        return path.ToString();
    }

    /// <summary>Points along the staircase, no further apart than <paramref name="spacing"/>.</summary>
    public static IEnumerable<(double X, double Y)> Walk(IReadOnlyList<(double X, double Y)> corners, double spacing)
    {
        for (int i = 1; i < corners.Count; i++)
        {
            ((double x0, double y0), (double x1, double y1)) = (corners[i - 1], corners[i]);
            int across = (int)Math.Ceiling(Math.Abs(x1 - x0) / spacing);
            for (int k = 0; k < across; k++)
            {
                yield return (x0 + (x1 - x0) * k / across, y0);
            }
            int up = (int)Math.Ceiling(Math.Abs(y1 - y0) / spacing);
            for (int k = 0; k < up; k++)
            {
                yield return (x1, y0 + (y1 - y0) * k / up);
            }
        }
    }

    private static double ShorterSide((double X, double Y) a, (double X, double Y) b) =>
        Math.Min(Math.Abs(b.X - a.X), Math.Abs(b.Y - a.Y));
}
