using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using FailoverSim.Reporting.Figures;
using Xunit;

namespace FailoverSim.Tests.Figures;

public sealed class FigureDocumentTests
{
    [Fact]
    public void Every_figure_is_well_formed_and_says_what_it_shows()
    {
        foreach ((string name, string svg) in FigureSamples.All())
        {
            XElement root = XDocument.Parse(svg).Root!;
            Assert.True(root.Attribute("role")?.Value == "img", name);
            string[] labels = root.Attribute("aria-labelledby")!.Value.Split(' ');
            Assert.Equal(root.Element(TextBox.Svg + "title")!.Attribute("id")!.Value, labels[0]);
            Assert.Equal(root.Element(TextBox.Svg + "desc")!.Attribute("id")!.Value, labels[1]);
            Assert.NotEmpty(root.Element(TextBox.Svg + "title")!.Value);
            Assert.NotEmpty(root.Element(TextBox.Svg + "desc")!.Value);
        }
    }

    [Fact]
    public void No_figure_refers_to_anything_outside_itself()
    {
        foreach ((string name, string svg) in FigureSamples.All())
        {
            string content = svg.Replace("xmlns=\"http://www.w3.org/2000/svg\"", "", StringComparison.Ordinal);
            Assert.False(
                Regex.IsMatch(content, "https?:|href|<script|<image|@import|@font-face|<foreignObject| on[a-z]+="),
                name);
            HashSet<string> ids = [.. XDocument.Parse(svg).Descendants().Attributes("id").Select(a => a.Value)];
            Assert.All(Regex.Matches(content, @"url\(([^)]*)\)").Select(m => m.Groups[1].Value), url =>
                Assert.Contains(url.TrimStart('#'), ids));
        }
    }

    [Fact]
    public void Ids_are_unique_and_carry_the_name_of_the_figure()
    {
        foreach ((string name, string svg) in FigureSamples.All())
        {
            XDocument document = XDocument.Parse(svg);
            List<string> ids = [.. document.Descendants().Attributes("id").Select(a => a.Value)];
            Assert.Equal(ids.Count, ids.Distinct().Count());
            Assert.All(ids, id => Assert.True(id.StartsWith(ids[0], StringComparison.Ordinal), $"{name}: {id}"));
        }
    }

    [Fact]
    public void Equal_data_give_equal_bytes_in_any_culture()
    {
        (string, string)[] first = [.. FigureSamples.All()];
        CultureInfo comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        comma.NumberFormat.NegativeSign = "~";
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = comma;
            Assert.Equal(first, FigureSamples.DrawAll());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void No_coordinate_is_out_of_range_or_not_a_number()
    {
        foreach ((string name, string svg) in FigureSamples.All())
        {
            Assert.False(Regex.IsMatch(svg, "NaN|Infinity|∞|E[+-]\\d"), name);
        }
    }

    [Fact]
    public void Names_with_markup_and_control_characters_are_escaped()
    {
        string svg = new SvgFigureRenderer()
            .Availability(new(new FigureHeading("a b&c", "<b>"), [new("x<&\"\u0001>", 0.1, 0.05, 0.2)]));
        Assert.Contains("x<&\">", XDocument.Parse(svg).Descendants(TextBox.Svg + "text").Select(t => t.Value));
    }

    [Fact]
    public void Empty_data_say_how_long_nothing_was_seen()
    {
        string svg = new SvgFigureRenderer()
            .OutageDurations(new(new FigureHeading("d", "Durations"), [new("api", [])], 40_000));
        Assert.Contains("No outage seen in 40\u202f000 simulated years.", svg, StringComparison.Ordinal);
    }

    /// <summary>For looking at: set FIGURE_SAMPLES to a folder.</summary>
    [SkippableFact]
    public void Samples_are_written_where_asked_for()
    {
        string? folder = Environment.GetEnvironmentVariable("FIGURE_SAMPLES");
        Skip.If(folder is null, "FIGURE_SAMPLES is not set");
        Directory.CreateDirectory(folder!);
        foreach ((string name, string svg) in FigureSamples.All())
        {
            File.WriteAllText(Path.Combine(folder!, name + ".svg"), svg);
        }
    }
}
