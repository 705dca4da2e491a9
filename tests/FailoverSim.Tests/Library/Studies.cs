using LibraryScenario = FailoverSim.Library.Scenario;

namespace FailoverSim.Tests.Library;

/// <summary>Small scenarios that ask for everything there is.</summary>
internal static class Studies
{
    public const string Shop = """
        failoversim: 1
        name: shop
        units:
          web: {count: 3, fails: exp(20d), repair: {crew: ops, takes: lognormal(median=1h p95=6h)}}
          db:  {count: 2, fails: weibull(shape=1.5 mean=60d), repair: {crew: ops, takes: 2h..8h}}
        crews:
          ops: {size: 1, answer: 5m..30m}
        common-cause:
          release: {of: web, every: exp(40d), hits: 100%, lasts: 5m..20m}
        services:
          site: {up-when: 2 of web and 1 of db}
          store: {up-when: 1 of db}
        slo:
          month: {service: site, objective: 99%, window: 30d, require: P(met) >= 60%}
          marathon: {service: site, require: P(any outage > 6h in 1y) <= 50%}
        run: {horizon: 1y, replications: 70, seed: 11}
        compare:
          fourth-web: {set: {units.web.count: 4}, cost: {per-year: 1200 EUR}}
        sweep:
          answer: {path: crews.ops.answer, values: [1m, 2h]}
        sensitivity: {method: tornado, vary: [units.web.fails, units.db.repair.takes], by: 50%..200%}
        outputs: [importance, margin]
        """;

    public static LibraryScenario Of(string yaml = Shop) => LibraryScenario.Parse(yaml);
}
