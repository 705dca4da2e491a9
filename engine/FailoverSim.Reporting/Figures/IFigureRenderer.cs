namespace FailoverSim.Reporting.Figures;

/// <summary>
/// Draws the figures of a study, each a pure function of its data. Another plotting library can stand in
/// by implementing this; nothing outside this folder knows how a figure is drawn.
/// </summary>
public interface IFigureRenderer
{
    string Availability(AvailabilityData data);
    string Convergence(ConvergenceData data);
    string Distributions(DistributionsData data);
    string Forest(ForestData data);
    string OutageDurations(OutageDurationData data);
    string Pareto(ParetoData data);
    string SloBudget(SloBudgetData data);
    string SloWindows(SloWindowsData data);
    string Survival(SurvivalData data);
    string Sweep(SweepData data);
    string Timeline(TimelineData data);
    string Tornado(TornadoData data);
    string Tradeoff(TradeoffData data);
    string Waterfall(WaterfallData data);
    string Workloads(WorkloadsData data);
    string YearlyDowntime(YearlyDowntimeData data);
}
