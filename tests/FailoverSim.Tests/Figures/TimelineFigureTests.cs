using System.Xml.Linq;
using FailoverSim.Reporting.Figures;
using FailoverSim.Reporting.Figures.Drawing;
using Xunit;

namespace FailoverSim.Tests.Figures;

public sealed class TimelineFigureTests
{
    private const long Year = 365L * 86_400 * 1_000_000_000;

    [Fact]
    public void Outages_shorter_than_a_pixel_are_drawn_at_least_one_pixel_wide()
    {
        // A hundred outages of a nanosecond in ten years, and one at the very end.
        List<(long, long, string)> outages =
        [
            .. Enumerable.Range(0, 100).Select(i => (i * Year / 10, i * Year / 10 + 1, "down")),
            (10 * Year - 1, 10 * Year, "down"),
        ];
        string svg = new SvgFigureRenderer().Timeline(new(
            new FigureHeading("t", "Timeline"), 10 * Year, 0, Year, [new("api", TimelineKind.Service, outages)]));
        List<XElement> drawn = [.. XDocument.Parse(svg).Descendants(TextBox.Svg + "rect")
            .Where(r => r.Attribute("class")?.Value == "outage")];
        Assert.Equal(101, drawn.Count);
        Assert.All(drawn, r => Assert.True(TextBox.Number(r, "width") >= 1));
        Assert.All(drawn, r => Assert.True(TextBox.Number(r, "x") + TextBox.Number(r, "width") <= Canvas.Width));
    }

    [Fact]
    public void A_million_outages_cost_no_more_than_the_columns_of_the_picture()
    {
        Scale scale = Scale.Linear(0, 1000, 0, 800);
        var spans = Enumerable.Range(0, 1_000_000).Select(i => (i * 1_000_000L, i * 1_000_000L + 500_000));
        Assert.Equal([new DrawnSpan(0, 800, 0, 999_999_500_000, 1_000_000)], Spans.ToPixels(spans, scale));
    }

    [Fact]
    public void States_of_other_layers_share_the_look_of_their_synonyms_and_strangers_get_their_own()
    {
        IReadOnlyDictionary<string, StateLook> looks =
            States.LooksOf(["crew", "waiting-for-crew", "Flooded", "frozen", "working", "up"]);
        Assert.Same(looks["crew"], looks["waiting-for-crew"]);
        Assert.Same(looks["working"], looks["up"]);
        Assert.NotEqual((looks["Flooded"].Colour, looks["Flooded"].Texture),
            (looks["frozen"].Colour, looks["frozen"].Texture));
    }

    [Fact]
    public void States_are_told_apart_without_colour()
    {
        string[] states =
            ["standby", "switching", "waiting for crew", "waiting for part", "in repair", "held", "flooded", "frozen"];
        List<string?> textures = [.. States.LooksOf(states).Values.Select(l => l.Texture)];
        Assert.Equal(textures.Count, textures.Distinct().Count());
        // Light, dark and in between need no texture.
        Assert.Equal(["pale", "ink", "s1"], States.LooksOf(["up", "undetected", "down"]).Values.Select(l => l.Colour));
    }

    [Fact]
    public void Rows_beyond_thirty_are_counted_in_a_note()
    {
        string svg = new SvgFigureRenderer().Timeline(FigureSamples.Timeline(20, 40));
        Assert.Contains("8 more services not shown above. 30 more rows not shown.", svg, StringComparison.Ordinal);
        Assert.Contains(">unit-1<", svg, StringComparison.Ordinal);
    }
}
