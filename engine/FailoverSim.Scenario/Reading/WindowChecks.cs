using FailoverSim.Kernel.Time;
using FailoverSim.Scenario.Building;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Language;
using FailoverSim.Scenario.Specification;
using FailoverSim.Scenario.Values;

namespace FailoverSim.Scenario.Reading;

/// <summary>Whether the horizon holds windows of an SLO, not too many, and such as its service can be judged by.</summary>
internal sealed class WindowChecks(BoundMapping? run, ScenarioNames names, DiagnosticBag bag)
{
    /// <summary>Each keeps its down time by tenths, in every replication.</summary>
    private const long MostWindows = 100_000;

    public void Check(NamedItem slo, WindowText window)
    {
        var place = slo.Value.Scalar(ServiceKeys.Window)!;
        CheckLength(place, window.Length, run, bag);
        if (window.Rolls && slo.Value.Optional(ServiceKeys.Service) is { } service
            && names.Service(service)?.Value.Optional(ServiceKeys.Aggregate) is { What: AggregateKind.Quantile })
        {
            bag.Error(place.Mark, Codes.NoFigureOver, $"'{service}' is a quantile, another workload in every window, and has no rolling one",
                "write the length alone, or ask it of mean-over(…)");
        }
        if (run is null || !run.TryGet(RunKeys.Horizon, out var horizon))
        {
            return;
        }
        if (window.Months is { } zone)
        {
            CheckMonths(place, zone, horizon);
        }
        else if (window.Length is { } length && window.Rolls && length == horizon)
        {
            bag.Error(place.Mark, Codes.WindowTooLong, "a rolling window as long as the horizon ends at its last instant only",
                "shorten the window, lengthen 'run.horizon', or write the length alone");
        }
        else if (window.Length is { } tile && horizon.Nanoseconds / tile.Nanoseconds > MostWindows)
        {
            bag.Error(place.Mark, Codes.TooManyWindows,
                $"the horizon of {DurationText.Write(horizon)} holds more than 100,000 windows of {DurationText.Write(tile)}",
                "lengthen the window or shorten 'run.horizon' and run more replications");
        }
    }

    public static void CheckLength(BoundScalar place, SimDuration? window, BoundMapping? run, DiagnosticBag bag)
    {
        if (window is { } length && run is not null && run.TryGet(RunKeys.Horizon, out var horizon)
            && length > horizon)
        {
            bag.Error(place.Mark, Codes.WindowTooLong,
                $"the window of {DurationText.Write(length)} is longer than the horizon of {DurationText.Write(horizon)}",
                "shorten the window or lengthen 'run.horizon'");
        }
    }

    private void CheckMonths(BoundScalar place, TimeZoneInfo zone, SimDuration horizon)
    {
        if (run!.TryGet(RunKeys.Start, out var start) && run.TryGet(RunKeys.WarmUp, out var warmUp)
            && (decimal)horizon.Nanoseconds + warmUp.Nanoseconds <= DurationText.ClockNanoseconds
            && !CalendarMonths.Within(zone, start, SimTime.Zero + warmUp, SimTime.Zero + (warmUp + horizon)).Any())
        {
            bag.Error(place.Mark, Codes.WindowTooLong, $"the horizon of {DurationText.Write(horizon)} holds no whole calendar month",
                "lengthen 'run.horizon'");
        }
    }
}
