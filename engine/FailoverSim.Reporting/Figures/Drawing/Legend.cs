namespace FailoverSim.Reporting.Figures.Drawing;

/// <summary>A sign and what it means.</summary>
/// <remarks><c>Sign</c>: draws the sign, given its centre.</remarks>
internal readonly record struct LegendEntry(string Text, double SignWidth, Action<double, double> Sign);

/// <summary>Entries side by side, in as many lines as they need.</summary>
internal static class Legend
{
    private const double LineHeight = 20;
    private const double Between = 22;

    /// <returns>Where the legend ends.</returns>
    public static double Draw(SvgBuilder svg, double left, double top, double right, IReadOnlyList<LegendEntry> entries)
    {
        double x = left;
        double y = top;
        foreach (LegendEntry entry in entries)
        {
            string text = TextWidth.Shorten(entry.Text, TextStyle.Note.Size, right - left - entry.SignWidth - 6);
            double width = entry.SignWidth + 6 + TextStyle.Note.WidthOf(text);
            if (x > left && x + width > right)
            {
                x = left;
                y += LineHeight;
            }
            entry.Sign(x + entry.SignWidth / 2, y + LineHeight / 2);
            svg.Text(x + entry.SignWidth + 6, y + LineHeight / 2 + 4, text, TextStyle.Note, entry.Text);
            x += width + Between;
        }
        return entries.Count == 0 ? top : y + LineHeight;
    }
}
