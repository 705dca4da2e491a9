namespace FailoverSim.Reporting.Figures.Drawing;

/// <summary>Spans that are drawn as one.</summary>
/// <remarks><c>StartNs</c> and <c>EndNs</c>: of the first and of the last.</remarks>
internal readonly record struct DrawnSpan(double Left, double Right, long StartNs, long EndNs, int Count)
{
    public double Width => Right - Left;
}

/// <summary>Time spans as pixel intervals.</summary>
internal static class Spans
{
    // More than one pixel: a line of one pixel that falls between two is drawn in half its strength.
    public const double MinWidth = 1.5;

    /// <summary>
    /// Intervals of at least a pixel and a half, so that the shortest span is seen, joined where they overlap, so that
    /// a million spans cost no more than the picture has columns.
    /// </summary>
    public static IReadOnlyList<DrawnSpan> ToPixels(IEnumerable<(long StartNs, long EndNs)> spans,
        Scale scale)
    {
        List<DrawnSpan> pixels = [];
        IEnumerable<(long StartNs, long EndNs)> visible =
            spans.Where(s => s.EndNs >= scale.From * 1e9 && s.StartNs <= scale.To * 1e9);
        foreach ((long start, long end) in visible.OrderBy(s => s.StartNs))
        {
            double left = Math.Min(scale.Within(start * 1e-9), scale.Last - MinWidth);
            double right = Math.Max(scale.Within(end * 1e-9), left + MinWidth);
            if (pixels.Count > 0 && left <= pixels[^1].Right)
            {
                pixels[^1] = pixels[^1] with
                {
                    Right = Math.Max(right, pixels[^1].Right),
                    EndNs = Math.Max(end, pixels[^1].EndNs),
                    Count = pixels[^1].Count + 1,
                };
            }
            else
            {
                pixels.Add(new DrawnSpan(left, right, start, end, 1));
            }
        }
        return pixels;
    }
}
