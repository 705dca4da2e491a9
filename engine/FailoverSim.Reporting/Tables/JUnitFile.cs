using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using FailoverSim.Analysis.Estimates;
using FailoverSim.Reporting.Results;
using FailoverSim.Reporting.Text;

namespace FailoverSim.Reporting.Tables;

/// <summary>
/// <c>junit.xml</c>: verdicts as pipelines read tests. A suite per scenario, a case per SLO of its base variant, and one that says
/// whether the run yielded what was asked for.
/// </summary>
/// <remarks>
/// Missed is a failure. Undecided is an error, as the test gave no answer: skipped would let a pipeline pass whose exit code is 5.
/// There are no times, so that equal runs give equal bytes.
/// </remarks>
public static class JUnitFile
{
    public static void Write(string path, IReadOnlyList<XElement> suites) => AtomicFile.Write(path, stream => Write(stream, suites));

    public static void Write(Stream stream, IReadOnlyList<XElement> suites)
    {
        ArgumentNullException.ThrowIfNull(suites);
        XElement all = new("testsuites", new XAttribute("name", "failoversim"), Sums(suites), suites);
        using var xml = XmlWriter.Create(
            stream, new XmlWriterSettings { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(false) });
        new XDocument(all).Save(xml);
    }

    /// <summary>The suite of a run.</summary>
    public static XElement Suite(RunReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        string scenario = report.Spec.Name;
        IEnumerable<XElement> cases =
        [
            .. report.Verdicts.Select(verdict => Case(
                $"{scenario}.{verdict.Slo.Service}",
                verdict.Slo.Name,
                verdict.Verdict switch
                {
                    Verdict.Missed => Trouble("failure", "missed", VerdictText.Of(verdict), Details(report, verdict)),
                    Verdict.Undecided => Trouble("error", "undecided", VerdictText.Of(verdict), Details(report, verdict)),
                    _ => new XElement("system-out", Clean(Details(report, verdict))),
                })),
            Case(scenario, "run", report.IsComplete ? null : Trouble("error", "incomplete", report.Ending, report.Repeat)),
        ];
        return Suite(scenario, cases, Properties(report));
    }

    /// <summary>The suite of a scenario whose run was stopped before it yielded anything.</summary>
    public static XElement SuiteOfNothing(string scenario, string why) =>
        Suite(scenario, [Case(scenario, "run", Trouble("error", "incomplete", why, ""))]);

    private static XElement Suite(string scenario, IEnumerable<XElement> cases, XElement? properties = null)
    {
        XElement[] all = [.. cases];
        return new XElement("testsuite", new XAttribute("name", scenario), Counts(all), properties, all);
    }

    private static IEnumerable<XAttribute> Counts(XElement[] cases) =>
        Numbers(cases.Length, With(cases, "failure"), With(cases, "error"));

    private static IEnumerable<XAttribute> Sums(IReadOnlyList<XElement> suites) =>
        Numbers(Sum(suites, "tests"), Sum(suites, "failures"), Sum(suites, "errors"));

    private static IEnumerable<XAttribute> Numbers(int tests, int failures, int errors) =>
        [new("tests", tests), new("failures", failures), new("errors", errors)];

    private static int With(XElement[] cases, string trouble) => cases.Count(element => element.Element(trouble) is not null);

    private static int Sum(IReadOnlyList<XElement> suites, string attribute) =>
        suites.Sum(suite => int.Parse(suite.Attribute(attribute)!.Value, CultureInfo.InvariantCulture));

    private static XElement Properties(RunReport report) => new(
        "properties",
        Property("title", report.Spec.Title ?? report.Spec.Name),
        Property("hash", report.Results.Origin.Hash),
        Property("engine", report.Results.Origin.EngineVersion),
        Property("seed", report.Results.Origin.Seed.ToString(CultureInfo.InvariantCulture)),
        Property("replications", report.Results.Replications.ToString(CultureInfo.InvariantCulture)));

    private static XElement Property(string name, string value) =>
        new("property", new XAttribute("name", name), new XAttribute("value", Clean(value)));

    private static XElement Case(string of, string name, XElement? outcome) =>
        new("testcase", new XAttribute("classname", of), new XAttribute("name", name), outcome);

    private static XElement Trouble(string kind, string type, string message, string details) =>
        new(kind, new XAttribute("type", type), new XAttribute("message", Clean(message)), Clean(details));

    private static string Details(RunReport report, SloVerdict verdict) =>
        string.Join("\n", [VerdictText.Of(verdict), .. SloText.Lines(report.Results.Base, verdict)]);

    /// <summary>Without the characters that XML 1.0 cannot carry; markup is escaped by the writer.</summary>
    private static string Clean(string text)
    {
        StringBuilder clean = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (rune.Value is '\n' or '\t' or >= ' ' and not (0xFFFE or 0xFFFF))
            {
                clean.Append(rune.ToString());
            }
        }
        return clean.ToString();
    }
}
