namespace FailoverSim.Reporting.Figures.Drawing;

/// <summary>Which end of the text stands at its x.</summary>
internal enum Anchor
{
    Start,
    Middle,
    End,
}

/// <summary>How a line of text looks.</summary>
/// <remarks><c>Colour</c>: style class: <c>ink</c> or <c>soft</c>. <c>Turned</c>: reads upwards, for the title of a
/// vertical axis.</remarks>
internal readonly record struct TextStyle(double Size, Anchor Anchor = Anchor.Start, string Colour = "ink",
    bool Bold = false, bool Turned = false)
{
    public static TextStyle Title => new(17, Bold: true);
    public static TextStyle Subtitle => new(12.5, Colour: "soft");
    public static TextStyle Label => new(12.5);
    public static TextStyle Tick => new(11.5, Anchor.Middle);
    public static TextStyle SubTick => new(10.5, Anchor.Middle, "soft");
    public static TextStyle AxisTitle => new(12, Anchor.Middle, "soft");
    public static TextStyle Note => new(11.5, Colour: "soft");

    public double WidthOf(string text) => TextWidth.Of(text, Size, Bold);
}
