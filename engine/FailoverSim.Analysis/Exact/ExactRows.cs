using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Tables;

namespace FailoverSim.Analysis.Exact;

/// <summary>The figures of a solution as rows of <c>summary.csv</c> and <c>exact.csv</c>: their metrics end in <c>-exact</c>, and nothing bounds them.</summary>
public static class ExactRows
{
    private const double SecondsPerYear = 365 * 86400.0;
    private const double MinutesPerYear = SecondsPerYear / 60;

    public static IReadOnlyList<SummaryRow> Of(string scenario, ExactSolution solution)
    {
        ArgumentNullException.ThrowIfNull(solution);
        return
        [
            .. from service in solution.Services
               from metric in MetricsOf(service, $"ctmc-{solution.Method}")
               select new SummaryRow(
                   scenario, ResultSet.BaseVariant, service.Name, $"{metric.Name}-exact",
                   new Estimate(metric.Value, null, null, null, metric.Method, solution.States)),
        ];
    }

    private static IEnumerable<(string Name, double? Value, string Method)> MetricsOf(ExactService service, string method)
    {
        if (service.Horizon is { } horizon)
        {
            const string Within = "ctmc-uniformisation";
            yield return ("unavailability", horizon.Rates.Unavailability, Within);
            yield return ("downtime-per-year", MinutesPerYear * horizon.Rates.Unavailability, Within);
            yield return ("outages-per-year", SecondsPerYear * horizon.Rates.OutagesPerSecond, Within);
            yield return ("time-to-first-outage-mean", horizon.MeanTimeToFirst, Within);
            yield return ("p-any-outage", horizon.AnyOutage, Within);
        }
        ExactRates rates = service.LongRun;
        yield return ("long-run-unavailability", rates.Unavailability, method);
        yield return ("long-run-downtime-per-year", MinutesPerYear * rates.Unavailability, method);
        yield return ("long-run-outages-per-year", SecondsPerYear * rates.OutagesPerSecond, method);
        yield return ("long-run-outage-duration-mean", rates.OutagesPerSecond > 0 ? rates.MeanOutage : null, method);
        yield return ("long-run-failover-share", rates.Unavailability > 0 ? rates.FailoverShare : null, method);
        yield return ("mttf", service.MeanTimeToFirst, method);
    }
}
