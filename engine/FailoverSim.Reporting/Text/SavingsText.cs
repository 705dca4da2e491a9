using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Studies;
using FailoverSim.Kernel.Results;

namespace FailoverSim.Reporting.Text;

/// <summary>What each service would save without the faults that were tried.</summary>
public static class SavingsText
{
    private const int Named = 4;

    /// <summary>Lines without indentation; none where nothing was tried.</summary>
    public static IReadOnlyList<string> Lines(IReadOnlyList<Saving> savings, ResultNames names)
    {
        ArgumentNullException.ThrowIfNull(savings);
        ArgumentNullException.ThrowIfNull(names);
        return savings.Count == 0
            ? []
            :
            [
                "saved in a year if one kind of fault never came (same luck otherwise; savings overlap, they do not sum to the down time):",
                .. names.Services.Select((service, i) => $"  {service}: {string.Join(", ", Largest(savings, i))}"),
            ];
    }

    private static IEnumerable<string> Largest(IReadOnlyList<Saving> savings, int service) => savings
        .OrderByDescending(saving => saving.MinutesPerYear[service].Value)
        .Take(Named)
        .Select(saving => $"{saving.Cause} {Text(saving.MinutesPerYear[service])}");

    /// <summary><c>11 s (9 – 13)</c>, of minutes.</summary>
    internal static string Text(Estimate saved) => saved is { Value: { } value and not 0, Low: { } low, High: { } high }
        ? HumanUnits.Difference(60 * value, 60 * low, 60 * high)
        : HumanUnits.Duration(60 * (saved.Value ?? 0));
}
