using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Tables;

namespace FailoverSim.Reporting.Text;

/// <summary>Detection against false alarms, in a few lines: how long outages go unnoticed, and how often mechanisms acted for nothing.</summary>
public static class DetectionText
{
    private const int MostMechanisms = 4;

    /// <summary>Lines without indentation, none longer than asked for unless a single entry is; none where nothing is detected or judged.</summary>
    public static IReadOnlyList<string> Lines(ResultTable table, int width)
    {
        ArgumentNullException.ThrowIfNull(table);
        List<string> times =
        [
            .. from service in Enumerable.Range(0, table.Names.Services.Count)
               let time = DetectionTime.PerOutage(table, service)
               where time is { Value: > 0 }
               select $"{table.Names.Services[service]} {Time(time)}",
        ];
        List<string> mechanisms =
        [
            .. from mechanism in JudgedMechanism.Of(table.Names.Counters)
               where table.Count(mechanism.All).Total > 0
               select $"{mechanism.Name} {PerYear(mechanism.NeededPerYear(table))} / {PerYear(mechanism.FalsePerYear(table))}",
        ];
        return [.. CountsText.Wrap("detection, per outage:", times, width), .. CountsText.Wrap("needed / false a year:", mechanisms, width)];
    }

    /// <summary>How often each mechanism had to act and acted for nothing, variant by variant; only those that ever did the latter.</summary>
    /// <returns>One sentence for each mechanism, of at most four.</returns>
    public static IReadOnlyList<string> Along(IReadOnlyList<ResultTable> tables) =>
    [
        .. from name in JudgedMechanism.WithFalse(tables).Take(MostMechanisms)
           let parts =
               from table in tables
               from mechanism in JudgedMechanism.Of(table.Names.Counters)
               where mechanism.Name == name
               select $"{PerYear(mechanism.NeededPerYear(table))} / {PerYear(mechanism.FalsePerYear(table))} {table.Variant}"
           select $"{name}, needed / false a year: {string.Join(", ", parts)}",
    ];

    private static string Time(Estimate seconds) => seconds is { Value: { } value, Low: { } low, High: { } high }
        ? HumanUnits.Duration(value, low, high)
        : HumanUnits.Duration(seconds.Value ?? 0);

    private static string PerYear(Estimate estimate) => HumanUnits.Number(estimate.Value ?? 0);
}
