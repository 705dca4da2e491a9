using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using CsvHelper;
using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Stopping;
using FailoverSim.Reporting.Results;
using FailoverSim.Reporting.Tables;
using FailoverSim.Reporting.Text;
using Xunit;

namespace FailoverSim.Tests.Reporting;

public class VerdictFilesTests
{
    [Fact]
    public void The_run_has_each_verdict() => Assert.Equal(
        [Verdict.Missed, Verdict.Met, Verdict.Undecided, Verdict.Met], VerdictReports.Three.Verdicts.Select(v => v.Verdict));

    [Fact]
    public void Missed_is_a_failure_and_undecided_an_error()
    {
        XElement suite = JUnitFile.Suite(VerdictReports.Three);
        Assert.Equal(("quorum-3", "5", "1", "1"), (Value(suite, "name"), Value(suite, "tests"), Value(suite, "failures"), Value(suite, "errors")));
        XElement[] cases = [.. suite.Elements("testcase")];
        Assert.Equal(["strict", "lax", "close", "long", "run"], cases.Select(c => Value(c, "name")));
        Assert.All(cases[..4], c => Assert.Equal("quorum-3.quorum", Value(c, "classname")));
        XElement failure = cases[0].Element("failure")!;
        Assert.Equal("missed", Value(failure, "type"));
        Assert.Contains("required at least 99 %", Value(failure, "message"), StringComparison.Ordinal);
        Assert.Contains("of its budget", failure.Value, StringComparison.Ordinal);
        Assert.Equal("undecided", Value(cases[2].Element("error")!, "type"));
        Assert.Contains("more replications", cases[2].Element("error")!.Value, StringComparison.Ordinal);
        Assert.All(new[] { cases[1], cases[3], cases[4] }, c => Assert.False(c.Elements("failure").Concat(c.Elements("error")).Any()));
    }

    [Theory]
    [InlineData(StopReason.GaveUpReplications)]
    [InlineData(StopReason.GaveUpWallClock)]
    [InlineData(StopReason.Interrupted)]
    public void Run_short_of_what_was_asked_for_is_an_error_of_its_own(StopReason reason)
    {
        RunReport report = VerdictReports.Three with { Reason = reason };
        XElement run = JUnitFile.Suite(report).Elements("testcase").Last();
        Assert.Equal(("run", "incomplete"), (Value(run, "name"), Value(run.Element("error")!, "type")));
        Assert.Contains(report.Ending, MarkdownSummary.Of(report).Split('\n')[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Several_suites_make_one_file_that_the_schema_of_JUnit_accepts()
    {
        RunReport strange = VerdictReports.Three with
        {
            Spec = VerdictReports.Three.Spec with { Title = "a\u0001 < b & \"c\" \uFFFE ]]> \ud83d\ude00" },
        };
        XDocument file = Read([JUnitFile.Suite(VerdictReports.Three), JUnitFile.Suite(strange), JUnitFile.SuiteOfNothing("stopped", "interrupted")]);
        List<string> faults = [];
        file.Validate(Schema(), (_, fault) => faults.Add(fault.Message));
        Assert.Empty(faults);
        Assert.Equal(("11", "2", "3"), (Value(file.Root!, "tests"), Value(file.Root!, "failures"), Value(file.Root!, "errors")));
        string title = Value(file.Root!.Elements("testsuite").ElementAt(1).Descendants("property").First(), "value");
        Assert.Equal("a < b & \"c\"  ]]> \ud83d\ude00", title);
    }

    [Fact]
    public void The_schema_is_no_rubber_stamp()
    {
        XDocument file = Read([JUnitFile.Suite(VerdictReports.Three)]);
        file.Descendants("failure").First().Name = "verdict";
        file.Descendants("testcase").Last().Attribute("name")!.Remove();
        int faults = 0;
        file.Validate(Schema(), (_, _) => faults++);
        Assert.Equal(2, faults);
    }

    [Fact]
    public void Summary_says_the_verdict_first_and_how_to_repeat_the_run()
    {
        string text = MarkdownSummary.Of(VerdictReports.Three);
        string[] lines = text.Split('\n');
        Assert.Equal("## Quorum \\| of &lt;three&gt; &amp; \\*more\\*", lines[0]);
        Assert.StartsWith("**Missed:** `strict` is missed, `close` is undecided; 2 of 4 met. `strict`: P(99.99 % met in 30 d) is ", lines[2], StringComparison.Ordinal);
        Assert.Contains("- `lax`: rolling windows of 30 d, one behind every instant", lines);
        Assert.Contains(lines, line => line.StartsWith("- `close`: calendar months (Europe/Zurich); about ", StringComparison.Ordinal));
        Assert.Contains("| variant | `strict` | `lax` | `close` | `long` |", lines);
        Assert.Contains(lines, line => line.StartsWith("| `five` | ", StringComparison.Ordinal));
        Assert.Contains("- seed 9, 60 replications of 1 y; intervals at 95 %", lines);
        Assert.Contains(VerdictReports.Three.Results.Origin.Hash, text, StringComparison.Ordinal);
        Assert.Contains("```sh\nfailoversim run quorum-3.yaml --replications 60\n```", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Path.DirectorySeparatorChar + "home", text, StringComparison.Ordinal);
        // Every table keeps its number of cells, whatever stands in them.
        int cells = 0;
        foreach (string line in lines)
        {
            int now = line.StartsWith('|') ? line.Replace("\\|", "", StringComparison.Ordinal).Count(c => c == '|') : 0;
            Assert.True(cells == 0 || now == 0 || now == cells, line);
            cells = now;
        }
    }

    [Fact]
    public void Summary_without_objectives_says_so()
    {
        RunReport none = VerdictReports.Of("""
            failoversim: 1
            name: quorum-3
            units: {node: {count: 3, fails: exp(20d), repair: {takes: exp(1d)}}}
            services: {quorum: {up-when: 2 of node}}
            run: {horizon: 1y, replications: 10, seed: 9}
            """);
        Assert.StartsWith("## quorum-3\n\n**No objective is set.**\n", MarkdownSummary.Of(none), StringComparison.Ordinal);
        XElement only = Assert.Single(JUnitFile.Suite(none).Elements("testcase"));
        Assert.Equal("run", Value(only, "name"));
    }

    [Fact]
    public void Slo_file_has_the_verdicts_of_all_variants_and_figures_that_fit_together()
    {
        RunReport report = VerdictReports.Three;
        using var text = new StringWriter();
        SloFile.Write(text, report.Results, report.RequiredOf);
        using CsvReader csv = new(new StringReader(text.ToString()), CultureInfo.InvariantCulture);
        var rows = csv.GetRecords<dynamic>().Select(row => (IDictionary<string, object>)row).ToList();
        Assert.Equal(["base", "five"], rows.Select(row => (string)row["variant"]).Distinct());
        Assert.Equal(
            report.Verdicts.Select(v => VerdictText.Word(v.Verdict)),
            rows.Where(row => (string)row["variant"] == "base").GroupBy(row => (string)row["slo"]).Select(slo => (string)slo.First()["verdict"]));
        Assert.Equal("calendar months (Europe/Zurich)", rows.First(row => (string)row["slo"] == "close")["windows"]);
        foreach (string slo in new[] { "strict", "close" })
        {
            Dictionary<(string, string), double> of = rows.Where(row => (string)row["variant"] == "base" && (string)row["slo"] == slo)
                .ToDictionary(
                    row => ((string)row["statistic"], (string)row["at"]),
                    row => double.TryParse((string)row["estimate"], CultureInfo.InvariantCulture, out double value) ? value : double.NaN);
            Assert.Equal(1 - of[("p-met", "")], of[("over-budget", "")], 12);
            Assert.Equal(of[("over-budget", "")], of[("used-up", "1")], 12);
            Assert.Equal(of[("budget-used-p95", "")], of[("budget-used-p95", "1")]);
            double[] burns = [.. Enumerable.Range(1, 10).Select(i => of[("used-up", SummaryFiles.Number(i / 10.0))])];
            Assert.Equal(burns.Order(), burns);
        }
    }

    [Fact]
    public void Summary_has_the_same_figures_by_name()
    {
        IReadOnlyList<SummaryRow> rows = Summary.Of(VerdictReports.Three.Results);
        foreach (string metric in new[]
        {
            "slo-budget-used-p50:strict", "slo-budget-used-p99:lax", "slo-budget-used-max:close", "slo-burn-mean:strict", "slo-over-budget:lax",
            "slo-longest-outage:long",
        })
        {
            Assert.Equal(2, rows.Count(row => row.Metric == metric && row.Service == "quorum"));
        }
        Assert.DoesNotContain(rows, row => row.Metric == "slo-burn-mean:long");
        // Windows of a month and of 30 days lose the same down time but for what lies beside them.
        double burn = rows.First(row => row.Metric == "slo-burn-mean:strict").Estimate.Value!.Value;
        double unavailability = rows.First(row => row.Metric == "unavailability").Estimate.Value!.Value;
        Assert.Equal(unavailability / 0.0001, burn, 0.05 * burn);
    }

    private static string Value(XElement element, string attribute) => element.Attribute(attribute)!.Value;

    private static XDocument Read(IReadOnlyList<XElement> suites)
    {
        using var stream = new MemoryStream();
        JUnitFile.Write(stream, suites);
        return XDocument.Parse(Encoding.UTF8.GetString(stream.ToArray()));
    }

    /// <summary>
    /// What readers of such files agree on: suites of cases in a file, counts that are numbers, at most one outcome in a case, of
    /// which failures and errors have a type and a message. Written from the description of the format as Jenkins and GitLab read it.
    /// </summary>
    private static XmlSchemaSet Schema()
    {
        const string Text = """
            <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified">
              <xs:complexType name="trouble">
                <xs:simpleContent>
                  <xs:extension base="xs:string">
                    <xs:attribute name="type" type="xs:string" use="required"/>
                    <xs:attribute name="message" type="xs:string"/>
                  </xs:extension>
                </xs:simpleContent>
              </xs:complexType>
              <xs:attributeGroup name="counts">
                <xs:attribute name="name" type="xs:string" use="required"/>
                <xs:attribute name="tests" type="xs:nonNegativeInteger" use="required"/>
                <xs:attribute name="failures" type="xs:nonNegativeInteger" use="required"/>
                <xs:attribute name="errors" type="xs:nonNegativeInteger" use="required"/>
                <xs:attribute name="skipped" type="xs:nonNegativeInteger"/>
                <xs:attribute name="time" type="xs:decimal"/>
              </xs:attributeGroup>
              <xs:element name="testsuites">
                <xs:complexType>
                  <xs:sequence>
                    <xs:element name="testsuite" minOccurs="0" maxOccurs="unbounded">
                      <xs:complexType>
                        <xs:sequence>
                          <xs:element name="properties" minOccurs="0">
                            <xs:complexType>
                              <xs:sequence>
                                <xs:element name="property" maxOccurs="unbounded">
                                  <xs:complexType>
                                    <xs:attribute name="name" type="xs:string" use="required"/>
                                    <xs:attribute name="value" type="xs:string" use="required"/>
                                  </xs:complexType>
                                </xs:element>
                              </xs:sequence>
                            </xs:complexType>
                          </xs:element>
                          <xs:element name="testcase" minOccurs="0" maxOccurs="unbounded">
                            <xs:complexType>
                              <xs:sequence>
                                <xs:choice minOccurs="0">
                                  <xs:element name="skipped" type="xs:string"/>
                                  <xs:element name="failure" type="trouble"/>
                                  <xs:element name="error" type="trouble"/>
                                </xs:choice>
                                <xs:element name="system-out" type="xs:string" minOccurs="0"/>
                                <xs:element name="system-err" type="xs:string" minOccurs="0"/>
                              </xs:sequence>
                              <xs:attribute name="name" type="xs:string" use="required"/>
                              <xs:attribute name="classname" type="xs:string" use="required"/>
                              <xs:attribute name="time" type="xs:decimal"/>
                            </xs:complexType>
                          </xs:element>
                          <xs:element name="system-out" type="xs:string" minOccurs="0"/>
                          <xs:element name="system-err" type="xs:string" minOccurs="0"/>
                        </xs:sequence>
                        <xs:attributeGroup ref="counts"/>
                      </xs:complexType>
                    </xs:element>
                  </xs:sequence>
                  <xs:attributeGroup ref="counts"/>
                </xs:complexType>
              </xs:element>
            </xs:schema>
            """;
        XmlSchemaSet schemas = new();
        schemas.Add("", XmlReader.Create(new StringReader(Text)));
        return schemas;
    }
}
