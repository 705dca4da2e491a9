using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Exact;
using FailoverSim.Reporting.Figures;
using FailoverSim.Reporting.Results;
using FailoverSim.Reporting.Text;

namespace FailoverSim.Library;

/// <summary>What a study came to: the services first, then all else, as values, texts, figures and tables.</summary>
public sealed class Results
{
    private readonly Lazy<NamedList<Figure>> _figures;

    /// <param name="findings">What to show.</param>
    /// <param name="missing">What a folder could not give back, in sentences.</param>
    public Results(StudyFindings findings, IReadOnlyList<string>? missing = null)
    {
        ArgumentNullException.ThrowIfNull(findings);
        Findings = findings;
        Missing = missing ?? [];
        Variants = new NamedList<VariantResults>(
            "variant", [.. findings.Results.Tables.Select(table => new VariantResults(findings, table))], variant => variant.Name);
        _figures = new(() => new NamedList<Figure>("figure", [.. FigureSet.Of(findings, new SvgFigureRenderer())], figure => figure.Name));
    }

    public string Name => Findings.Spec.Name;

    public long Replications => Findings.Results.Replications;

    /// <summary>The scenario as written first, then its variants.</summary>
    public NamedList<VariantResults> Variants { get; }

    /// <summary>Those of the scenario as written.</summary>
    public NamedList<ServiceResults> Services => Variants[0].Services;

    /// <summary>A service of the scenario as written.</summary>
    public ServiceResults this[string service] => Services[service];

    /// <summary>What an engineer reads first, as text: one row per variant and service.</summary>
    public IReadOnlyList<ServiceGlance> Glance => ConsoleSummary.Of(Findings.Results);

    /// <summary>The verdicts on the objectives of the scenario as written.</summary>
    public IReadOnlyList<SloVerdict> Verdicts => Findings.Verdicts;

    /// <summary>What every variant comes to beside the baseline: a row per service and variant.</summary>
    public IEnumerable<ComparisonRow> Comparisons => ResultRows.Comparisons(Findings);

    /// <summary>What <c>sensitivity</c> came to: a row per service and value, the largest effect first; empty where nothing was varied.</summary>
    public IEnumerable<SensitivityRow> Sensitivity => ResultRows.Sensitivity(Findings);

    /// <summary>What the absence of a cause saves: a row per service and cause; empty unless that was asked for.</summary>
    public IEnumerable<SavingRow> Savings => ResultRows.Savings(Findings);

    /// <summary>The exact figures beside the estimated ones; null where the scenario is no small Markov chain.</summary>
    public ExactSolution? Exact => Findings.Exact;

    /// <summary>What to bear in mind, in sentences.</summary>
    public IReadOnlyList<string> Warnings => Findings.Warnings;

    /// <summary>Every figure by its name, which is that of its file: <c>availability</c>, <c>waterfall-api-write</c>.</summary>
    public NamedList<Figure> Figures => _figures.Value;

    /// <summary>Every estimate: a row per variant, service and metric, as <c>summary.csv</c> has them.</summary>
    public IEnumerable<MetricRow> Summary => ResultRows.Metrics(Findings);

    /// <summary>Every outage of which the time is known: a row each.</summary>
    public IEnumerable<OutageRow> Outages => Variants.SelectMany(variant => variant.Services).SelectMany(service => service.Outages);

    /// <summary>Down time by root, enabler, cause, stage and combination: a row per part.</summary>
    public IEnumerable<PartRow> Parts => Variants.SelectMany(variant => variant.Services).SelectMany(service => service.Parts);

    /// <summary>What a folder could not give back, in sentences; empty for what was just simulated.</summary>
    public IReadOnlyList<string> Missing { get; }

    /// <summary>Everything, for what has no property here.</summary>
    public StudyFindings Findings { get; }

    /// <summary>As Markdown, fit for a pull request.</summary>
    public string ToMarkdown() => MarkdownSummary.Of(RunReport.Of(Findings));

    /// <summary>Writes all tables, plots and the manifest, as <c>failoversim run</c> does.</summary>
    /// <param name="folder">Made if it is not there.</param>
    public void Save(string folder) => ResultFolder.Write(folder, Findings);

    /// <summary>Reads what <see cref="Save"/> or <c>failoversim run</c> has written.</summary>
    /// <param name="folder">The folder of one study.</param>
    /// <param name="scenarioFolder">Where the scenario's file was, if it names files beside it; null: they cannot be read.</param>
    /// <exception cref="ResultsException">The folder holds no results, damaged ones, or ones of another version.</exception>
    public static Results Load(string folder, string? scenarioFolder = null) => SavedStudy.Read(folder, scenarioFolder);

    public override string ToString() => $"{Name}: {HumanUnits.Count(Replications)} replications of {string.Join(", ", Variants.Names)}";
}
