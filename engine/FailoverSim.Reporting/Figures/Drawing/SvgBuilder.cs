using System.Globalization;
using System.Text;

namespace FailoverSim.Reporting.Figures.Drawing;

/// <summary>Writes one SVG: elements, escaping and numbers. Knows shapes and style classes, but no figure.</summary>
/// <remarks>Every number has at most two decimals in the invariant culture, so that equal data give equal
/// bytes.</remarks>
internal sealed class SvgBuilder
{
    private readonly StringBuilder _body = new();
    private readonly string _id;

    /// <remarks><c>id</c>: prefix of every id and scope of the style, so that several figures can share one
    /// page.</remarks>
    public SvgBuilder(string id)
    {
        // Names that differ anywhere give ids that differ, and none of them is that of a heading of the page.
        _id = "figure-" + string.Concat(id.Select(c => char.IsAsciiLetterOrDigit(c) || c == '-' ? $"{c}" : FormattableString.Invariant($"_{(int)c:x}_")));
    }

    public static string Number(double value)
    {
        string text = Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture);
        return text == "-0" ? "0" : text;
    }

    public void Line(double x1, double y1, double x2, double y2, string style) =>
        Append($"<line class=\"{style}\"{Attribute("x1", x1)}{Attribute("y1", y1)}"
            + $"{Attribute("x2", x2)}{Attribute("y2", y2)}/>");

    public void Rect(double x, double y, double width, double height, string style) =>
        Append($"<rect class=\"{style}\"{Box(x, y, width, height)}/>");

    /// <summary>A rectangle filled with a pattern of <see cref="Theme.Patterns"/>.</summary>
    public void Textured(double x, double y, double width, double height, string pattern) =>
        Append($"<rect fill=\"url(#{_id}-{pattern})\"{Box(x, y, width, height)}/>");

    public void Circle(double x, double y, double radius, string style) =>
        Append($"<circle class=\"{style}\" cx=\"{Number(x)}\" cy=\"{Number(y)}\" r=\"{Number(radius)}\"/>");

    public void Diamond(double x, double y, double radius, string style) =>
        Polyline(style, (x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y), (x, y - radius));

    public void Triangle(double x, double y, double radius, string style) =>
        Polyline(style, (x, y - radius), (x + radius, y + radius), (x - radius, y + radius), (x, y - radius));

    public void Polyline(string style, params (double X, double Y)[] points) =>
        Path("M" + string.Join("L", points.Select(p => $"{Number(p.X)} {Number(p.Y)}")), style);

    public void Path(string d, string style) => Append($"<path class=\"{style}\" d=\"{d}\"/>");

    /// <summary>Marks that tell their values where the pointer rests on them.</summary>
    public void Hover(string text, Action marks)
    {
        Append($"<g><title>{Escape(text)}</title>");
        marks();
        Append("</g>");
    }

    /// <summary>Nothing to be seen, but a place for the pointer around marks that are too small for it.</summary>
    public void Catch(double x, double y, double width, double height) => Rect(x, y, width, height, "catch");

    /// <summary>One line of text. The box that it takes is known from its attributes alone; tests rely on
    /// that.</summary>
    /// <remarks><c>hover</c>: the full text where the shown one was shortened.</remarks>
    public void Text(double x, double y, string text, TextStyle style, string? hover = null)
    {
        string turned = style.Turned ? $" transform=\"rotate(-90 {Number(x)} {Number(y)})\"" : "";
        string weight = style.Bold ? " font-weight=\"700\"" : "";
        string title = hover is null || hover == text ? "" : $"<title>{Escape(hover)}</title>";
        string anchor = style.Anchor.ToString().ToLowerInvariant();
        Append($"<text class=\"{style.Colour}\" x=\"{Number(x)}\" y=\"{Number(y)}\" font-size=\"{Number(style.Size)}\""
            + $" text-anchor=\"{anchor}\"{weight}{turned}>{title}{Escape(text)}</text>");
    }

    /// <summary>The finished document.</summary>
    /// <remarks><c>title</c>: name for screen readers. <c>description</c>: what the picture shows, in words and
    /// numbers.</remarks>
    public string Build(double width, double height, string title, string description) =>
        $"""
        <svg xmlns="http://www.w3.org/2000/svg" id="{_id}" viewBox="0 0 {Number(width)} {Number(height)}"
          width="{Number(width)}" height="{Number(height)}" font-family="{Theme.Fonts}"
          role="img" aria-labelledby="{_id}-title {_id}-desc">
        <title id="{_id}-title">{Escape(title)}</title>
        <desc id="{_id}-desc">{Escape(description)}</desc>
        <style>{Theme.Style("#" + _id)}</style>
        <defs>{Theme.Patterns(_id)}</defs>
        <rect class="paper" width="{Number(width)}" height="{Number(height)}"/>
        {_body}</svg>

        """.ReplaceLineEndings("\n");

    private static string Attribute(string name, double value) => $" {name}=\"{Number(value)}\"";

    private static string Box(double x, double y, double width, double height) =>
        Attribute("x", x) + Attribute("y", y) + Attribute("width", width) + Attribute("height", height);

    private void Append(string element) => _body.Append(element).Append('\n');

    /// <summary>Escapes markup and drops characters that XML 1.0 cannot carry.</summary>
    private static string Escape(string text)
    {
        StringBuilder escaped = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                < ' ' or 0xFFFE or 0xFFFF => escaped,
                _ => escaped.Append(rune.ToString()),
            };
        }
        return escaped.ToString();
    }
}
