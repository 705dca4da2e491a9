using System.Globalization;
using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Sensitivity;
using FailoverSim.Analysis.Tables;
using FailoverSim.Reporting.Figures;
using FailoverSim.Reporting.Text;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Reporting.Results;

/// <summary>The figures of <c>sensitivity</c>.</summary>
internal static class TornadoPlots
{
    /// <summary>Smaller effects are in the table.</summary>
    private const int Most = 20;

    public static IEnumerable<IFigureData> Of(ResultTable table, SensitivitySpec sensitivity, IReadOnlyList<Tornado> tornados) =>
        from tornado in tornados
        where tornado.Effects.Count > 0
        select Data(table, sensitivity, tornado);

    private static TornadoData Data(ResultTable table, SensitivitySpec sensitivity, Tornado tornado)
    {
        double seconds = 60 * (tornado.DownTime.Value ?? 0);
        string shown = tornado.Effects.Count > Most ? $"the {Most} largest of {tornado.Effects.Count}, " : "";
        return new TornadoData(
            new FigureHeading(
                $"tornado-{tornado.Service}",
                $"{tornado.Service}: its down time depends most on {tornado.Effects[0].Factor.Label}",
                string.Create(CultureInfo.InvariantCulture,
                    $"One value varied at a time, {shown}{HumanUnits.Count(table.Replications)} replications of {HumanUnits.Duration(table.HorizonNanoseconds * 1e-9)}, the same luck for all")),
            seconds,
            $"value at {SensitivityText.Share(sensitivity.Low)}",
            $"value at {SensitivityText.Share(sensitivity.High)}",
            [.. tornado.Effects.Take(Most).Select(effect => new TornadoRow(
                effect.Factor.Label, effect.Factor.Written,
                End(effect.Factor.Low.Text, effect.Low.Difference, seconds), End(effect.Factor.High.Text, effect.High.Difference, seconds),
                SensitivityText.Swing(effect)))],
            Summary.DefaultLevel);
    }

    /// <summary>Where no replication differs the interval says how many there are, not what the value does: it is left out.</summary>
    private static TornadoEnd End(string text, Estimate minutes, double written) => minutes is { Value: 0, Method: "rule-of-three" }
        ? new(text, written, written, written)
        : new(text, written + (60 * (minutes.Value ?? 0)), Math.Max(0, written + (60 * (minutes.Low ?? 0))), written + (60 * (minutes.High ?? 0)));
}
