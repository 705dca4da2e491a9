using System.Text.RegularExpressions;

namespace FailoverSim.Scenario.Values;

/// <summary>What a misplaced value most likely is, so that the message can say so.</summary>
internal static partial class UnitGuess
{
    /// <summary>"a size", "a rate" …; null if the text looks like nothing known.</summary>
    public static string? Of(string text) => text.Trim() switch
    {
        var t when Size().IsMatch(t) => "a size",
        var t when Rate().IsMatch(t) => "a rate",
        var t when Percent().IsMatch(t) => "a percentage",
        var t when Duration().IsMatch(t) => "a duration",
        var t when Money().IsMatch(t) => "an amount of money",
        var t when Law().IsMatch(t) => "a law",
        _ => null,
    };

    [GeneratedRegex(@"^[0-9.]+ ?([KMGTP]i?B|[KMGTP]i|B)$")]
    private static partial Regex Size();

    [GeneratedRegex(@"^[0-9.]+ ?([KMGT]i?B)?/[a-z]+$")]
    private static partial Regex Rate();

    [GeneratedRegex(@"^[0-9.]+ ?%$")]
    private static partial Regex Percent();

    [GeneratedRegex(@"^([0-9.]+(ns|us|ms|s|m|h|d|w|mo|y) ?)+$")]
    private static partial Regex Duration();

    [GeneratedRegex(@"^[0-9.]+[kM]? ?[A-Z]{3}$")]
    private static partial Regex Money();

    [GeneratedRegex(@"^([a-z]+\(.*\)|[0-9.]+[a-z]+\.\.[0-9.]+[a-z]+)$")]
    private static partial Regex Law();
}
