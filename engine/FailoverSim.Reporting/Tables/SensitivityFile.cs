using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Sensitivity;

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
