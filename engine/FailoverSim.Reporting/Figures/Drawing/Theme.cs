namespace FailoverSim.Reporting.Figures.Drawing;

/// <summary>
/// Colours, patterns and classes. The hues follow Okabe and Ito (2008), told apart by the colour-blind; yellow is left
/// out, too pale on paper.
/// </summary>
internal static class Theme
{
    // Fonts with the widths that TextWidth assumes come first.
    public const string Fonts = "Helvetica, Arial, Liberation Sans, sans-serif";

    /// <summary>Lines beyond this many are not told apart any more.</summary>
    public const int Series = 8;

    private static readonly (string Name, string Light, string Dark)[] Colours =
    [
        ("paper", "#ffffff", "#16191d"),
        ("ink", "#1b1f24", "#e8eaed"),
        ("soft", "#59616b", "#a3abb5"),
        ("grid", "#dfe3e8", "#333941"),
        ("faint", "#eff1f4", "#23272d"),
        ("pale", "#c9dff0", "#1f4460"),
        ("s0", "#0072b2", "#56b4e9"),
        ("s1", "#d55e00", "#ff8f3f"),
        ("s2", "#009e73", "#2fcf9f"),
        ("s3", "#b5588e", "#e59ac4"),
        ("s4", "#b87900", "#f2b93b"),
        ("s5", "#3a9bd6", "#9ad4f7"),
        ("s6", "#5c5c5c", "#c2c2c2"),
        ("s7", "#7a4fb5", "#b79cf0"),
    ];

    private static string Light => string.Concat(Colours.Select(c => $"--{c.Name}:{c.Light};"));
    private static string Dark => string.Concat(Colours.Select(c => $"--{c.Name}:{c.Dark};"));

    // Dashes tell lines apart where colours cannot be seen.
    private static readonly string[] Dashes = ["none", "9 3", "3 3", "12 3 3 3", "6 2 2 2 2 2", "1.5 3", "16 4", "5 5"];

    /// <summary>
    /// The style sheet, scoped to one figure. Each rule names the light colour before the variable:
    /// a viewer without variables keeps the former.
    /// </summary>
    public static string Style(string scope)
    {
        List<string> rules =
        [
            $"{scope}{{{Light}}}",
            $"@media screen and (prefers-color-scheme:dark){{{scope}{{{Dark}}}}}",
            $"{scope} *{{print-color-adjust:exact;-webkit-print-color-adjust:exact}}",
            $"{scope} .paper{{{Paint("fill", "paper")}}}",
            $"{scope} .ink{{{Paint("fill", "ink")}}}",
            $"{scope} .soft{{{Paint("fill", "soft")}}}",
            $"{scope} .band{{{Paint("fill", "faint")}}}",
            $"{scope} .grid{{{Paint("stroke", "grid")}}}",
            $"{scope} .minor{{{Paint("stroke", "faint")}}}",
            $"{scope} .axis{{{Paint("stroke", "soft")};fill:none}}",
            $"{scope} .leader{{{Paint("stroke", "soft")};stroke-dasharray:2 2;fill:none}}",
            $"{scope} .goal{{{Paint("stroke", "s1")};stroke-width:2.5;fill:none}}",
            $"{scope} .whisker{{{Paint("stroke", "s0")};stroke-width:2;fill:none}}",
            $"{scope} .dot{{{Paint("fill", "s0")};{Paint("stroke", "paper")};stroke-width:1.2}}",
            $"{scope} .bar{{{Paint("fill", "s0")}}}",
            $"{scope} .hill{{{Paint("fill", "pale")};{Paint("stroke", "s0")};stroke-width:1}}",
            $"{scope} .mark{{{Paint("fill", "ink")};{Paint("stroke", "paper")};stroke-width:1.2}}",
            $"{scope} .hollow{{{Paint("fill", "paper")};{Paint("stroke", "ink")};stroke-width:1.6}}",
            $"{scope} .box{{{Paint("stroke", "soft")};stroke-width:0.75;fill:none}}",
            $"{scope} .track{{{Paint("fill", "pale")}}}",
            $"{scope} .frame{{{Paint("stroke", "ink")};stroke-width:1.5;fill:none}}",
            $"{scope} .outage{{{Paint("fill", "s1")}}}",
            $"{scope} .grey{{{Paint("stroke", "soft")};stroke-width:1;opacity:.45;fill:none}}",
            .. Enumerable.Range(0, Series).SelectMany(i => Line(scope, i)),
            .. States.Styles(scope, Paint),
        ];
        return string.Concat(rules);
    }

    /// <summary>
    /// The colours of a page with figures on it, which then have those of the page. A reader may choose them by the attribute
    /// <c>data-theme</c> of its root; paper is light.
    /// </summary>
    public static string PageStyle { get; } =
        $":root{{{Light}}}@media screen{{:root[data-theme=dark]{{{Dark}color-scheme:dark}}:root[data-theme=light]{{color-scheme:light}}}}"
        + $"@media screen and (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{Dark}}}}}"
        + $"figure svg{{{string.Concat(Colours.Select(c => $"--{c.Name}:inherit!important;"))}}}";

    /// <summary>Textures for the bars of a timeline, drawn over their colours.</summary>
    public static string Patterns(string id) => States.Patterns(id);

    private static IEnumerable<string> Line(string scope, int i)
    {
        yield return $"{scope} .line{i}{{{Paint("stroke", $"s{i}")};stroke-width:2;stroke-linejoin:round;fill:none;"
            + $"stroke-dasharray:{Dashes[i]}}}";
        yield return $"{scope} .fill{i}{{{Paint("fill", $"s{i}")};{Paint("stroke", "paper")};stroke-width:1.2}}";
        yield return $"{scope} .ring{i}{{{Paint("stroke", $"s{i}")};{Paint("fill", "paper")};stroke-width:2}}";
    }

    private static string Paint(string property, string colour)
    {
        string fallback = Colours.First(c => c.Name == colour).Light;
        return $"{property}:{fallback};{property}:var(--{colour})";
    }
}
