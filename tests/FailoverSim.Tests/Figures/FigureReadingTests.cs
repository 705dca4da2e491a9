using System.Xml.Linq;
using FailoverSim.Reporting.Figures;
using FailoverSim.Reporting.Figures.Drawing;
using FailoverSim.Reporting.Results;
using Xunit;

namespace FailoverSim.Tests.Figures;

/// <summary>What makes a figure readable wherever it stands.</summary>
public sealed class FigureReadingTests
{
    private static readonly SvgFigureRenderer Renderer = new();

    [Fact]
    public void No_text_of_a_narrowed_figure_is_smaller_than_nine_pixels()
    {
        foreach ((string name, string svg) in FigureSamples.All())
        {
            XDocument document = XDocument.Parse(svg);
            double smallest = document.Descendants(TextBox.Svg + "text").Min(text => TextBox.Number(text, "font-size"));
            Assert.True(smallest * Canvas.LeastWidth / TextBox.Number(document.Root!, "width") >= 9, name);
            Assert.Contains($"{{min-width:{Canvas.LeastWidth:0}px}}", svg, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Names_that_differ_give_ids_that_differ()
    {
        string[] names = ["a.b", "a-b", "A-b", "a_b", "a b", "aä", "a_2e_b"];
        string[] ids = [.. names.Select(name => XDocument.Parse(Renderer.Pareto(new(new FigureHeading(name, "P"), [("c", 1)]))).Root!.Attribute("id")!.Value)];
        Assert.Equal(names.Length, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.All(ids, id => Assert.Matches("^figure-[A-Za-z0-9_-]+$", id));
    }

    /// <summary>The rule of the page stands against that of the reader's system by the weight of its selector.</summary>
    [Theory]
    [InlineData("dark")]
    [InlineData("light")]
    public void A_page_with_a_switch_overrides_what_the_system_prefers(string theme)
    {
        string style = XDocument.Parse(FigureSamples.All()[0].Svg).Root!.Element(TextBox.Svg + "style")!.Value;
        string scope = "#" + XDocument.Parse(FigureSamples.All()[0].Svg).Root!.Attribute("id")!.Value;
        string paper = theme == "dark" ? "#16191d" : "#ffffff";
        Assert.Contains($"[data-theme={theme}] {scope}{{--paper:{paper};", style, StringComparison.Ordinal);
    }

    [Fact]
    public void A_service_that_was_never_down_does_not_press_the_others_together()
    {
        AvailabilityRow[] known = [new("a", 1e-5, 8e-6, 1.2e-5), new("b", 4e-5, 3e-5, 5e-5)];
        Assert.True(Distance([.. known, new AvailabilityRow("never", null, 0, 0.05)]) > 0.4 * Distance(known));

        static double Distance(AvailabilityRow[] rows)
        {
            double[] dots = [.. Dots(Renderer.Availability(new(new FigureHeading("a", "A"), rows)))];
            return Math.Abs(dots[^1] - dots[^2]);
        }
    }

    [Fact]
    public void Marks_tell_their_values_where_the_pointer_rests()
    {
        string svg = Renderer.Pareto(new(new FigureHeading("p", "P"), [("crash", 61.5), ("stall", 8.25)]) { Intervals = [(50, 70), null] });
        string[] told = [.. XDocument.Parse(svg).Descendants(TextBox.Svg + "g").Select(mark => mark.Element(TextBox.Svg + "title")!.Value)];
        Assert.Contains("crash: 62 (50 – 70) minutes a year, 88 %", told);
        Assert.Contains("stall and all above: 70 minutes a year, 100 %", told);
    }

    [Theory]
    [InlineData(1e-4, 0.9e-4, 1.1e-4, "api is down 53 min a year on average, within the 8.8 h of its 99.9 %")]
    [InlineData(3e-3, 2e-3, 4e-3, "api is down 1.1 d a year on average, beyond the 8.8 h of its 99.9 %")]
    [InlineData(9e-4, 5e-4, 2e-3, "api is down 7.9 h a year on average, not told apart from the 8.8 h of its 99.9 %")]
    public void A_title_claims_no_more_than_the_interval(double value, double low, double high, string title) =>
        Assert.Equal(title, Titles.Availability([new("api", value, low, high, 1e-3)]));

    [Fact]
    public void A_title_names_who_breaks_an_objective_and_how_many_are_undecided()
    {
        AvailabilityRow met = new("a", 1e-4, 9e-5, 1.1e-4, 1e-3);
        AvailabilityRow missed = new("b", 3e-3, 2e-3, 4e-3, 1e-3);
        AvailabilityRow open = new("c", 9e-4, 5e-4, 2e-3, 1e-3);
        Assert.Equal("All 2 services keep to their objectives on average", Titles.Availability([met, met with { Service = "d" }]));
        Assert.Equal("b is down longer on average than its objective allows; of c it is not told yet", Titles.Availability([met, missed, open]));
        Assert.Equal("1 of 2 services keep to their objectives on average; of c it is not told yet", Titles.Availability([met, open]));
    }

    private static IEnumerable<double> Dots(string svg) => XDocument.Parse(svg).Descendants(TextBox.Svg + "circle")
        .Where(circle => circle.Attribute("class")!.Value == "dot").Select(circle => TextBox.Number(circle, "cx"));
}
