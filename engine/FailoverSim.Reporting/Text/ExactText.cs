using System.Globalization;
using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Exact;
using FailoverSim.Analysis.Tables;

namespace FailoverSim.Reporting.Text;

/// <summary>A solution in words and as cells of a table.</summary>
public static class ExactText
{
    private const double SecondsPerYear = 365 * 86400.0;
    private const string Unknown = "–";

    /// <summary>Column heads for <see cref="Cells"/>.</summary>
    public static IReadOnlyList<string> Heads { get; } =
        ["service", "", "unavailability", "nines", "down per year", "outages per year", "mean outage", "to the first outage"];

    /// <summary>Two rows per service: in the horizon, where that was solved, and in the long run.</summary>
    public static IEnumerable<IReadOnlyList<string>> Cells(ExactSolution solution)
    {
        ArgumentNullException.ThrowIfNull(solution);
        foreach (ExactService service in solution.Services)
        {
            if (service.Horizon is { } horizon)
            {
                string first = horizon.AnyOutage is { } any ? $"any: {Digits(100 * any)} %" : Unknown;
                yield return [service.Name, "in the horizon", .. FiguresOf(horizon.Rates), first];
            }
            yield return
            [
                service.Name, "in the long run", .. FiguresOf(service.LongRun),
                service.MeanTimeToFirst is { } mean ? $"mean: {Time(mean)}" : Unknown,
            ];
        }
    }

    /// <summary>What was solved, and how.</summary>
    public static string Basis(ExactSolution solution)
    {
        ArgumentNullException.ThrowIfNull(solution);
        return string.Create(CultureInfo.InvariantCulture,
            $"Markov chain of {HumanUnits.Count(solution.States)} states and {HumanUnits.Count(solution.Transitions)} transitions, solved by {solution.Method switch
            {
                "gth" => "elimination without subtractions (GTH)",
                _ => "Gauss-Seidel sweeps",
            }}");
    }

    /// <summary>The check of a simulation: exact x, simulated y ± z, by service.</summary>
    public static IEnumerable<string> Check(ExactSolution solution, ResultTable table)
    {
        ArgumentNullException.ThrowIfNull(solution);
        ArgumentNullException.ThrowIfNull(table);
        foreach (ExactService service in solution.Services.Where(s => s.Horizon is not null))
        {
            ServiceTotals totals = table.Totals(table.Names.Services.ToList().IndexOf(service.Name));
            Estimate simulated = AvailabilityInterval.Unavailability(totals, Summary.DefaultLevel);
            Estimate often = OutageEstimates.Frequency(totals, Summary.DefaultLevel).Times(SecondsPerYear);
            yield return $"{service.Name}: unavailability {Pair(service.Horizon!.Rates.Unavailability, simulated)};"
                + $" outages a year {Pair(service.Horizon.Rates.OutagesPerSecond * SecondsPerYear, often)}";
        }
    }

    private static string Pair(double exact, Estimate simulated) =>
        $"exact {Four(exact)}, simulated {(simulated.Value is { } value ? $"{Four(value)} ± {Width(simulated)}" : $"< {Short(simulated.High ?? 1)}")}";

    private static string Width(Estimate estimate) => double.IsFinite(estimate.HalfWidth) ? Short(estimate.HalfWidth) : "∞";

    private static IEnumerable<string> FiguresOf(ExactRates rates) =>
    [
        Digits(rates.Unavailability),
        rates.Unavailability > 0 ? Math.Max(0, -Math.Log10(rates.Unavailability)).ToString("F3", CultureInfo.InvariantCulture) : "∞",
        HumanUnits.Duration(rates.Unavailability * SecondsPerYear),
        Digits(rates.OutagesPerSecond * SecondsPerYear),
        rates.OutagesPerSecond > 0 ? HumanUnits.Duration(rates.MeanOutage) : Unknown,
    ];

    private static string Time(double seconds) =>
        double.IsFinite(seconds) ? $"{HumanUnits.Duration(seconds)} ({Digits(seconds)} s)" : "∞";

    /// <summary>Ten digits: as many as rounding leaves in every case.</summary>
    private static string Digits(double value) => value.ToString("G10", CultureInfo.InvariantCulture);

    /// <summary>Enough to compare by eye; files have them all.</summary>
    private static string Four(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    private static string Short(double value) => value.ToString("G2", CultureInfo.InvariantCulture);
}
