using FailoverSim.Analysis.Comparisons;

namespace FailoverSim.Reporting.Text;

/// <summary>What a finding costs a service: the down time that its remedy saves.</summary>
public static class PriceText
{
    private const double SecondsPerMinute = 60;

    /// <param name="remedied">The service with the remedy, held against it without.</param>
    /// <returns><c>costs 41 min (36 – 46) a year</c>.</returns>
    public static string Of(Comparison remedied)
    {
        ArgumentNullException.ThrowIfNull(remedied);
        if (remedied.Difference.Times(SecondsPerMinute) is not { Value: { } value, Low: { } low, High: { } high })
        {
            return "–";
        }
        return remedied.Standing switch
        {
            Standing.Better => $"costs {HumanUnits.Difference(-value, -high, -low)} a year",
            Standing.Worse => $"is right as it is: the remedy would cost {HumanUnits.Difference(value, low, high)} a year",
            _ when remedied.Differing == 0 => "cost nothing in any replication",
            _ => $"undecided: costs {HumanUnits.Difference(-value, -high, -low, alwaysSigned: true)} a year; more replications would tell",
        };
    }
}
