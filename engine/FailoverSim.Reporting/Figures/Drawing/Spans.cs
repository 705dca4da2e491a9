namespace FailoverSim.Reporting.Figures.Drawing;

/// <summary>Time spans as pixel intervals.</summary>
internal static class Spans
{
    // More than one pixel: a line of one pixel that falls between two is drawn in half its strength.
    public const double MinWidth = 1.5;

    /// <summary>
    /// Intervals of at least a pixel and a half, so that the shortest span is seen, joined where they overlap, so that
    /// a million spans cost no more than the picture has columns.
    /// </summary>
    public static IReadOnlyList<(double Left, double Right)> ToPixels(IEnumerable<(long StartNs, long EndNs)> spans,
        Scale scale)
    {
        List<(double Left, double Right)> pixels = [];
        IEnumerable<(long StartNs, long EndNs)> visible =
            spans.Where(s => s.EndNs >= scale.From * 1e9 && s.StartNs <= scale.To * 1e9);
        foreach ((long start, long end) in visible.OrderBy(s => s.StartNs))
        {
            double left = Math.Min(scale.Within(start * 1e-9), scale.Last - MinWidth);
            double right = Math.Max(scale.Within(end * 1e-9), left + MinWidth);
            if (pixels.Count > 0 && left <= pixels[^1].Right)
            {
                pixels[^1] = (pixels[^1].Left, Math.Max(right, pixels[^1].Right));
            }
            else
            {
                pixels.Add((left, right));
            }
        }
        return pixels;
    }
}
