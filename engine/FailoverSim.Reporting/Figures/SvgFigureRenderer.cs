namespace FailoverSim.Reporting.Figures;

/// <summary>The figures as SVG documents: no scripts, no external references, equal bytes for equal data.</summary>
public sealed class SvgFigureRenderer : IFigureRenderer
{
    public string Availability(AvailabilityData data) => new AvailabilityFigure(data).Draw();
    public string Convergence(ConvergenceData data) => new ConvergenceFigure(data).Draw();
    public string Distributions(DistributionsData data) => new DistributionsFigure(data).Draw();
    public string Forest(ForestData data) => new ForestFigure(data).Draw();
    public string OutageDurations(OutageDurationData data) => new OutageDurationFigure(data).Draw();
    public string Pareto(ParetoData data) => new ParetoFigure(data).Draw();
    public string SloBudget(SloBudgetData data) => new SloBudgetFigure(data).Draw();
    public string SloWindows(SloWindowsData data) => new SloWindowsFigure(data).Draw();
    public string Survival(SurvivalData data) => new SurvivalFigure(data).Draw();
    public string Sweep(SweepData data) => new SweepFigure(data).Draw();
    public string Timeline(TimelineData data) => new TimelineFigure(data).Draw();
    public string Tornado(TornadoData data) => new TornadoFigure(data).Draw();
    public string Tradeoff(TradeoffData data) => new TradeoffFigure(data).Draw();
    public string Waterfall(WaterfallData data) => new WaterfallFigure(data).Draw();
    public string Workloads(WorkloadsData data) => new WorkloadsFigure(data).Draw();
    public string YearlyDowntime(YearlyDowntimeData data) => new YearlyDowntimeFigure(data).Draw();
}
