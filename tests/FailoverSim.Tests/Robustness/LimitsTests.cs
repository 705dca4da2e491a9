using System.Globalization;
using System.Text;
using FailoverSim.Scenario;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Files;
using FailoverSim.Scenario.Yaml;
using FailoverSim.Tests.Cli;
using Xunit;

namespace FailoverSim.Tests.Robustness;

/// <summary>Every limit of engine/docs/limits.md on scenarios, from both sides: what is just within it is read, what is just beyond it is told.</summary>
public sealed class LimitsTests
{
    private const string Head = "failoversim: 1\nname: x\n";
    private const string Unit = "units: {a: {count: 2, fails: exp(1d), repair: {takes: 1h}}}\nservices: {s: {up-when: 1 of a}}\n";
    private const string Pods = "workloads: {p: {}}\nservices: {s: {probe: workload p}}\n";

    /// <summary>What is limited, how a file with so much of it looks, the most, and the code of one more.</summary>
    public static TheoryData<string, int, string> Limits => new()
    {
        { "depth", 64, "FS0009" },
        { "values", 300_000, "FS0018" },
        { "entries", 10_000, "FS0018" },
        { "items", 10_000, "FS0018" },
        { "characters", 20_000, "FS0018" },
        { "key", 20_000, "FS0018" },
        { "name", 200, "FS0104" },
        { "title", 1_000, "FS0228" },
        { "zones", 100, "FS0109" },
        { "racks", 1_000, "FS0109" },
        { "pools", 100, "FS0109" },
        { "crews", 1_000, "FS0109" },
        { "spread", 100, "FS0109" },
        { "affinity", 100, "FS0109" },
        { "anti-affinity", 100, "FS0109" },
        { "machines", 10_000, "FS0420" },
        { "etcd", 9, "FS0431" },
        { "apiserver", 100, "FS0431" },
        { "workloads", 200_000, "FS0425" },
        { "units", 1_000_000, "FS0410" },
        { "variants", 1_000, "FS0508" },
        { "replications", 1_000_000_000, "FS0207" },
        { "give-up-after", 1_000_000_000, "FS0207" },
        { "windows", 100_000, "FS0429" },
        { "samples", 1_000_000, "FS0213" },
        { "law", 64, "FS0009" },
        { "brackets", 64, "FS0009" },
        { "path", 64, "FS0009" },
        { "aliases", 100_000, "FS0008" },
        { "pods", 1_000_000, "FS0425" },
        { "parts", 100_000, "FS0412" },
        { "levels", 200, "FS0412" },
        { "years", 290, "FS0409" },
    };

    [Theory]
    [MemberData(nameof(Limits))]
    public void What_is_within_a_limit_is_read_and_one_more_is_told(string what, int most, string code)
    {
        Assert.DoesNotContain(Read(what, most), finding => finding.Code.Id == code);
        Diagnostic beyond = Assert.Single(Read(what, most + 1), finding => finding.Code.Id == code);
        Assert.True(beyond.Line > 0 && beyond.Remedy.Length > 0);
    }

    [Fact]
    public void Of_more_than_a_thousand_findings_the_first_are_told()
    {
        static string Unknown(int keys) => Head + "run: {" + string.Join(", ", Enumerable.Range(0, keys).Select(i => $"k{i}: 1")) + "}\n";
        Assert.Equal(1_000, Read(Unknown(1_000)).Count);
        IReadOnlyList<Diagnostic> more = Read(Unknown(5_000));
        Assert.Equal(1_001, more.Count);
        Assert.Single(more, finding => finding.Code == Codes.TooManyFindings);
    }

    [Fact]
    public void Findings_of_each_severity_are_told_apart_and_none_at_any_length()
    {
        DiagnosticBag bag = new();
        Mark mark = new("s.yaml", 1, 1);
        for (int i = 0; i < 1_000; i++)
        {
            bag.Error(mark, Codes.UnknownKey, $"e{i}", "r");
            bag.Warning(mark, Codes.UnknownKey, $"w{i}", "r");
            bag.Note(mark, Codes.UnknownKey, $"n{i}", "r");
        }
        Assert.DoesNotContain(bag.Sorted(), finding => finding.Code == Codes.TooManyFindings);
        Assert.Equal(3_000, bag.Sorted().Count);
        bag.Warning(mark, Codes.UnknownKey, "one more", "r");
        Assert.Equal(Severity.Warning, Assert.Single(bag.Sorted(), finding => finding.Code == Codes.TooManyFindings).Severity);

        bag = new();
        bag.Error(mark, Codes.UnknownKey, new string('m', 600), new string('r', 601));
        Diagnostic told = Assert.Single(bag.Sorted());
        Assert.Equal((new string('m', 600), new string('r', 599) + "…"), (told.Message, told.Remedy));
    }

    /// <summary>It holds every default, so it may be longer than what anybody writes; values are counted in the same way.</summary>
    [Fact]
    public void What_expand_has_printed_is_read_up_to_limits_of_its_own()
    {
        Assert.Equal(new YamlLimits(64 << 20, 5_000_000), YamlLimits.Resolved);
        Assert.DoesNotContain(Resolved(Padded(64 << 20)), finding => finding.Code == Codes.FileTooLarge);
        Assert.Equal(Codes.FileTooLarge, Assert.Single(Resolved(Padded((64 << 20) + 1))).Code);
        string lists = $"{Head}a: [{string.Join(",", Enumerable.Repeat($"[{Items(10_000)}]", 30))}]\n";
        Assert.Contains(Read(lists), finding => finding.Code == Codes.TooMuchInFile);
        Assert.DoesNotContain(Resolved(lists), finding => finding.Code == Codes.TooMuchInFile);

        static IReadOnlyList<Diagnostic> Resolved(string text) => ScenarioFile.ReadResolved("s.yaml", Encoding.UTF8.GetBytes(text)).Diagnostics;
    }

    [Theory]
    [InlineData("", "", true)]
    [InlineData(", standby: {kind: cold, needed: 1}", "", true)]
    [InlineData(", standby: {kind: cold, needed: 1}", "outputs: [margin]\n", false)]
    public void A_million_units_fit_unless_much_is_asked_of_each(string each, string more, bool fits) => Assert.Equal(
        fits, Read($"{Head}units: {{a: {{count: 999k, fails: exp(1d){each}}}}}\nservices: {{s: {{up-when: 1 of a}}}}\n{more}").All(finding => finding.Code != Codes.ModelTooLarge));

    [Fact]
    public void What_is_too_large_together_is_told_with_the_largest_part_and_its_place()
    {
        Diagnostic finding = Assert.Single(Read($"{Head}nodes: {{w: {{count: 10k, cpu: 100}}}}\nworkloads:\n  few: {{replicas: 10}}\n  many: {{replicas: 960k}}\n"), f => f.Severity == Severity.Error);
        Assert.Equal((Codes.ModelTooLarge, 6, 20), (finding.Code, finding.Line, finding.Column));
        Assert.Contains("the model would take 1.1 GiB of memory, and may take 1 GiB; pods take 916 MiB, most of it 'many'", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Variants_that_are_too_large_together_are_told()
    {
        static string Sweep(int points, int machines) =>
            $"{Head}nodes: {{w: {{count: {machines}, cpu: 4}}}}\n{Pods}sweep: {{c: {{path: nodes.w.cpu, values: [{string.Join(", ", Enumerable.Range(1, points))}]}}}}\n";
        Assert.DoesNotContain(Read(Sweep(95, 10_000)), finding => finding.Code == Codes.TooManyVariants);
        Assert.Contains("1,000,000 values", Assert.Single(Read(Sweep(105, 10_000)), finding => finding.Code == Codes.TooManyVariants).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a: {count: 10k, replicas: 15, affinity: {by: zone, when-impossible: schedule-anyway}}")]
    [InlineData(null)]
    public void What_Kubernetes_allows_fits_into_six_variants(string? workloads)
    {
        // As one entry, with faults of all pods and nodes; and as 10,000 entries.
        string faults = workloads is null ? "" : "faults: {p: {of: workloads, every: exp(1y), lasts: 1h}, n: {of: nodes.w, every: exp(1y), lasts: 1h}}\n";
        workloads ??= string.Join(", ", Enumerable.Range(0, 9_999).Select(i => $"a{i}: {{replicas: 15, cpu: 100m, memory: 1GiB}}").Prepend("a: {replicas: 15}"));
        string compare = string.Join(", ", Enumerable.Range(1, 6).Select(i => $"v{i}: {{set: {{workloads.a.cpu: {i}m}}}}"));
        Assert.DoesNotContain(
            Read($"{Head}nodes: {{w: {{count: 5k, cpu: 400}}}}\nworkloads: {{{workloads}}}\n{faults}services: {{m: {{aggregate: mean-over(workloads)}}, q: {{aggregate: quantile(workloads 1%)}}}}\ncompare: {{{compare}}}\n"),
            finding => finding.Severity == Severity.Error);
    }

    [Fact]
    public void The_length_of_a_file_is_bounded()
    {
        Assert.DoesNotContain(Read(Padded(4 << 20)), finding => finding.Code == Codes.FileTooLarge);
        Assert.Equal(Codes.FileTooLarge, Assert.Single(Read(Padded((4 << 20) + 1))).Code);
    }

    [Fact]
    public void Files_beside_a_scenario_are_read_once_and_no_more_of_them_than_a_bound()
    {
        byte[] content = [.. Enumerable.Repeat("12.3456789s\n"u8.ToArray(), 870_000).SelectMany(line => line)];
        int read = 0;
        IReadOnlyList<Diagnostic> Use(params string[] files) => ScenarioFile.Read(
            "s.yaml",
            Encoding.UTF8.GetBytes($"{Head}units: {{{string.Join(", ", files.Select((file, i) => $"u{i}: {{fails: empirical({file})}}"))}}}\nservices: {{s: {{up-when: u0}}}}\n"),
            null,
            _ =>
            {
                read++;
                return content;
            }).Diagnostics;
        // Of another form each, and the same file.
        Assert.DoesNotContain(Use("a", "./a", ".//a", "a"), finding => finding.Severity == Severity.Error);
        Assert.Equal(1, read);
        Assert.DoesNotContain(Use("a", "b", "c"), finding => finding.Severity == Severity.Error);
        Assert.Contains("32 MiB", Assert.Single(Use("a", "b", "c", "d"), finding => finding.Severity == Severity.Error).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_beside_a_scenario_have_32_MiB_together()
    {
        FilesBeside files = new(path => new byte[path == "one" ? 1 : 16 << 20]);
        Assert.True(files.TryRead("a", out _, out _) && files.TryRead("b", out _, out _));
        Assert.False(files.TryRead("one", out _, out string reason));
        Assert.Contains("32 MiB", reason, StringComparison.Ordinal);
    }

    private static IReadOnlyList<Diagnostic> Read(string what, int count)
    {
        using TempFolder folder = new();
        string names = string.Join(", ", Enumerable.Range(0, what is "samples" ? 0 : Math.Min(count, 20_000)).Select(i => $"n{i}: {{}}"));
        string text = what switch
        {
            // The value of the key is at the second level.
            "depth" => $"{Unit}a: {new string('[', count - 2)}x{new string(']', count - 2)}\n",
            // Seven values above the 40 lists and what is left over.
            "values" => "a: [" + string.Join(", ", Enumerable.Range(0, 40).Select(_ => $"[{Items((count - 47) / 40)}]").Append(Items((count - 47) % 40))) + "]\n",
            "entries" => $"a: {{{names}}}\n",
            "items" => $"a: [{Items(count)}]\n",
            "characters" => $"title: {new string('x', count)}\n{Unit}",
            "key" => $"? {new string('x', count)}\n: 1\n{Unit}",
            "name" => $"units: {{{new string('a', count)}: {{fails: exp(1d)}}}}\n",
            "title" => $"title: {new string('x', count)}\n{Unit}",
            "zones" => $"topology: {{zones: {{{names}}}}}\nnodes: {{w: {{count: 3, cpu: 4}}}}\n{Pods}",
            "racks" => $"topology: {{racks: {{{names.Replace("{}", "{zone: zone}", StringComparison.Ordinal)}}}}}\nnodes: {{w: {{count: 3, cpu: 4}}}}\n{Pods}",
            "pools" => $"nodes: {{{names.Replace("{}", "{count: 1, cpu: 4}", StringComparison.Ordinal)}}}\n{Pods}",
            "crews" => $"crews: {{{names}}}\n{Unit}",
            "spread" => $"nodes: {{w: {{count: 3, cpu: 4}}}}\nworkloads: {{p: {{spread: [{string.Join(", ", Enumerable.Repeat("{by: node}", count))}]}}}}\n",
            "affinity" or "anti-affinity" => $"nodes: {{w: {{count: 3, cpu: 4}}}}\nworkloads: {{p: {{{what}: [{string.Join(", ", Enumerable.Repeat("{to: p}", count))}]}}}}\n",
            "machines" => $"nodes: {{w: {{count: 1, cpu: 4}}, v: {{count: {count - 1}, cpu: 4}}}}\n{Pods}",
            "etcd" or "apiserver" => $"nodes: {{a: {{count: 3, runs: [{what}]}}, b: {{count: {count - 3}, runs: [{what}]}}}}\n",
            "workloads" => $"nodes: {{w: {{count: 100, cpu: 400}}}}\nworkloads: {{a: {{count: 60k}}, b: {{count: 60k}}, c: {{count: {count - 120_000}}}}}\n",
            "units" => $"units: {{a: {{fails: exp(1d)}}, b: {{count: {count - 1}, fails: exp(1d)}}}}\nservices: {{s: {{up-when: a}}}}\n",
            "variants" => $"{Unit}compare: {{{names.Replace("{}", "{set: {units.a.count: 3}}", StringComparison.Ordinal)}}}\n",
            "replications" => $"{Unit}run: {{replications: {count}}}\n",
            "give-up-after" => $"{Unit}run: {{stop-when: unavailability(s) within 5% at 95%, give-up-after: {{replications: {count}}}}}\n",
            "path" => $"{Unit}compare: {{v: {{set: {{{string.Join('.', Enumerable.Repeat("a", count))}: 1}}}}}}\n",
            "windows" => $"{Unit}slo: {{o: {{service: s, objective: 99%, window: 1h, require: P(met) >= 90%}}}}\nrun: {{horizon: {count.ToString(CultureInfo.InvariantCulture)}h}}\n",
            "samples" => "units: {a: {fails: empirical(a.csv)}}\nservices: {s: {up-when: a}}\n",
            "brackets" => $"units: {{a: {{fails: exp(1d)}}}}\nservices: {{s: {{up-when: '{new string('(', count)}a{new string(')', count)}'}}}}\n",
            // Each alias adds the list and its nine items.
            "aliases" => $"a: &a [{Items(9)}]\nb: [{string.Join(",", Enumerable.Range(0, 10).Select(_ => $"[{string.Join(",", Enumerable.Repeat("*a", 999))}]"))}, [{string.Join(",", Enumerable.Repeat("*a", (count - 99_900) / 10))}]{(count % 10 == 0 ? "" : ", *a")}]\n",
            "pods" => $"nodes: {{w: {{count: 1, cpu: 1}}}}\nworkloads: {{a: {{replicas: 400k}}, b: {{replicas: {count - 400_000}}}}}\n",
            "parts" => $"units: {{a: {{fails: exp(1d)}}}}\nservices: {{s0: {{up-when: a{string.Concat(Enumerable.Repeat(" and a", 999))}}}, s1: {{up-when: s0{string.Concat(Enumerable.Repeat(" and s0", 97))}}}, "
                + $"s2: {{up-when: s1{string.Concat(Enumerable.Repeat(" and a", count - 98_098 - 1))}}}}}\n",
            "levels" => $"units: {{a: {{fails: exp(1d)}}}}\nservices: {{s1: {{up-when: a}}, {string.Join(", ", Enumerable.Range(2, count - 1).Select(i => $"s{i}: {{up-when: s{i - 1}}}"))}}}\n",
            "years" => $"{Unit}run: {{horizon: {count - 1}y, warm-up: 1y}}\n",
            _ => $"units: {{a: {{fails: '{string.Concat(Enumerable.Repeat("mix(100% ", count - 1))}exp(1d){new string(')', count - 1)}'}}}}\nservices: {{s: {{up-when: a}}}}\n",
        };
        if (what == "samples")
        {
            folder.Write("a.csv", string.Concat(Enumerable.Repeat("1s\n", count)));
        }
        return ScenarioFile.Read(folder.Write("s.yaml", Head + text)).Diagnostics;
    }

    private static string Padded(int length) => Head + Unit + new string('#', length - Head.Length - Unit.Length);

    private static string Items(int count) => string.Join(",", Enumerable.Repeat("a", count));

    private static IReadOnlyList<Diagnostic> Read(string text) => ScenarioFile.Read("s.yaml", Encoding.UTF8.GetBytes(text)).Diagnostics;
}
