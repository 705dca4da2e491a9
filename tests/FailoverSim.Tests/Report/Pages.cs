using System.Text;
using System.Xml.Linq;
using FailoverSim.Library;
using FailoverSim.Reporting.Figures;
using FailoverSim.Reporting.Report;
using FailoverSim.Reporting.Results;
using FailoverSim.Scenario;
using Xunit;

namespace FailoverSim.Tests.Report;

/// <summary>Pages of small runs.</summary>
internal static class Pages
{
    public static readonly XNamespace Html = "http://www.w3.org/1999/xhtml";

    private static readonly Lazy<StudyFindings> Cluster = new(() => Run(Read("kubeadm-stacked-3"), 4));
    private static readonly Lazy<string> ClusterPage = new(() => Of(Cluster.Value));
    private static readonly Lazy<string> Plant = new(() => Of(Run(Read("pumps-3-of-5", "run.horizon=5y"), 24)));

    /// <summary>Nothing but a service: no objective, no variant.</summary>
    public const string Plain = """
        failoversim: 1
        name: plain
        title: TITLE
        units: {node: {count: 3, fails: exp(20d), repair: {takes: exp(1d)}}}
        services: {quorum: {up-when: 2 of node}}
        run: {horizon: 1y, replications: 40, seed: 9}
        """;

    /// <summary>A cluster with objectives, variants and a sweep.</summary>
    public static string OfCluster => ClusterPage.Value;

    public static StudyFindings ClusterFindings => Cluster.Value;

    /// <summary>Units with objectives, variants, sweeps and sensitivity.</summary>
    public static string OfPlant => Plant.Value;

    public static ScenarioReading Read(string name, params string[] sets) => ScenarioFile.Read(Path.Combine(Repository.Scenarios, $"{name}.yaml"), sets);

    public static ScenarioReading Parse(string yaml)
    {
        ScenarioReading reading = ScenarioFile.Read("s.yaml", Encoding.UTF8.GetBytes(yaml));
        Assert.False(reading.HasErrors, string.Join("\n", reading.Diagnostics));
        return reading;
    }

    public static StudyFindings Run(ScenarioReading reading, long? replications, int threads = 2, bool baseOnly = false) =>
        Study.Run(new StudyPlan(baseOnly ? reading with { Study = new() } : reading, n => $"failoversim run s.yaml --replications {n}")
        {
            Replications = replications,
            Threads = threads,
        })!;

    public static string Of(StudyFindings findings) => ReportPage.Of(findings, [.. FigureSet.Of(findings, new SvgFigureRenderer())]);

    /// <summary>As XML: what is not well-formed throws.</summary>
    public static XElement Tree(string page) => XDocument.Parse(page, LoadOptions.PreserveWhitespace).Root!;
}
