using System.Text;

namespace FailoverSim.Tests.Robustness;

/// <summary>
/// Files that once made the program hang, crash or run out of memory, or would if it believed them; made here, as many are as long as files
/// may be. Those of a few lines are in the folder Corpus.
/// </summary>
internal static class HostileScenarios
{
    private const string Head = "failoversim: 1\nname: hostile\n";
    private const string Unit = "units: {a: {fails: exp(1d), repair: {takes: 1h}}}\nservices: {s: {up-when: a}}\n";
    private const string Short = "run: {horizon: 1h, replications: 2}\n";

    /// <summary>Name, text, and the code of the finding that ends it; null: it is a scenario.</summary>
    public static IReadOnlyList<(string Name, Func<string> Text, string? Code)> All { get; } =
    [
        ("lists within lists, never closed", () => $"{Head}a: {new string('[', 100_000)}", "FS0009"),
        ("mappings within mappings", () => $"{Head}a: {Repeat(100_000, _ => "{a: ")}", "FS0009"),
        ("blocks within blocks", () => $"{Head}a:\n{Repeat(100_000, _ => "- ")}x", "FS0009"),
        ("keys of keys", () => $"{Head}{Repeat(100_000, _ => "? ")}\n", "FS0009"),
        ("brackets within brackets", () => $"{Head}units: {{a: {{fails: exp(1d)}}}}\nservices: {{s: {{up-when: '{new string('(', 9_000)}a{new string(')', 9_000)}'}}}}\n", "FS0009"),
        ("laws within laws", () => $"{Head}units: {{a: {{fails: '{Repeat(1_500, _ => "mix(100% ")}1h{new string(')', 1_500)}'}}}}\n", "FS0009"),
        ("aliases that multiply", () => $"{Head}a: &a [x,x,x,x,x,x,x,x]\n{Repeat(8, i => $"b{i}: &b{i} [{string.Join(",", Enumerable.Repeat(i == 0 ? "*a" : $"*b{i - 1}", 8))}]\n")}", "FS0008"),
        ("unknown keys without end", () => $"{Head}{Repeat(300_000, i => $"k{i}: 1\n")}", "FS0018"),
        ("unknown keys that are long", () => $"{Head}run: {{{string.Join(", ", Enumerable.Range(0, 9_000).Select(i => $"services-and-nodes-and-everything-{i}: 1"))}}}\n", "FS0101"),
        ("a key ten thousand times", () => $"{Head}{Repeat(100_000, _ => "a: 1\n")}", "FS0012"),
        ("tags without end", () => $"{Head}a: [{string.Join(",", Enumerable.Repeat("!a a", 9_000))}]\n", "FS0011"),
        ("empty items", () => $"{Head}a: [{string.Join(",", Enumerable.Repeat("~", 9_000))}]\n", "FS0013"),
        ("references to what is not there", () => $"{Head}units: {{a: {{fails: exp(1d)}}}}\nservices: {{{string.Join(", ", Enumerable.Range(0, 9_000).Select(i => $"s{i}: {{up-when: s{i + 1}x}}"))}}}\n", "FS0301"),
        ("a thousand misspelt names in variants", () => $"{Head}units: {{{string.Join(", ", Enumerable.Range(0, 600).Select(i => $"unit-number-{i}: {{fails: exp(1d)}}"))}}}\nservices: {{{string.Join(", ", Enumerable.Range(0, 1_000).Select(i => $"s{i}: {{up-when: unit-numbr-{i}x}}"))}}}\n{UnitVariants(150)}", "FS0301"),
        ("a chain of services", () => $"{Head}units: {{a: {{fails: exp(1d)}}}}\nservices: {{{string.Join(", ", Enumerable.Range(0, 9_000).Select(i => $"s{i}: {{up-when: s{i + 1}}}"))}, s9000: {{up-when: a}}}}\n", "FS0412"),
        ("services that multiply", () => $"{Head}units: {{a: {{count: 1M, fails: exp(1d)}}}}\nservices: {{{string.Join(", ", Enumerable.Range(0, 60).Select(i => $"s{i}: {{up-when: s{i + 1} and s{i + 1} and s{i + 1}}}"))}, s60: {{up-when: a}}}}\n", "FS0412"),
        ("a circle of affinities", () => $"{Head}nodes: {{w: {{count: 10, cpu: 400}}}}\nworkloads: {{{string.Join(", ", Enumerable.Range(0, 4_000).Select(i => $"a{i}: {{affinity: {{to: a{(i + 1) % 4_000}}}}}"))}}}\n", "FS0424"),
        ("arguments of a law without end", () => $"{Head}units: {{a: {{fails: 'weibull({string.Join(' ', Enumerable.Range(0, 2_500).Select(i => $"a{i}=1"))})'}}}}\n", "FS0211"),
        ("zones by the thousand", () => $"{Head}topology: {{zones: [{string.Join(", ", Enumerable.Range(0, 9_000).Select(i => $"z{i}"))}]}}\nnodes: {{w: {{count: 10, cpu: 4}}}}\n", "FS0109"),
        ("faults of everything", () => $"{Head}nodes: {{w: {{count: 100, cpu: 400}}}}\nworkloads: {{a: {{replicas: 500k}}}}\nfaults: {{{string.Join(", ", Enumerable.Range(0, 1_000).Select(i => $"f{i}: {{of: workloads, every: exp(1y), lasts: 1h}}"))}}}\n", "FS0430"),
        ("hosts of many workloads", () => $"{Head}nodes: {{w: {{count: 10k, cpu: 400}}}}\nworkloads: {{a: {{count: 10k}}}}\nfaults: {{f: {{of: workload.a.host, every: exp(1y), lasts: 1h}}}}\n", "FS0430"),
        ("common causes of a million units", () => $"{Head}units: {{a: {{count: 1M, fails: exp(1d)}}}}\ncommon-cause: {{{string.Join(", ", Enumerable.Range(0, 1_000).Select(i => $"c{i}: {{of: a, every: exp(1y), lasts: 1h}}"))}}}\nservices: {{s: {{up-when: a}}}}\n", "FS0430"),
        ("services of a million units", () => $"{Head}units: {{a: {{count: 1M, fails: exp(1d)}}}}\nservices: {{{string.Join(", ", Enumerable.Range(0, 1_000).Select(i => $"s{i}: {{up-when: 5 of a}}"))}}}\n", "FS0430"),
        ("figures over all workloads", () => $"{Head}nodes: {{w: {{count: 100, cpu: 400}}}}\nworkloads: {{a: {{count: 50k}}}}\nservices: {{{string.Join(", ", Enumerable.Range(0, 1_000).Select(i => $"s{i}: {{aggregate: mean-over(workloads)}}"))}}}\n", "FS0430"),
        ("windows of many SLOs", () => $"{Head}{Unit}slo: {{{string.Join(", ", Enumerable.Range(0, 1_000).Select(i => $"o{i}: {{service: s, objective: 99%, window: 1h, require: P(met) >= 98%}}"))}}}\nrun: {{horizon: 10y}}\n", "FS0430"),
        ("hours of many crews", () => $"{Head}crews: {{{string.Join(", ", Enumerable.Range(0, 1_000).Select(i => $"c{i}: {{hours: '00:00-00:0{i % 10}'}}"))}}}\n{Unit}run: {{horizon: 289y}}\n", "FS0430"),
        ("machines that come later", () => $"{Head}nodes: {{{string.Join(", ", Enumerable.Range(0, 100).Select(i => $"w{i}: {{count: 1, cpu: 4, autoscale: {{max: 10k}}}}"))}}}\nworkloads: {{a: {{}}}}\n", "FS0430"),
        ("pools of ten thousand machines", () => $"{Head}nodes: {{{string.Join(", ", Enumerable.Range(0, 100).Select(i => $"w{i}: {{count: 10k, cpu: 4}}"))}}}\n", "FS0420"),
        ("a range beyond all numbers", () => $"{Head}{Unit}sweep: {{p: {{path: units.a.count, values: 1..70000000000000000000000000000 in 8 steps}}}}\n", "FS0510"),
        ("a range of blanks and dots", () => $"{Head}{Unit}sweep: {{p: {{path: units.a.count, values: '{Repeat(4_000, _ => "1.. ")} in 8 steps x'}}}}\n", "FS0510"),
        ("a grid without end", () => $"{Head}{Unit}sweep: {{p: {{grid: {{units.a.count: [{string.Join(",", Enumerable.Range(1, 9_000))}], units.a.fails: [{string.Join(",", Enumerable.Range(1, 9_000).Select(i => $"{i}d"))}]}}}}}}\n", "FS0508"),
        ("ten million values in variants", () => $"{Head}units: {{{string.Join(", ", Enumerable.Range(0, 2_000).Select(i => $"u{i}: {{fails: exp(1d)}}"))}}}\nservices: {{s: {{up-when: u1}}}}\ncompare: {{{string.Join(", ", Enumerable.Range(1, 900).Select(i => $"v{i}: {{set: {{units.*.count: {i}}}}}"))}}}\n", "FS0508"),
        ("workloads in as many variants as may be", () => $"{Head}{Nodes}workloads: {{a: {{count: 100k}}, b: {{count: 100k}}}}\n{Variants(4)}", null),
        ("workloads of many entries in variants", () => $"{Head}{Nodes}workloads: {{{string.Join(", ", Enumerable.Range(0, 1_500).Select(i => $"a{i}: {{}}"))}, a: {{}}}}\n{Variants(100)}", "FS0508"),
        ("workloads that are drawn in variants", () => $"{Head}{Nodes}workloads: {{a: {{count: 100k, cpu: lognormal(median=1 p95=2), replicas: choice(1=50% 2=50%)}}}}\n{Variants(9)}", "FS0508"),
        ("affinities of many workloads in variants", () => $"{Head}{Nodes}workloads: {{b: {{}}, a: {{count: 10k, affinity: [{string.Join(", ", Enumerable.Repeat("{to: b, by: zone, when-impossible: schedule-anyway}", 60))}]}}}}\n{Variants(99)}", "FS0508"),
        ("figures over many workloads in variants", () => $"{Head}{Nodes}workloads: {{a: {{count: 6k}}}}\nservices: {{{string.Join(", ", Enumerable.Range(0, 1_500).Select(i => $"s{i}: {{aggregate: mean-over(workloads)}}"))}}}\n{Variants(99)}", "FS0508"),
        ("targets of many faults in variants", () => $"{Head}{Nodes}workloads: {{a: {{replicas: 100k}}}}\nfaults: {{{string.Join(", ", Enumerable.Range(0, 13).Select(i => $"f{i}: {{of: workloads, every: exp(1y), lasts: 1h}}"))}}}\n{Variants(9)}", "FS0508"),
        ("requests of many workloads that hardly ever fit", () => $"{Head}nodes: {{w: {{count: 10, cpu: 1}}}}\nworkloads: {{{string.Join(", ", Enumerable.Range(0, 2_000).Select(i => $"a{i}: {{cpu: lognormal(median=1000 p95=2000)}}"))}}}\n", "FS0424"),
        ("a choice of lives of many units", () => $"{Head}units: {{a: {{count: 40, fails: mix(50% exp(1d) 50% exp(2d)), repair: {{takes: exp(1h)}}}}}}\nservices: {{s: {{up-when: 20 of a}}}}\n{Short}", null),
        ("a choice of lives of many different units", () => $"{Head}units: {{{string.Join(", ", Enumerable.Range(1, 40).Select(i => $"a{i}: {{fails: mix(50% exp({i}d) 50% exp(2d)), repair: {{takes: exp(1h)}}}}"))}}}\nservices: {{s: {{up-when: a1}}}}\n{Short}", null),
        ("more states than can be kept", () => $"{Head}units: {{{string.Join(", ", Enumerable.Range(1, 1_000).Select(i => $"a{i}: {{fails: exp({i}d), repair: {{takes: exp(1h)}}}}"))}}}\nservices: {{s: {{up-when: a1}}}}\n{Short}", null),
        ("failures of a nanosecond", () => $"{Head}units: {{a: {{fails: 1ns, repair: {{takes: 0s}}}}}}\nservices: {{s: {{up-when: a}}}}\nrun: {{horizon: 1us, replications: 2}}\n", null),
        ("round trips of 290 years", () => File.ReadAllText(Repository.Tests("Robustness", "Corpus", "round-trips-of-290-years.yaml")), null),
        ("a model too large for the machine", () => $"{Head}units: {{a: {{count: 999k, fails: exp(10y)}}}}\nservices: {{s: {{up-when: 5 of a}}}}\n{Short}", null),
    ];

    private const string Nodes = "nodes: {w: {count: 100, cpu: 400}}\n";

    private static string Variants(int count) =>
        $"compare: {{{string.Join(", ", Enumerable.Range(1, count).Select(i => $"v{i}: {{set: {{workloads.a.stop: {i}s}}}}"))}}}\n";

    private static string UnitVariants(int count) =>
        $"compare: {{{string.Join(", ", Enumerable.Range(1, count).Select(i => $"v{i}: {{set: {{units.unit-number-{i}.count: 3}}}}"))}}}\n";

    private static string Repeat(int count, Func<int, string> text)
    {
        StringBuilder all = new();
        for (int i = 0; i < count; i++)
        {
            all.Append(text(i));
        }
        return all.ToString();
    }
}
