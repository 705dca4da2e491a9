using System.Xml.Linq;
using FailoverSim.Reporting.Figures;
using FailoverSim.Reporting.Report;
using FailoverSim.Reporting.Results;
using FsCheck.Xunit;
using Xunit;

namespace FailoverSim.Tests.Report;

public class ReportPageTests
{
    [Fact]
    public void What_a_scenario_says_is_text()
    {
        const string Title = "</title><script>alert(1)</script>'\"&amp; ]]> <img src=x onerror=alert(2)>";
        XElement page = Pages.Tree(Pages.Of(Pages.Run(Pages.Parse(Pages.Plain.Replace("TITLE", $"'{Title.Replace("'", "''", StringComparison.Ordinal)}'", StringComparison.Ordinal)), 3)));
        Assert.Equal(Title, page.Descendants(Pages.Html + "h1").Single().Value);
        Assert.Equal(Title, page.Element(Pages.Html + "head")!.Element(Pages.Html + "title")!.Value);
        Assert.Single(page.Descendants(), element => element.Name.LocalName == "script");
        Assert.DoesNotContain(page.Descendants(), element => element.Name.LocalName == "img");
        Assert.DoesNotContain(page.Descendants().Attributes(), attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
    }

    [Property]
    public void Markup_reads_back_as_the_text_that_it_was_made_of(string? text)
    {
        string carried = string.Concat((text ?? "").EnumerateRunes()
            .Where(rune => rune.Value is '\t' or '\n' || (rune.Value >= ' ' && rune.Value is not (>= 0x7F and < 0xA0) and not 0xFFFE and not 0xFFFF)));
        XElement read = XElement.Parse(Markup.Of("p", [("title", text ?? "")], text ?? "").ToString(), LoadOptions.PreserveWhitespace);
        Assert.Equal(carried, read.Value);
        Assert.Equal(carried.Replace('\n', ' ').Replace('\t', ' '), read.Attribute("title")!.Value);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Page_needs_nothing_beside_itself_and_is_well_formed(bool cluster)
    {
        XElement page = Pages.Tree(cluster ? Pages.OfCluster : Pages.OfPlant);
        string[] ids = [.. page.Descendants().Attributes("id").Select(id => id.Value)];
        Assert.Equal(ids.Distinct(), ids);
        foreach (XAttribute attribute in page.Descendants().Attributes())
        {
            switch (attribute.Name.LocalName)
            {
                case "src" or "srcset" or "data" or "action":
                    Assert.Fail($"{attribute} asks for something");
                    break;
                case "href":
                    Assert.Contains(attribute.Value[1..], ids);
                    Assert.StartsWith("#", attribute.Value, StringComparison.Ordinal);
                    break;
                case "aria-labelledby":
                    Assert.All(attribute.Value.Split(' '), id => Assert.Contains(id, ids));
                    break;
            }
        }
        Assert.DoesNotContain("@import", page.Value, StringComparison.Ordinal);
        Assert.DoesNotContain("url(h", page.Value, StringComparison.Ordinal);
        foreach (XElement table in page.Descendants(Pages.Html + "table"))
        {
            Assert.NotEmpty(table.Element(Pages.Html + "caption")!.Value);
            Assert.All(table.Descendants(Pages.Html + "th"), head => Assert.NotNull(head.Attribute("scope")));
            int columns = table.Element(Pages.Html + "thead")!.Element(Pages.Html + "tr")!.Elements().Count();
            Assert.All(table.Element(Pages.Html + "tbody")!.Elements(), row => Assert.Equal(columns, row.Elements().Count()));
        }
        int[] levels = [.. page.Descendants().Select(e => e.Name.LocalName).Where(name => name is ['h', >= '1' and <= '6']).Select(name => name[1] - '0')];
        Assert.Equal(1, levels.Count(level => level == 1));
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1));
    }

    [Fact]
    public void Same_input_gives_the_same_bytes_whatever_the_number_of_threads()
    {
        string one = Pages.Of(Pages.Run(Pages.Read("pumps-3-of-5"), 70, threads: 1, baseOnly: true));
        Assert.Equal(one, Pages.Of(Pages.Run(Pages.Read("pumps-3-of-5"), 70, threads: 2, baseOnly: true)));
        Assert.DoesNotContain('\r', one);
    }

    [Fact]
    public void Sections_without_content_are_not_there()
    {
        string[] always = ["verdict", "time", "worst", "distributions", "precision", "assumptions", "glossary", "repeat"];
        string[] plain = Sections(Pages.Of(Pages.Run(Pages.Parse(Pages.Plain.Replace("TITLE", "plain", StringComparison.Ordinal)), null)));
        Assert.Equal(always, plain.Where(section => section != "warnings"));
        string[] plant = Sections(Pages.OfPlant);
        Assert.Equal(
            ["verdict", "slo", "comparison", "time", "worst", "distributions", "sensitivity", "precision", "assumptions", "glossary", "repeat"],
            plant.Where(section => section != "warnings"));
    }

    [Fact]
    public void Contents_lead_to_every_section_in_order()
    {
        XElement page = Pages.Tree(Pages.OfPlant);
        Assert.Equal(
            Sections(Pages.OfPlant),
            page.Descendants(Pages.Html + "nav").Single().Descendants(Pages.Html + "a").Select(link => link.Attribute("href")!.Value[1..]));
    }

    [Fact]
    public void Every_figure_is_shown_once_but_for_those_of_services_not_told_in_detail()
    {
        StudyFindings findings = Pages.ClusterFindings;
        IReadOnlyList<Figure> figures = [.. FigureSet.Of(findings, new SvgFigureRenderer())];
        XElement page = Pages.Tree(Pages.OfCluster);
        string[] others = [.. findings.Results.Base.Names.Services.Except(findings.InDetail)];
        Assert.NotEmpty(others);
        IEnumerable<string> expected = figures.Select(figure => figure.Name).Where(name => !others.Any(other => name.EndsWith($"-{other}", StringComparison.Ordinal)));
        Assert.Equal(
            expected.Order(StringComparer.Ordinal),
            page.Descendants().Where(e => e.Name.LocalName == "svg").Select(svg => svg.Attribute("id")!.Value["figure-".Length..]).Order(StringComparer.Ordinal));
        Assert.All(page.Descendants(Pages.Html + "figure"), figure =>
        {
            Assert.Single(figure.Elements(Pages.Html + "figcaption"));
            Assert.NotEmpty(figure.Descendants(Pages.Html + "tbody"));
        });
    }

    [Fact]
    public void Every_value_that_nobody_wrote_is_listed_with_its_source()
    {
        StudyFindings findings = Pages.ClusterFindings;
        XElement section = Pages.Tree(Pages.OfCluster).Descendants(Pages.Html + "section").Single(s => s.Attribute("id")!.Value == "assumptions");
        ILookup<string, string[]> tables = section.Descendants(Pages.Html + "table").SelectMany(table => table.Descendants(Pages.Html + "tbody").Single().Elements()
            .Select(row => (table.Element(Pages.Html + "caption")!.Value, Cells: row.Elements().Select(cell => cell.Value).ToArray())))
            .ToLookup(row => row.Item1, row => row.Cells);
        foreach (var value in findings.Reading.Values)
        {
            bool isWritten = value.Source.StartsWith("kubeadm-stacked-3.yaml:", StringComparison.Ordinal);
            string caption = isWritten ? "Values as written" : value.Source == "default" ? "Values that go without saying" : "Values from catalogues and defaults";
            Assert.Contains(tables[caption], cells => cells[0] == value.Path && cells[1] == value.Value
                && (value.Source == "default" || value.Source.EndsWith(cells[2], StringComparison.Ordinal)));
        }
    }

    /// <summary>Longer runs of all, and the largest ones, are read by the pipeline.</summary>
    [Theory]
    [MemberData(nameof(Corpus))]
    public void Every_scenario_gives_a_page_that_can_be_read(string name)
    {
        StudyFindings findings = Pages.Run(Pages.Read(name), 1, baseOnly: true);
        XElement page = Pages.Tree(Pages.Of(findings));
        string text = page.Descendants(Pages.Html + "main").Single().Value;
        Assert.DoesNotContain("NaN", text, StringComparison.Ordinal);
        string[] lead = [.. page.Descendants(Pages.Html + "p").Where(p => p.Attribute("class")?.Value == "lead").Select(p => p.Value)];
        Assert.InRange(lead.Length, 1, 2);
        Assert.All(lead, sentence => Assert.Matches(@"^\S.* \S.*[^.]\.$", sentence));
    }

    public static IEnumerable<object[]> Corpus() =>
        Directory.GetFiles(Repository.Scenarios, "*.yaml").Order(StringComparer.Ordinal).Select(path => Path.GetFileNameWithoutExtension(path))
            .Except(["managed-500-nodes", "external-etcd-5-haproxy", "kubeadm-stacked-3"]).Select(name => new object[] { name });

    private static string[] Sections(string page) =>
        [.. Pages.Tree(page).Descendants(Pages.Html + "section").Select(section => section.Attribute("id")!.Value)];
}
