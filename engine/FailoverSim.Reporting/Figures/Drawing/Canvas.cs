using System.Globalization;

namespace FailoverSim.Reporting.Figures.Drawing;

/// <summary>What all figures share.</summary>
internal static class Canvas
{
    public const double Width = 960;

    /// <summary>At which the smallest text is 9 px high.</summary>
    public static readonly double LeastWidth = Math.Ceiling(Width * 9 / TextStyle.SubTick.Size);

    /// <summary>A figure that says why it is empty, so that a report never has a hole.</summary>
    public static string Empty(FigureHeading heading, string message)
    {
        SvgBuilder svg = new(heading.Id);
        double top = Header.Draw(svg, heading.Title, heading.Subtitle, Width);
        svg.Rect(Header.Margin, top + 16, Width - 2 * Header.Margin, 90, "band");
        string shown = TextWidth.Shorten(message, TextStyle.Label.Size, Width - 4 * Header.Margin);
        svg.Text(Width / 2, top + 65, shown, TextStyle.Label with { Anchor = Anchor.Middle });
        return svg.Build(Width, top + 126, heading.Title, message);
    }

    /// <summary>A count in groups of three: 40 000.</summary>
    public static string Count(double value) =>
        value.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', '\u202f');

    /// <summary>A share that is never rounded to none or all: 12 %, 0.4 %, &lt; 0.1 %.</summary>
    public static string Share(double share) => share switch
    {
        0 => "0 %",
        < 0.001 => "< 0.1 %",
        < 0.0995 => (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + " %",
        1 => "100 %",
        > 0.999 => "> 99.9 %",
        > 0.9905 => (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + " %",
        _ => (100 * share).ToString("0", CultureInfo.InvariantCulture) + " %",
    };
}
