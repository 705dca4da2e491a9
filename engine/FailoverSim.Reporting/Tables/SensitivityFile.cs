using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Sensitivity;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Reporting.Tables;

/// <summary><c>sensitivity</c> as CSV and JSON (engine/docs/output.md).</summary>
public static class SensitivityFile
{
    private static readonly string[] Columns =
    [
        "scenario", "service", "factor", "at", "value", "metric", "estimate", "low", "high", "level", "method", "n", "family",
    ];

    /// <summary>Without a row there is no file.</summary>
    public static void Write(string folder, string scenario, IReadOnlyList<Tornado> tornados, IReadOnlyList<Elasticity> elasticities)
    {
        ArgumentNullException.ThrowIfNull(tornados);
        ArgumentNullException.ThrowIfNull(elasticities);
        TidyFiles.WriteUnlessEmpty(Path.Combine(folder, "sensitivity"), Columns,
            [
                .. tornados.Where(tornado => tornado.Effects.Count > 0).SelectMany(tornado => Rows(scenario, tornado)),
                .. elasticities.Select(elasticity =>
                    Row(scenario, elasticity.Service, elasticity.Hazard, "", "", "elasticity", elasticity.Estimate)),
            ]);
    }

    /// <summary>What was written, or nothing where there is no file. Cautions are not in it.</summary>
    /// <param name="folder">Where to look.</param>
    /// <param name="sensitivity">What was varied.</param>
    /// <exception cref="InvalidDataException">Damaged, or of another scenario.</exception>
    public static (IReadOnlyList<Tornado> Tornados, IReadOnlyList<Elasticity> Elasticities) Read(string folder, SensitivitySpec sensitivity)
    {
        ArgumentNullException.ThrowIfNull(sensitivity);
        IReadOnlyList<TidyRow> rows = TidyFiles.Read(Path.Combine(folder, "sensitivity.csv"));
        return (
            [.. rows.Where(row => row.Text("at") == "base").Select(row => TornadoOf(row, rows, sensitivity))],
            [.. rows.Where(row => row.Text("metric") == "elasticity")
                .Select(row => new Elasticity(row.Text("service"), row.Text("factor"), row.Estimate()))]);
    }

    private static Tornado TornadoOf(TidyRow written, IReadOnlyList<TidyRow> rows, SensitivitySpec sensitivity)
    {
        string service = written.Text("service");
        TidyRow[] own = [.. rows.Where(row => row.Text("service") == service)];
        TidyRow[] swings = [.. own.Where(row => row.Text("metric") == "downtime-swing-per-year")];
        return new Tornado(
            service, written.Estimate(), [.. swings.Select(Effect)], swings.Length == 0 ? 0 : (int)Math.Min(int.MaxValue, swings[0].Whole("family", least: 1)));

        FactorEffect Effect(TidyRow swing)
        {
            string path = swing.Text("factor");
            SensitivityFactor factor = sensitivity.Factors.FirstOrDefault(factor => factor.Path == path)
                ?? throw new InvalidDataException($"sensitivity.csv varies '{path}', which the scenario does not");
            return new FactorEffect(factor, service, End("low"), End("high"), Alone(swing));

            EndEffect End(string at) => new(Of("downtime-per-year", at).Estimate(), Alone(Of("downtime-difference-per-year", at)));

            TidyRow Of(string metric, string at) =>
                own.FirstOrDefault(row => row.Text("factor") == path && row.Text("at") == at && row.Text("metric") == metric)
                ?? throw new InvalidDataException($"sensitivity.csv has no {metric} of '{path}' at {at}");
        }
    }

    /// <summary>Written is the joint level of all of the family; each alone has a higher one.</summary>
    private static Estimate Alone(TidyRow row)
    {
        Estimate estimate = row.Estimate();
        return estimate with { Level = 1 - ((1 - estimate.Level) / row.Whole("family", least: 1)) };
    }

    private static IEnumerable<object?[]> Rows(string scenario, Tornado tornado)
    {
        yield return Of("", "base", "", "downtime-per-year", tornado.DownTime);
        foreach (FactorEffect effect in tornado.Effects)
        {
            string path = effect.Factor.Path;
            foreach ((string at, string text, EndEffect end) in new[]
            {
                ("low", effect.Factor.Low.Text, effect.Low), ("high", effect.Factor.High.Text, effect.High),
            })
            {
                yield return Of(path, at, text, "downtime-per-year", end.DownTime);
                yield return Of(path, at, text, "downtime-difference-per-year", Jointly(end.Difference), 2 * tornado.Family);
            }
            yield return Of(path, "", "", "downtime-swing-per-year", Jointly(effect.Swing), tornado.Family);
        }

        Estimate Jointly(Estimate estimate) => estimate with { Level = tornado.DownTime.Level };

        object?[] Of(string factor, string at, string value, string metric, Estimate estimate, long? family = null) =>
            Row(scenario, tornado.Service, factor, at, value, metric, estimate, family);
    }

    private static object?[] Row(
        string scenario, string service, string factor, string at, string value, string metric, Estimate estimate, long? family = null) =>
    [
        scenario, service, factor, at, value, metric, estimate.Value, estimate.Low, estimate.High, estimate.Level, estimate.Method, estimate.N,
        family,
    ];
}
