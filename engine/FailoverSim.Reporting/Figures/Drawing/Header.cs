namespace FailoverSim.Reporting.Figures.Drawing;

/// <summary>Title and subtitle at the top of a figure.</summary>
internal static class Header
{
    public const double Margin = 20;

    /// <summary>Draws both, wrapped to the width.</summary>
    /// <returns>Where they end.</returns>
    public static double Draw(SvgBuilder svg, string title, string? subtitle, double width)
    {
        double y = 10;
        foreach (string line in TextWidth.Wrap(title, TextStyle.Title.Size, width - 2 * Margin, lines: 2, bold: true))
        {
            y += 21;
            svg.Text(Margin, y, line, TextStyle.Title, title);
        }
        return Paragraph(svg, subtitle ?? "", Margin, y + 3, width - 2 * Margin, TextStyle.Subtitle, lines: 3);
    }

    /// <summary>Lines of text below <paramref name="y"/>.</summary>
    /// <returns>Where they end.</returns>
    public static double Paragraph(SvgBuilder svg, string text, double x, double y, double width, TextStyle style,
        int lines)
    {
        foreach (string line in TextWidth.Wrap(text, style.Size, width, lines))
        {
            y += style.Size + 5;
            svg.Text(x, y, line, style);
        }
        return y;
    }
}
