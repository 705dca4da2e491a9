using System.Text;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Files;
using FailoverSim.Scenario.Output;
using FailoverSim.Scenario.Reading;
using FailoverSim.Scenario.Templates;
using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Tests.Robustness.Fuzzing;

/// <summary>Scenario files that are nearly valid: by bytes, by lines, by words, and by their structure.</summary>
internal sealed class ScenarioMutator
{
    /// <summary>Values of a file of which many models are made.</summary>
    private const int MostWeight = 400;

    private static readonly char[] Ends = [' ', '\n', ',', ':', '{', '}', '[', ']', '(', ')', '=', '\''];

    /// <summary>Values that break what believes them.</summary>
    private static readonly string[] Hostile =
    [
        "0", "-1", "1", "2", "7", "1000", "1000000", "1000000000", "99999999999999999999", "99999999999999999999999999999", "0.5", "1e9", "1e400", "NaN", "Infinity",
        "0s", "1ns", "1us", "1s", "1h30m", "290y", "291y", "1000y", "9999999999y", "0.1ns", "1.5", "true", "~", "''", "' '",
        "exp(1ns)", "exp(0s)", "exp(9999999999y)", "never", "mix(50% exp(1d) 50% never)", "mix(100% 0s)", "weibull(shape=0.05 mean=1y)", "weibull(shape=1000 mean=1ns)",
        "lognormal(mean=1h cv=1000)", "lognormal(median=1ns p99=290y)", "gamma(shape=0.05 mean=1y max=1ns)", "gamma(shape=1000 mean=1y)", "erlang(k=1000 mean=1ns)",
        "triangular(0s 0s 1ns)", "0s..1ns", "1h..290y", "exp(1d min=289y)", "exp(1d max=1ns)", "empirical(a.csv)", "empirical(../a.csv)", "empirical(/dev/zero)", "empirical(.)",
        "AFR 99%", "AFR 0%", "1M per hour", "1 per year", "0%", "100%", "99.9999999999%", "0.0000001%", "1%..1000%", "100%..0%",
        "1..2 in 3 steps", "1s..2s in 40 steps", "1..70000000000000000000000000000 in 8 steps", "1s..1s in 2 steps", "choice(1=50% 1000000=50%)", "choice(2=100%)", "1..4", "lognormal(median=7 p95=14)",
        "a", "base", "none", "any", "all", "of", "not a", "2 of a", "100% of a", "0 of a", "3 of (a, b, c)", "a and (b or c)", "((((((((a))))))))", "a or a or a", "ready >= 1", "ready >= 200% of replicas",
        "nodes.*", "nodes.cp", "zones", "zone-links", "power", "racks", "etcd", "etcd.leader", "etcd@cp-1", "workloads", "workloads.*", "workload.a", "workload.a.host", "cloud-api", "registry", "vip.holder", "kubelet", "cni",
        "units.*.count", "*", "*.*.*", "units.a.fails", "run.horizon", "nodes.*.count", "a.b.c.d.e.f", "....", "faults.*.every",
        "down", "hang", "stall", "slow(factor=1000000)", "lossy(100%)", "partition", "lost-for-good", "answers-check-but-drops-traffic", "both", "either",
        "rolling 1ns", "rolling 30d", "calendar-month", "calendar-month Pacific/Apia", "calendar-month Antarctica/Troll", "P(met) >= 100%", "P(any outage > 0s in 1ns) <= 0%", "P(any outage > 30m in 1y) <= 2%",
        "24x7", "otherwise", "Mon-Sun 00:00-24:00 Pacific/Apia", "22:00-06:00", "Sat 02:00-02:00 Europe/Lisbon", "1900-01-01", "2500-12-31", "9999-12-31",
        "unavailability(a) within 0.1% at 99.9%", "mean-over(workloads)", "quantile(workloads 1%)", "quantile(a 100%)", "all-of(workloads)", "probe", "workload a", "apiserver.write", "etcd.write", "dns", "node-network", "vip.held",
        "kubernetes/v1.33", "kubernetes/v9.99", "cloud-lb/gcp", "public-cloud-vm", "exhaustive", "elided", "0B", "1B", "999999999999GiB", "1MiB/s", "0.1/s", "500m", "0.001", "1000000000000000000000m",
    ];

    private readonly byte[][] _files;
    private readonly string[][] _lines;
    private readonly string[] _words;
    private readonly YamlMapping[] _trees;
    private readonly YamlMapping[] _valid;
    private readonly List<YamlNode> _nodes = [];
    private readonly Dictionary<string, List<YamlNode>> _byKey = new(StringComparer.Ordinal);

    /// <param name="more">Files beside those that are committed.</param>
    public ScenarioMutator(IEnumerable<string> more)
    {
        string[] texts =
        [
            .. Directory.GetFiles(Repository.Scenarios, "*.yaml").Order(StringComparer.Ordinal).Select(File.ReadAllText),
            .. ScenarioTemplate.All.Select(template => template.Text),
            .. Directory.GetFiles(Repository.Tests("Scenarios", "Broken"), "*.yaml").Order(StringComparer.Ordinal).Select(File.ReadAllText),
            .. more,
        ];
        _files = [.. texts.Select(Encoding.UTF8.GetBytes)];
        _lines = [.. texts.Select(text => text.Split('\n'))];
        _words = [.. texts.SelectMany(text => text.Split(Ends, StringSplitOptions.RemoveEmptyEntries)).Distinct().Order(StringComparer.Ordinal), .. Hostile];
        _trees = [.. texts.Select(text => YamlComposer.Compose(text, new Mark("corpus", 1, 1), new DiagnosticBag())).OfType<YamlMapping>()];
        foreach (YamlMapping tree in _trees)
        {
            Collect(tree);
        }
        _valid = [.. _trees.Where(tree => tree.Weight < MostWeight && Resolver.Resolve(tree, FilesBeside.None, new DiagnosticBag()).Spec is not null)];
    }

    /// <summary>The file of a number.</summary>
    public byte[] Mutant(int number)
    {
        Random dice = new(number);
        return dice.Next(10) switch
        {
            0 or 1 => ByteMutator.Mutate(dice, Any(dice, _files), Any(dice, _files)),
            2 or 3 => Encoding.UTF8.GetBytes(string.Join('\n', Lines(dice))),
            4 or 5 => Encoding.UTF8.GetBytes(Words(dice)),
            _ => Encoding.UTF8.GetBytes(Text(Tree(dice))),
        };
    }

    /// <summary>
    /// A file without errors, mostly: a valid one in which some values are those that the same key has elsewhere, or hostile ones; what is
    /// refused is taken back.
    /// </summary>
    public string Valid(int number)
    {
        Random dice = new(number);
        YamlMapping tree = Any(dice, _valid);
        for (int tries = 0; tries < 4; tries++)
        {
            YamlMapping changed = (YamlMapping)Revalued(dice, tree, "");
            DiagnosticBag bag = new();
            tree = Resolver.Resolve(changed, FilesBeside.None, bag).Spec is null ? tree : changed;
        }
        return Text(tree);
    }

    private static T Any<T>(Random dice, IReadOnlyList<T> items) => items[dice.Next(items.Count)];

    private List<string> Lines(Random dice)
    {
        List<string> lines = [.. Any(dice, _lines)];
        for (int edits = dice.Next(1, 6); edits > 0; edits--)
        {
            int at = dice.Next(lines.Count);
            string[] other = Any(dice, _lines);
            switch (dice.Next(5))
            {
                case 0 when lines.Count > 1:
                    lines.RemoveAt(at);
                    break;
                case 1:
                    lines.Insert(at, lines[dice.Next(lines.Count)]);
                    break;
                case 2:
                    lines[at] = new string(' ', dice.Next(9)) + lines[at].TrimStart();
                    break;
                case 3:
                    lines.InsertRange(at, other.Skip(dice.Next(other.Length)).Take(dice.Next(1, 12)));
                    break;
                default:
                    lines[at] = Any(dice, other);
                    break;
            }
        }
        return lines;
    }

    private string Words(Random dice)
    {
        string text = string.Join('\n', Any(dice, _lines));
        for (int edits = dice.Next(1, 6); edits > 0; edits--)
        {
            int at = dice.Next(text.Length);
            int start = text.LastIndexOfAny(Ends, at) + 1;
            int end = text.IndexOfAny(Ends, at);
            end = end < 0 ? text.Length : end;
            text = text[..Math.Min(start, end)] + Any(dice, _words) + text[end..];
        }
        return text;
    }

    private YamlMapping Tree(Random dice)
    {
        YamlMapping tree = Any(dice, _trees);
        for (int edits = dice.Next(1, 6); edits > 0; edits--)
        {
            tree = Changed(dice, tree) as YamlMapping ?? tree;
        }
        return tree;
    }

    private YamlNode Changed(Random dice, YamlNode node)
    {
        switch (node)
        {
            case YamlMapping { Entries.Count: > 0 } mapping:
                int at = dice.Next(mapping.Entries.Count);
                YamlEntry entry = mapping.Entries[at];
                List<YamlEntry> entries = [.. mapping.Entries];
                switch (dice.Next(12))
                {
                    case 0:
                        entries.RemoveAt(at);
                        break;
                    case 1:
                        entries[at] = entry with { Value = Any(dice, _nodes) };
                        break;
                    case 2:
                        entries[at] = entry with { Key = Scalar(Any(dice, _words)) };
                        break;
                    case 3:
                        // One more of the kind, or fifty.
                        entries.AddRange(Enumerable.Range(0, dice.Next(2) == 0 ? 1 : 50).Select(i => entry with { Key = Scalar($"{entry.Key.Text}-{i}") }));
                        break;
                    case 4:
                        YamlMapping other = Any(dice, _trees);
                        entries.Add(other.Entries[dice.Next(other.Entries.Count)]);
                        break;
                    default:
                        entries[at] = entry with { Value = Changed(dice, entry.Value) };
                        break;
                }
                return new YamlMapping(mapping.Mark, [.. entries.DistinctBy(e => e.Key.Text)]);
            case YamlSequence { Items.Count: > 0 } sequence:
                List<YamlNode> items = [.. sequence.Items];
                int index = dice.Next(items.Count);
                switch (dice.Next(4))
                {
                    case 0:
                        items.RemoveAt(index);
                        break;
                    case 1:
                        items.AddRange(Enumerable.Repeat(items[index], dice.Next(1, 40)));
                        break;
                    default:
                        items[index] = Changed(dice, items[index]);
                        break;
                }
                return new YamlSequence(sequence.Mark, items);
            default:
                return dice.Next(8) switch
                {
                    0 => Any(dice, _nodes),
                    1 => Enumerable.Range(0, dice.Next(1, 80)).Aggregate((YamlNode)Scalar("x"), (inner, _) => new YamlSequence(inner.Mark, [inner])),
                    2 => Scalar(new string('a', 1 << dice.Next(16))),
                    3 => Scalar(Any(dice, _words)),
                    _ => Scalar(Any(dice, Hostile)),
                };
        }
    }

    /// <summary>With another value somewhere.</summary>
    private YamlNode Revalued(Random dice, YamlNode node, string key)
    {
        switch (node)
        {
            case YamlMapping { Entries.Count: > 0 } mapping when dice.Next(6) > 0:
                int at = dice.Next(mapping.Entries.Count);
                return new YamlMapping(mapping.Mark,
                    [.. mapping.Entries.Select((entry, i) => i == at ? entry with { Value = Revalued(dice, entry.Value, entry.Key.Text) } : entry)]);
            case YamlSequence { Items.Count: > 0 } sequence when dice.Next(6) > 0:
                int index = dice.Next(sequence.Items.Count);
                return new YamlSequence(sequence.Mark, [.. sequence.Items.Select((item, i) => i == index ? Revalued(dice, item, key) : item)]);
            default:
                return key.Length == 0 ? node
                    : dice.Next(3) > 0 && _byKey.TryGetValue(key, out List<YamlNode>? others) ? Any(dice, others)
                    : Scalar(Any(dice, Hostile));
        }
    }

    private void Collect(YamlNode node)
    {
        _nodes.Add(node);
        foreach (YamlEntry entry in (node as YamlMapping)?.Entries ?? [])
        {
            if (!_byKey.TryGetValue(entry.Key.Text, out List<YamlNode>? values))
            {
                _byKey.Add(entry.Key.Text, values = []);
            }
            values.Add(entry.Value);
        }
        foreach (YamlNode below in node switch
        {
            YamlMapping mapping => mapping.Entries.Select(entry => entry.Value),
            YamlSequence sequence => sequence.Items,
            _ => [],
        })
        {
            Collect(below);
        }
    }

    private static YamlScalar Scalar(string text) => YamlScalar.Of(new Mark("fuzz", 1, 1), text);

    private static string Text(YamlMapping tree) =>
        string.Concat(tree.Entries.Select(entry => $"{YamlText.Scalar(entry.Key.Text)}: {YamlText.Flow(entry.Value)}\n"));
}
