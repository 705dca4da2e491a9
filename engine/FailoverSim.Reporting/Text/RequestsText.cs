using FailoverSim.Analysis.Comparisons;
using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Tables;

namespace FailoverSim.Reporting.Text;

/// <summary>Requests that a service loses beside its outages, in one line.</summary>
public static class RequestsText
{
    private const double SecondsPerYear = 365 * 86400;

    /// <summary>A line without indentation; none where requests are not measured, or are lost in outages only.</summary>
    public static IReadOnlyList<string> Lines(ServiceTotals totals)
    {
        ArgumentNullException.ThrowIfNull(totals);
        return Losses.TellMore(totals)
            && Losses.PartOf(totals, Loss.Requests, Summary.DefaultLevel).Times(SecondsPerYear) is { Value: { } value, Low: { } low, High: { } high }
            ? [$"{totals.Names.Services[totals.Service]}: requests of {HumanUnits.Duration(value, low, high)} are lost in a year"]
            : [];
    }
}
