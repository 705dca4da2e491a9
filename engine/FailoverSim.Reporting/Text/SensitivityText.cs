using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Sensitivity;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Reporting.Text;

/// <summary>What matters most to each service: rows for a table, and what is to be said below it.</summary>
public sealed record SensitivityText(IReadOnlyList<string> Heads, IReadOnlyList<IReadOnlyList<string>> Rows, IReadOnlyList<string> Notes)
{
    /// <summary>Lines for each service.</summary>
    private const int Most = 5;

    public static SensitivityText Of(SensitivitySpec sensitivity, IReadOnlyList<Tornado> tornados)
    {
        ArgumentNullException.ThrowIfNull(sensitivity);
        ArgumentNullException.ThrowIfNull(tornados);
        return new SensitivityText(
            ["service", "value", "as written", $"down at {Share(sensitivity.Low)}", $"at {Share(sensitivity.High)}", "swing per year"],
            [.. tornados.SelectMany(RowsOf)],
            [
                .. tornados.Where(tornado => tornado.Effects.Count > Most).Select(tornado => $"{tornado.Effects.Count - Most} more in sensitivity.csv").Distinct(),
                .. sensitivity.LeftOut.Select(left => $"{left.Path} is not varied: {left.Reason}"),
            ]);
    }

    /// <summary>A factor as the file writes it: <c>50%</c>.</summary>
    public static string Share(decimal factor) => (factor * 100).ToString("0.##", System.Globalization.CultureInfo.InvariantCulture) + "%";

    /// <summary><c>−11.2 h (−11.9 – −10.5)</c>.</summary>
    public static string Swing(FactorEffect effect)
    {
        ArgumentNullException.ThrowIfNull(effect);
        return effect.Swing.Times(60) switch
        {
            { Value: 0, Method: "rule-of-three" } => "none in any replication",
            { Value: { } value, Low: { } low, High: { } high } => HumanUnits.Difference(value, low, high, alwaysSigned: true),
            _ => "–",
        };
    }

    private static IEnumerable<IReadOnlyList<string>> RowsOf(Tornado tornado) => tornado.Effects.Take(Most).Select((effect, i) =>
        (IReadOnlyList<string>)
        [
            i == 0 ? tornado.Service : "", effect.Factor.Label, effect.Factor.Written, Down(effect.Low.DownTime), Down(effect.High.DownTime), Swing(effect),
        ]);

    private static string Down(Estimate minutes) => minutes.Value is { } value ? HumanUnits.Duration(60 * value)
        : minutes.High is { } high ? $"< {HumanUnits.Duration(60 * high)}" : "–";
}
