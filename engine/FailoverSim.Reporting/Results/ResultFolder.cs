using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Exact;
using FailoverSim.Analysis.Tables;
using FailoverSim.Analysis.Timeline;
using FailoverSim.Reporting.Figures;
using FailoverSim.Reporting.Report;
using FailoverSim.Reporting.Tables;
using FailoverSim.Reporting.Text;
using FailoverSim.Reporting.Traces;
using FailoverSim.Scenario.Building;

namespace FailoverSim.Reporting.Results;

/// <summary>The folder of one study under <c>--out</c>: report, tables, manifest, plots.</summary>
public static class ResultFolder
{
    /// <summary>The page that is read first.</summary>
    public const string ReportFile = "report.html";

    /// <summary>Makes the folder and looks whether files can be written there: before hours of simulation, not after.</summary>
    /// <exception cref="IOException">They cannot.</exception>
    public static void Require(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            AtomicFile.Write(Path.Combine(folder, ".probe"), _ => { });
            File.Delete(Path.Combine(folder, ".probe"));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"no results can be kept in '{folder}' ({fault.Message.TrimEnd('.')}); name another folder with --out", fault);
        }
    }

    /// <summary>Removes what a process that was killed has left half-written. To be called by who alone writes there.</summary>
    public static void Tidy(string folder)
    {
        VouchedRows.Recover(folder);
        foreach (string file in Directory.EnumerateFiles(folder, ".*.tmp", SearchOption.AllDirectories))
        {
            File.Delete(file);
        }
    }

    /// <summary>Writes everything that a study yielded.</summary>
    /// <param name="folder">Made if it is not there; files of an earlier run are replaced one by one.</param>
    /// <param name="findings">What it came to.</param>
    public static void Write(string folder, StudyFindings findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        OutagesWritten? outages = null;
        string staged = "";
        SideBySide.Do(
            () => WriteViews(folder, findings),
            () => WriteTrace(folder, findings),
            () => outages = OutagesFile.Write(Path.Combine(folder, "outages.csv"), findings.Results),
            () => staged = VouchedRows.Stage(folder, rows => ReplicationsFile.Write(rows, ResultShard.Of(findings.Results))));
        VouchedRows.Commit(folder, staged, fingerprint => Manifest(findings, outages!, fingerprint));
    }

    /// <summary>Report, plots and tables, which follow from the rows of all replications; those, and the manifest, stay as they are.</summary>
    /// <param name="folder">Of the study.</param>
    /// <param name="findings">What it came to.</param>
    public static void WriteViews(string folder, StudyFindings findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        Directory.CreateDirectory(Path.Combine(folder, "plots"));
        SideBySide.Do(
            () => WriteFigures(folder, findings),
            () => WriteTables(folder, findings),
            () => WriteVerdicts(folder, RunReport.Of(findings)));
    }

    /// <summary>The plots, and the report that holds them.</summary>
    private static void WriteFigures(string folder, StudyFindings findings)
    {
        (OutageStory? Story, string? Fault) worst = default;
        IReadOnlyList<Figure> figures = [];
        SideBySide.Do(
            () => figures = SideBySide.Select([.. FigureSet.DataOf(findings)], data => Drawn(folder, data)),
            () => worst = StorySection.WorstOf(findings));
        ReportContent content = new(findings, figures, worst);
        AtomicFile.WriteText(Path.Combine(folder, ReportFile), text => text.Write(ReportPage.Of(content)));
    }

    private static Figure Drawn(string folder, IFigureData data)
    {
        Figure figure = Figure.Of(data, new SvgFigureRenderer());
        AtomicFile.WriteText(Path.Combine(folder, "plots", $"{figure.Name}.svg"), text => text.Write(figure.Svg));
        return figure;
    }

    private static void WriteTrace(string folder, StudyFindings findings)
    {
        if (findings.Spec.Outputs.Contains("worst-outage-trace") && WorstOutages.ReplayOf(findings.Spec, findings.Results.Base) is { } worst)
        {
            AtomicFile.Write(Path.Combine(folder, "trace-worst.json"), stream => ChromeTrace.Write(stream, worst));
        }
    }

    private static void WriteTables(string folder, StudyFindings findings)
    {
        IReadOnlyList<SummaryRow> summary = [.. Summary.Of(findings.Results).Select(row => Flagged(row, findings))];
        if (findings.Exact is { } exact)
        {
            summary = [.. summary, .. ExactRows.Of(findings.Spec.Name, exact)];
        }
        SummaryFiles.WriteCsv(Path.Combine(folder, "summary.csv"), summary);
        SummaryFiles.WriteJson(Path.Combine(folder, "summary.json"), summary);
        ComparisonFiles.Write(folder, findings.Spec.Name, findings.Compared, findings.ComparedRequests, summary);
        DetectionFile.Write(folder, findings.Results, findings.Reading.Study.Sweeps);
        AttributionFile.Write(Path.Combine(folder, "attribution.csv"), findings.Results, findings.Unseen, findings.Savings);
        SensitivityFile.Write(
            folder, findings.Spec.Name, findings.Tornado?.Tornados ?? [], findings.Elasticities);
        ImportanceFile.Write(folder, findings.Spec.Name, findings.Importance);
        if (findings.Results.Base.Names.Fleet.Count > 0)
        {
            WorkloadsFile.Write(Path.Combine(folder, "workloads.csv"), findings.Results);
        }
    }

    private static void WriteVerdicts(string folder, RunReport report)
    {
        if (report.Spec.Slos.Count > 0)
        {
            SloFile.Write(Path.Combine(folder, "slo.csv"), report.Results, report.RequiredOf);
        }
        AtomicFile.WriteText(Path.Combine(folder, "summary.md"), text => text.Write(MarkdownSummary.Of(report)));
        if (report.Spec.Outputs.Contains("junit.xml"))
        {
            JUnitFile.Write(Path.Combine(folder, "junit.xml"), [JUnitFile.Suite(report)]);
        }
    }

    private static RunManifest Manifest(StudyFindings findings, OutagesWritten outages, string fingerprint) => new()
    {
        Scenario = findings.Spec.Name,
        ResolvedScenario = findings.Reading.Expanded!,
        Sources = [.. findings.Reading.Values.Select(value => (value.Path, value.Source))],
        Hash = findings.Reading.Hash!,
        EngineVersion = findings.Results.Origin.EngineVersion,
        Build = findings.Build,
        Seed = findings.Spec.Run.Seed,
        Variants = [.. findings.Results.Tables.Select(table => table.Variant)],
        FirstReplication = 0,
        Replications = findings.Results.Replications,
        StopReason = findings.Outcome.Base.Reason,
        Fingerprint = fingerprint,
        TimeZoneData = TimeZoneData.VersionUsedBy(findings.Spec),
        Outages = outages,
        Warnings = findings.Warnings,
        Repeat = findings.Repeat,
        Unfinished = findings.Unfinished,
        Others = [.. findings.Others.Select(other => (other.Variant, other.Reading.Hash!, other.Reading.Expanded!))],
    };

    /// <summary>What the unavailability does not know of is told with it and its images.</summary>
    private static SummaryRow Flagged(SummaryRow row, StudyFindings findings) =>
        row.Variant == findings.Results.Base.Variant
        && row.Metric is "availability" or "unavailability" or "downtime-per-year"
        && findings.Unseen.Any(losses => losses.IsUnresolved && findings.Results.Base.Names.Services[losses.Service] == row.Service)
            ? row with { Estimate = row.Estimate with { Cautions = row.Estimate.Cautions | Cautions.Unresolved } }
            : row;
}
