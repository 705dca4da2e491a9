using System.Globalization;
using System.Xml.Linq;
using FailoverSim.Reporting.Figures.Drawing;

namespace FailoverSim.Tests.Figures;

/// <summary>The box that one text of an SVG takes, read back from the document and measured like the layout
/// does.</summary>
internal sealed record TextBox(string Text, double Left, double Top, double Right, double Bottom)
{
    public static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    // Helvetica: capitals are 0.72 of the size, descenders 0.21.
    private const double Ascent = 0.72;
    private const double Descent = 0.21;

    public static IReadOnlyList<TextBox> In(XDocument document) => [.. document.Descendants(Svg + "text").Select(Of)];

    public static double Number(XElement element, string attribute) =>
        double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);

    public bool Overlaps(TextBox other) =>
        Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;

    private static TextBox Of(XElement element)
    {
        string text = string.Concat(element.Nodes().OfType<XText>().Select(t => t.Value));
        double size = Number(element, "font-size");
        double width = TextWidth.Of(text, size, element.Attribute("font-weight") is not null);
        (double x, double y) = (Number(element, "x"), Number(element, "y"));
        double before = element.Attribute("text-anchor")!.Value switch
        {
            "start" => 0,
            "middle" => width / 2,
            _ => width,
        };
        return element.Attribute("transform") is null
            ? new TextBox(text, x - before, y - Ascent * size, x - before + width, y + Descent * size)
            : new TextBox(text, x - Ascent * size, y - width + before, x + Descent * size, y + before);
    }
}
