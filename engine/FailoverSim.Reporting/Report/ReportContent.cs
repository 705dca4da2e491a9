using FailoverSim.Analysis.Tables;
using FailoverSim.Analysis.Timeline;
using FailoverSim.Reporting.Figures;
using FailoverSim.Reporting.Results;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Reporting.Report;

/// <summary>What the sections of a page have in common: the findings, the worst outage, and figures that are each shown once.</summary>
internal sealed class ReportContent(
    StudyFindings findings, IReadOnlyList<Figure> figures, (OutageStory? Story, string? Fault) worst)
{
    /// <summary>Figures that belong to one service begin so; those of services that are not told in detail are in the folder.</summary>
    private static readonly string[] OfServices = ["pareto-", "began-with-", "waterfall-", "forest-", "tornado-"];

    private readonly HashSet<string> _shown = [];

    public StudyFindings Findings => findings;

    public (OutageStory? Story, string? Fault) Worst => worst;

    public ScenarioSpec Spec => findings.Spec;

    public ResultTable Base => findings.Results.Base;

    public IReadOnlyList<string> InDetail { get; } = findings.InDetail;

    public ServiceTotals Totals(string service) => Base.Totals(Base.Names.Services.ToList().IndexOf(service));

    /// <summary>The figures of that name or, if it ends in a dash, whose names begin so.</summary>
    public Markup Show(string name) => Markup.All(figures
        .Where(figure => name.EndsWith('-') ? figure.Name.StartsWith(name, StringComparison.Ordinal) : figure.Name == name)
        .Where(figure => !IsOfOthers(figure.Name) && _shown.Add(figure.Name))
        .Select(FigureBlock));

    /// <summary>What no section has asked for.</summary>
    public Markup ShowOthers() => Markup.All(figures.Where(figure => !IsOfOthers(figure.Name) && _shown.Add(figure.Name)).Select(FigureBlock));

    /// <summary>A figure that is not to be shown.</summary>
    public void LeaveOut(string name) => _shown.Add(name);

    private bool IsOfOthers(string figure) =>
        Base.Names.Services.Except(InDetail).Any(service => OfServices.Any(kind => IsOf(figure, kind, service)) || IsSweepOf(figure, service));

    /// <summary>Names of sweeps and of services may have dashes.</summary>
    private bool IsSweepOf(string figure, string service) => findings.Reading.Study.Sweeps.Any(sweep =>
        IsOf(figure, $"sweep-{sweep.Name}-", service) || IsOf(figure, $"tradeoff-{sweep.Name}-", service));

    private static bool IsOf(string figure, string kind, string service) =>
        figure == kind + service || figure == StudyPlots.OfRequests(kind + service);

    private static Markup FigureBlock(Figure figure) => Markup.Of("figure",
        PageTable.Frame(figure.Title, Markup.Own(figure.Svg)),
        Markup.Of("figcaption", FigureReading.Of(figure)),
        PageTable.FoldedData("The data of this figure", PageTable.Of(figure.Title, figure.Table.Heads, figure.Table.Rows)));
}
