using FailoverSim.Reporting.Figures;

namespace FailoverSim.Reporting.Results;

/// <summary>The figures of a study.</summary>
public static class FigureSet
{
    /// <summary>All figures that the findings are good for, in the order in which a reader wants them; drawn one by one.</summary>
    public static IEnumerable<Figure> Of(StudyFindings findings, IFigureRenderer renderer) =>
        DataOf(findings).Select(data => Figure.Of(data, renderer));

    internal static IEnumerable<IFigureData> DataOf(StudyFindings findings) =>
    [
        .. Plots.Of(findings.Spec, findings.Results.Base),
        .. StudyPlots.Of(findings.Results, findings.Compared),
        .. TradeoffPlots.Of(findings.Results, findings.Compared),
        .. findings.Tornado is { } tornado
            ? TornadoPlots.Of(findings.Results.Base, findings.Reading.Study.Sensitivity!, tornado.Tornados) : [],
    ];
}
