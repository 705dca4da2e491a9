using FailoverSim.Reporting.Figures;

namespace FailoverSim.Tests.Figures;

/// <summary>Figures of every shape that a study can produce: few and many services, long names, extreme values, nothing
/// at all.</summary>
internal static class FigureSamples
{
    private const long Second = 1_000_000_000;
    private const long YearNs = 365 * 86_400 * Second;
    private const string LongName = "payments-authorisation-gateway-eu-west-1"; // 40 characters

    private static readonly SvgFigureRenderer Renderer = new();

    private static readonly Lazy<IReadOnlyList<(string Name, string Svg)>> Drawn = new(() => [.. DrawAll()]);

    public static IReadOnlyList<(string Name, string Svg)> All() => Drawn.Value;

    public static IEnumerable<(string Name, string Svg)> DrawAll() => Data().Select(sample => (sample.Name, sample.Data.DrawnBy(Renderer)));

    public static IEnumerable<(string Name, IFigureData Data)> Data() =>
        Counts().SelectMany(n => new (string, IFigureData)[]
        {
            ($"availability-{n}", Availability(n, i => Math.Pow(10, -1.2 - i % 9))),
            ($"availability-{n}-bounds", Availability(n, _ => null)),
            ($"convergence-{n}", Convergence(n)),
            ($"distributions-{n}", Compared(n)),
            ($"durations-{n}", Durations(n)),
            ($"timeline-{n}", Timeline(n, 2 * n)),
            ($"slo-budget-{n}", SloBudget(n)),
            ($"slo-windows-{n}", SloWindows(n)),
            ($"yearly-{n}", Yearly(n)),
            ($"pareto-{n}", Pareto(n)),
            ($"waterfall-{n}", Waterfall(n)),
            ($"survival-{n}", Survival(n)),
            ($"forest-{n}", Forest(n, 1)),
            ($"forest-{n}-disparate", Forest(n, 40)),
            ($"sweep-{n}", Sweep(n, 1, i => 5.0 * (i + 1))),
            ($"sweep-{n}-words", Sweep(n, 1, _ => null)),
            ($"sweep-{n}-minutes", Sweep(Math.Min(n, 3), 1, i => 5.0 * (i + 1), scale: 0.4)),
            ($"sweep-{n}-grid", Sweep(n, Math.Min(n, 4), i => Math.Pow(3, i % 20))),
            ($"tradeoff-{n}", Tradeoff(n + 1, Math.Min(n, 4), i => 5.0 * (i + 1))),
            ($"tradeoff-{n}-steep", Tradeoff(n + 1, 1 + (n % 4), i => Math.Pow(2, i % 20), 2.5)),
            ($"tornado-{n}", Tornado(n)),
            ($"workloads-{n}", Workloads(n)),
        }).Concat(Extremes());

    public static IEnumerable<int> Counts() => [1, 2, 5, 8, 9, 20, 40];

    public static AvailabilityData Availability(int services, Func<int, double?> unavailability) => new(
        new FigureHeading("availability", "Availability by service",
            "4 000 replications of 10 years, seed 7; intervals by the bootstrap over replications"),
        [.. Enumerable.Range(0, services).Select(i => unavailability(i) is { } u
            ? new AvailabilityRow(Name(i), u, u / (1.2 + i % 4), u * (1.3 + i % 5),
                i % 3 == 2 ? null : Math.Pow(10, -2 - i % 4))
            : new AvailabilityRow(Name(i), null, 0, 7.5e-8 * (i + 1), 1e-6))]);

    public static OutageDurationData Durations(int services) => new(
        new FigureHeading("durations", "Most outages last seconds; the few long ones wait for a crew",
            "4 000 replications of 10 years"),
        [.. Enumerable.Range(0, services).Select(i => new DurationSample(
            Name(i),
            LogNormal(i, i % 7 == 6 ? 0 : 400 * (i + 1), 5 * Math.Pow(4, i % 8), 0.5 + i % 3)))],
        40_000);

    /// <summary>A budget that is hardly touched, or used up many times, with a fan and without.</summary>
    public static SloBudgetData SloBudget(int n) => new(
        new FigureHeading("slo-budget", $"How much of its error budget a window of {Name(n)} uses", "4 000 replications of 10 years"),
        [.. LogNormal(n, 7 * n, 0.02 * n, 0.5 + (n % 3)).Select(v => (v.Item1, v.Item2))],
        1000L * n,
        new("median", n % 2 == 0 ? 0 : 0.01 * n, "12.3 (12.1 – 12.6) %"),
        new("mean", 0.02 * n, "13 %"),
        [new("90th percentile", 0.1 * n, "12.3 (12.1 – 12.6) %"), new("95th percentile", 0.2 * n, LongName), new("99th percentile", n, "3"), new("worst", 50.0 * n, "2 000 times")],
        n % 3 == 2 ? [] : [.. Enumerable.Range(1, 10).Select(t => (IReadOnlyList<double>)[0, 0.01 * t * n, 0.02 * t * n, 0.1 * t * n])],
        ["median", "90th percentile", "95th percentile", "99th percentile"],
        n % 3 == 2 ? [] : [.. Enumerable.Range(1, 10).Select(t => t / (100.0 * n))]);

    public static SloWindowsData SloWindows(int n) => new(
        new FigureHeading("slo-windows", $"Which windows of {Name(n)} use their error budget", "4 000 replications of 10 years"),
        "window, from the end of warm-up",
        n * n,
        [.. Enumerable.Range(0, n).Select(r => new SloWindowsRow(r, [.. Enumerable.Range(0, n * n).Where(w => (w * 7 + r) % 5 < 2).Select(w => (w, 0.1 * (w % 60)))]))]);

    /// <summary>Few and many workloads of a kind, some of them never down.</summary>
    public static WorkloadsData Workloads(int groups) => new(
        new FigureHeading("workloads", "Down time of workloads", "4 000 replications of 1 year"),
        [.. Enumerable.Range(0, groups).Select(i => new WorkloadGroup(
            Name(i),
            [.. Enumerable.Repeat(0.0, 7 * (i % 4)), .. LogNormal(i, 1 + (i * 97 % 400), 300 * Math.Pow(3, i % 6), 0.3 + (i % 3)).Select(v => v.Item1)]))],
        4000);

    /// <summary>Variants that save, cost and cannot be told, of about one size or of very different ones.</summary>
    public static ForestData Forest(int variants, double ratio) => new(
        new FigureHeading("forest", "api-write: third-feed is better than base; three-members is worse", "4 000 replications of 10 years, the same luck for all"),
        "base",
        [.. Enumerable.Range(0, variants).Select(i =>
        {
            double size = 60 * Math.Pow(ratio, i % 4) * (1 + (0.1 * i));
            return (i % 3) switch
            {
                0 => new ForestRow(Name(i), -size, -1.2 * size, -0.8 * size, Judgement.Better, "+0.42 (0.31 – 0.53)"),
                1 => new ForestRow(Name(i), size, 0.9 * size, 1.3 * size, Judgement.Worse, "−0.1 (−0.2 – −0.1)"),
                _ => new ForestRow(Name(i), 0.1 * size, -0.4 * size, 0.6 * size, Judgement.Undecided, "–"),
            };
        })]);

    /// <summary>Bars to both sides, to one side, and none at all.</summary>
    public static TornadoData Tornado(int values) => new(
        new FigureHeading("tornado", "plant: its down time depends most on pump fails", "One value varied at a time, 4 000 replications of 10 years, the same luck for all"),
        14_400, "value at 50%", "value at 200%",
        [.. Enumerable.Range(0, values).Select(i =>
        {
            double size = 9_000.0 / (i + 1);
            (double low, double high) = (i % 4) switch { 0 => (size, -size / 2), 1 => (-size / 2, size), 2 => (size / 3, size), _ => (0, 0) };
            return new TornadoRow(Name(i), i % 2 == 0 ? "lognormal(median=30d p95=70d max=1000d)" : "2d..6d",
                End(low, size / 5), End(high, i % 5 == 0 ? 100 * size : size / 4), i % 4 == 3 ? "none in any replication" : "+3.6 h (+3.0 – +4.4)");
        })]);

    private static TornadoEnd End(double difference, double half) =>
        new("1d..3d", 14_400 + difference, Math.Max(0, 14_400 + difference - half), 14_400 + difference + half);

    public static SweepData Sweep(int points, int curves, Func<int, double?> amount, double scale = 1) => new(
        new FigureHeading("sweep", "api-write: down time by vip-lease, least at vip-lease=5s", "4 000 replications of 10 years, the same luck for all"),
        "components.vip.lease.duration", "base", 300,
        [.. Enumerable.Range(0, curves).Select(c => new SweptCurve(
            curves == 1 ? "" : $"crews.on-call.size {c + 1}",
            [.. Enumerable.Range(0, points).Select(i =>
            {
                double seconds = scale * (200 + (40 * i) + (90 * c));
                return new SweptPoint(
                    amount(i) is { } a ? $"{a:0}s" : Name(i), amount(i), i % 9 == 8 ? null : seconds, i % 9 == 8 ? 0 : 0.9 * seconds, 1.2 * seconds,
                    (Judgement)(i % 3));
            })]))]);

    /// <summary>Valleys flat and deep, with mechanisms far apart and alike, points without down time and without detection.</summary>
    public static TradeoffData Tradeoff(int points, int mechanisms, Func<int, double> amount, double ratio = 1.01) => new(
        new FigureHeading("tradeoff", "api-write: noticing soon against false alarms, least at vip-lease=5s", "4 000 replications of 10 years, the same luck for all"),
        "components.vip.lease.duration",
        [.. Enumerable.Range(0, mechanisms).Select(Name)],
        [.. Enumerable.Range(0, points).Select(i =>
        {
            Bounded Of(double? value) => new(value, value * 0.9 ?? 0, value * 1.2 ?? 300);
            return new TradeoffPoint(
                $"{amount(i):0}s", amount(i), Of(i % 9 == 8 ? null : 100 * Math.Pow(ratio, Math.Abs(i - (points / 2)))),
                points % 3 == 0 ? null : Of(points % 2 == 0 ? 0.4 * (i + 1) : null), i == points / 2, Math.Abs(i - (points / 2)) < 2,
                [.. Enumerable.Range(0, mechanisms).Select(m => Of(i % 5 == 4 ? 0 : Math.Pow(30, m % 3) * (points - i)))]);
        })]);

    /// <summary>A few long names of samples, many cases.</summary>
    public static DistributionsData Compared(int panels) => new(
        new FigureHeading("distributions", "Measured and simulated times are alike", "20 000 simulated crashes each"),
        "time from the fault",
        ["measured", "simulated", LongName],
        [.. Enumerable.Range(0, panels).Select(i => new DistributionsPanel(
            Name(i), "n = 191 · D = 0.049 · p = 0.74",
            [.. Enumerable.Range(0, 3).Select(k => Times(i + k, k == 1 ? 5_000 : 60 * (i % 5)))]))]);

    /// <summary>Estimates that settle, late and soon, and some of which nothing was seen.</summary>
    public static ConvergenceData Convergence(int panels) => new(
        new FigureHeading("convergence", "api-1's down time is known to ± 4 % after 4 000 replications", "4 000 replications of 10 years"),
        [.. Enumerable.Range(0, panels).Select(i => new ConvergencePanel(
            Name(i),
            [.. Enumerable.Range(0, i % 4 == 3 ? 1 : 3 + i).Select(k =>
            {
                double seconds = 100 * Math.Pow(7, i % 6) * (1 + (Math.Cos(3 * k) / (k + 1)));
                double wide = 1 + (3.0 / (k + 1));
                return k < i % 3 || i % 5 == 4
                    ? new ConvergencePoint(1 << Math.Min(k, 30), null, 0, 3e7 / (k + 1))
                    : new ConvergencePoint(1 << Math.Min(k, 30), seconds, i % 2 == 0 ? seconds / wide : 0, seconds * wide);
            })],
            i % 3 == 0 ? 105 * Math.Pow(7, i % 6) : null, i % 2 == 0 ? 0.05 : null))]);

    public static SurvivalData Survival(int panels) => new(
        new FigureHeading("survival", "What was seen, and the laws fitted to it", "Only times of known age."),
        [.. Enumerable.Range(0, panels).Select(i => new SurvivalPanel(
            Name(i), "n = 97 · mean 38 d · p = 0.265",
            [.. Enumerable.Range(1, i % 4 == 3 ? 0 : 30).Select(k => (
                60 * Math.Pow(1.3 + i % 5, k / 2.0), 1 - k / 31.0, Math.Max(0, 0.85 - k / 31.0), Math.Min(1, 1.1 - k / 31.0)))],
            60 * Math.Pow(1.3 + i % 5, 16),
            [("exp", t => Math.Exp(-t / 3_000)), ("weibull", t => Math.Exp(-Math.Sqrt(t / 3_000))), (LongName, _ => 0.5)]))]);

    public static YearlyDowntimeData Yearly(int services) => new(
        new FigureHeading("yearly", "Downtime varies from year to year", "40 000 simulated years"),
        [.. Enumerable.Range(0, services).Select(i => new YearlyDowntime(
            Name(i),
            [(0, 300L * (i % 12)), .. LogNormal(i + 100, 900, 60 * Math.Pow(3, i % 7), 1.2)],
            i % 4 == 3 ? null : 2628))]);

    public static ParetoData Pareto(int causes) => new(
        new FigureHeading("pareto", "Three causes make up nearly all of the down time", "4 000 replications of 10 years"),
        [.. Enumerable.Range(0, causes).Select(i => (Name(i), 300 * Math.Pow(0.55, i)))])
    {
        Intervals = causes % 2 == 0
            ? []
            : [.. Enumerable.Range(0, causes).Select(i => i % 3 == 2 ? ((double, double)?)null : (200 * Math.Pow(0.55, i), 500 * Math.Pow(0.7, i)))],
    };

    /// <summary>A failover of a Raft cluster and a loss of its quorum, both as far as they have so many stages.</summary>
    public static WaterfallData Waterfall(int stages) => new(
        new FigureHeading("waterfall", "A failover waits for timers, a loss for people", "4 000 replications of 10 years"),
        [
            new("failover", 12_345, 0.31, [.. Failover.Take(stages)]),
            new("loss", 67, 0.0017, stages == 2 ? [] : [.. Loss.Take(stages), .. Enumerable.Range(0, Math.Max(0, stages - 9))
                .Select(i => (Name(i), 60.0 * i))]),
        ],
        40_000);

    private static readonly (string, double)[] Failover =
    [
        ("detect", 9.7), ("expire", 5.1), ("elect", 1.3), ("take over", 0.02), ("restart", 2.1), ("start", 3.4), ("sync", 0.8), ("reconnect", 4.2),
    ];

    private static readonly (string, double)[] Loss =
    [
        ("detect", 31), ("elect", 2), ("outage", 5_400), ("boot", 240), ("answer", 1_800), ("crew", 600), ("repair", 9_000), ("resync", 420),
    ];

    public static TimelineData Timeline(int services, int units)
    {
        long worst = 5 * YearNs + 3 * 3_600 * Second;
        string[] states = ["waiting for crew", "waiting for part", "in repair", "undetected", "held", "switching",
            "standby", "flooded"];
        List<TimelineRow> rows = [];
        for (int i = 0; i < services; i++)
        {
            List<(long, long, string)> outages = [];
            foreach ((double seconds, long _) in LogNormal(i, 60, 400, 1.5))
            {
                long start = outages.Count * 61 * 86_400 * Second + i * 40_000 * Second;
                outages.Add((start, start + (long)(seconds * Second), "down"));
            }
            outages.Add((worst + i * 60 * Second, worst + (i + 30) * 60 * Second, "down"));
            rows.Add(new TimelineRow(Name(i), TimelineKind.Service, [.. outages.OrderBy(o => o.Item1)]));
        }
        for (int i = 0; i < units; i++)
        {
            List<(long, long, string)> spans = [];
            long at = worst - 60 * Second * (i % 9);
            for (int k = 0; k < 4; k++)
            {
                long next = at + (k == 2 ? Second / 5 : (i % 5 + 2) * 240 * Second);
                spans.Add((at, next, states[(i + k) % states.Length]));
                at = next;
            }
            rows.Add(new TimelineRow($"unit-{i + 1}", TimelineKind.Unit, spans));
        }
        return new TimelineData(
            new FigureHeading("timeline", "Replication 1 234: the worst outage began with a failed switch",
                "seed 7, replication 1 234"),
            10 * YearNs, worst - 1_800 * Second, worst + 7_200 * Second, rows, worst);
    }

    private static IEnumerable<(string, IFigureData)> Extremes()
    {
        FigureHeading heading = new(
            "extreme",
            "A title so long that it cannot stand in one line of a slide,"
            + " because somebody wanted to say <everything> & more in it at once",
            "and a subtitle");
        return Availabilities(heading).Select(f => (f.Name, (IFigureData)f.Data))
            .Concat(Distributions(heading).Select(f => (f.Name, (IFigureData)f.Data)))
            .Concat(Comparisons(heading).Select(f => (f.Name, (IFigureData)f.Data)))
            .Concat(Timelines(heading).Select(f => (f.Name, (IFigureData)f.Data)))
            .Concat(Explanations(heading))
            .Concat(Years(heading).Select(f => (f.Name, (IFigureData)f.Data)));
    }

    private static IEnumerable<(string Name, AvailabilityData Data)> Availabilities(FigureHeading heading) =>
    [
        ("availability-none", new(heading, [])),
        ("availability-linear", Row(heading, (0.8, 0.78, 0.83, 0.5), (0.35, 0.3, 0.42, null), (0.11, 0.09, 0.15, 0.1))),
        ("availability-close", Row(heading, (9.1e-4, 9.0e-4, 9.2e-4, null), (9.3e-4, 9.1e-4, 9.5e-4, 1e-3))),
        ("availability-wide", Row(heading, (0.8, 0.7, 0.9, 0.5), (1e-10, 1e-11, 4e-10, 1e-9), (1e-5, 0, 1, 1e-5))),
        ("availability-ends",
            Row(heading, (1, 1, 1, 0), (0, 0, double.NaN, 1), (1e-300, 0, double.PositiveInfinity, 1e-20))),
    ];

    private static IEnumerable<(string Name, OutageDurationData Data)> Distributions(FigureHeading heading) =>
    [
        ("durations-none", new(heading, [new(LongName, [])], 40_000)),
        ("durations-one", new(heading, [new(LongName, [(12.5, 1)])])),
        ("durations-same",
            new(heading,
            [.. Enumerable.Range(0, 8).Select(i => new DurationSample(Name(i), [(30, 1_000_000_000_000)]))])),
        ("durations-wide",
            new(heading, [new("a", [(0, 3), (1e-9, 5), (9e9, 1)]), new("b", LogNormal(1, 20_000, 3, 2))])),
    ];

    private static IEnumerable<(string Name, DistributionsData Data)> Comparisons(FigureHeading heading) =>
    [
        ("distributions-none", new(heading, LongName, [], [])),
        ("distributions-empty", new(heading, LongName, ["a", "b"], [new(LongName + LongName, LongName, [[], []]), new("b", "", [[], [3]])])),
        ("distributions-same", new(heading, "", ["a", "b"], [new("a", "", [[0], [0, 0]]), new("b", "", [[1e9, 1e9], [1e9]])])),
        ("distributions-wide", new(heading, LongName, ["a", "b"], [new("a", "", [[1e-9, 9e9], Times(1, 20_000)])])),
    ];

    private static IReadOnlyList<double> Times(int seed, int count) =>
        [.. LogNormal(seed, count, 3 * Math.Pow(4, seed % 6), 0.4).Select(v => v.Item1)];

    private static IEnumerable<(string Name, TimelineData Data)> Timelines(FigureHeading heading)
    {
        TimelineData small = Timeline(2, 3) with { Heading = heading };
        return
        [
            ("timeline-none", new(heading, 1, 0, 1, [])),
            ("timeline-units", Timeline(0, 6)),
            ("timeline-short", small with { HorizonNs = 5 * Second, WindowStartNs = 2, WindowEndNs = 900 }),
            ("timeline-long",
                small with { HorizonNs = 290 * YearNs, WindowStartNs = 0, WindowEndNs = 280 * YearNs,
                OriginNs = null }),
        ];
    }

    private static IEnumerable<(string, IFigureData)> Explanations(FigureHeading heading) =>
    [
        ("convergence-none", new ConvergenceData(heading, [new(LongName, [new(1, null, 0, 3e7)], null, 0.1), new("b", [], null, null)])),
        ("convergence-one", new ConvergenceData(heading, [new(LongName + LongName, [new(1, 3e7, 0, 3.1536e7)], 1e-9, 2)])),
        ("workloads-none", new WorkloadsData(heading, [new("a", [0, 0]), new("b", [])], 40_000)),
        ("workloads-wide", new WorkloadsData(heading, [new(LongName, [1e-9, 3.15e7]), new("b", [0, 5])], 1)),
        ("workloads-one", new WorkloadsData(heading, [new("a", [60])], 1)),
        ("workloads-many", new WorkloadsData(heading,
            [new("batch", [.. LogNormal(1, 5000, 3000, 1).Select(v => v.Item1)])], 1)),
        ("pareto-none", new ParetoData(heading, [])),
        ("pareto-wide", new ParetoData(heading, [(LongName, 525_600), ("b", 1e-9)])),
        ("pareto-tiny", new ParetoData(heading, [("a", 3e-11), ("b", 2e-11)])),
        ("waterfall-none", new WaterfallData(heading, [new("failover", 0, 0, []), new("loss", 0, 0, [])], 40_000)),
        ("waterfall-no-loss", new WaterfallData(heading, [new("failover", 1, 1e-5, [("none", 1e-9)]), new("loss", 0, 0, [])], 40_000)),
        ("waterfall-wide", new WaterfallData(heading, [new(LongName, 9, 1e9, [(LongName, 1e-9), ("b", 3e9), ("c", 1)])])),
    ];

    private static IEnumerable<(string Name, YearlyDowntimeData Data)> Years(FigureHeading heading) =>
    [
        ("yearly-none", new(heading, [new("a", [(0, 40_000)]), new("b", [])])),
        ("yearly-one",
            new(heading, [new(LongName, [(0, 39_999), (12, 1)], 0), new("up", [(0, 40_000)], 60), new("no data", [])])),
        ("yearly-wide", new(heading, [new(LongName, [(1e-9, 1), (3.15e7, 1)], 1e-3)])),
    ];

    private static AvailabilityData Row(FigureHeading heading,
        params (double U, double Low, double High, double? Objective)[] rows) =>
        new(heading, [.. rows.Select((r, i) => new AvailabilityRow(Name(i), r.U, r.Low, r.High, r.Objective))], 0.999);

    private static string Name(int i) => (i % 5) switch
    {
        0 => $"api-{i + 1}",
        1 => $"checkout {i + 1}",
        2 => $"{LongName[..^2]}{i:00}",
        3 => $"pump station {i + 1}",
        _ => $"etcd.write-{i + 1}",
    };

    /// <summary>Quantiles of a lognormal law at even steps: looks like a sample, needs no generator.</summary>
    private static List<(double, long)> LogNormal(int seed, int count, double median, double sigma) =>
        [.. Enumerable.Range(0, count)
            .Select(k => (median * Math.Exp(sigma * Probit((k + 0.5 + seed % 3 * 0.1) / (count + 0.5))), 1L))];

    // Winitzki's approximation of the inverse error function; plenty for a picture.
    private static double Probit(double p)
    {
        double x = 2 * p - 1;
        double log = Math.Log(1 - x * x);
        double half = 2 / (Math.PI * 0.147) + log / 2;
        return Math.Sign(x) * Math.Sqrt(2 * (Math.Sqrt(half * half - log / 0.147) - half));
    }
}
