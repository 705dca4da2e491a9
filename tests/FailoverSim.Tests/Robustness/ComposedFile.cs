using System.Globalization;
using System.Text;
using FailoverSim.Scenario;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Files;
using FailoverSim.Scenario.Reading;
using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Tests.Robustness;

/// <summary>
/// A valid file made of another one: keys, entries and whole blocks left out at random, numbers made small, services with any probe
/// added. What makes the file invalid is taken back, so that much is left out of each and what remains still fits together.
/// </summary>
internal sealed class ComposedFile
{
    private const int Tries = 14;

    private static readonly string[] Probes =
    [
        "apiserver.write", "apiserver.read", "controller-manager.acting", "scheduler.acting", "cloud-controller-manager.acting",
        "etcd.write", "etcd.leader", "vip.held", "node-network", "dns",
    ];

    private static readonly string[] Ways = ["vip", "keepalived", "haproxy", "nginx", "cloud-lb", "dns"];

    private readonly Random _random;
    private readonly YamlNode _run;
    private readonly YamlMapping _root;

    /// <param name="text">A valid file.</param>
    /// <param name="seed">What is left out.</param>
    public ComposedFile(string text, int seed)
    {
        _random = new Random(seed);
        _root = (YamlMapping)YamlComposer.Compose(text, new Mark("source", 1, 1), new DiagnosticBag())!;
        // What is varied needs all the names of the file, and the faults of a year would not be seen in a day.
        _root = Without(_root, "compare", "sweep", "sensitivity", "run");
        _run = Compose($"{{horizon: {Horizon}, replications: 2{(_random.Next(4) == 0 ? ", warm-up: 1h" : "")}}}");
        _root = _root.With(Scalar("run"), _run);
        _root = (YamlMapping)Smaller(_root);
        if (HasErrors())
        {
            // Such as objectives with windows longer than the horizon.
            _root = Without(_root, "slo");
        }
        IsWhole = !HasErrors();
        for (int i = 0; i < Tries && IsWhole; i++)
        {
            YamlMapping before = _root;
            _root = _random.Next(5) == 0 ? WithService(i) : ((YamlMapping)LeftOut(_root)).With(Scalar("run"), _run);
            if (HasErrors())
            {
                Rejected++;
                _root = before;
            }
        }
    }

    public const string Horizon = "1d";

    /// <summary>Whether the source could be cut to the horizon.</summary>
    public bool IsWhole { get; }

    /// <summary>How often leaving something out was found to be an error.</summary>
    public int Rejected { get; }

    public ScenarioReading Read() => ScenarioFile.Read("composed.yaml", Encoding.UTF8.GetBytes(ToString()));

    public override string ToString() => string.Concat(_root.Entries.Select(entry => $"{Text(entry.Key)}: {Text(entry.Value)}\n"));

    private bool HasErrors()
    {
        DiagnosticBag bag = new();
        return Resolver.Resolve(_root, FilesBeside.None, bag).Spec is null || bag.HasErrors;
    }

    private static YamlScalar Scalar(string text) => YamlScalar.Of(new Mark("composed", 1, 1), text);

    private static YamlNode Compose(string yaml) => YamlComposer.Compose(yaml, new Mark("composed", 1, 1), new DiagnosticBag())!;

    private static YamlMapping Without(YamlMapping mapping, params string[] keys) =>
        new(mapping.Mark, [.. mapping.Entries.Where(entry => !keys.Contains(entry.Key.Text))]);

    /// <summary>In flow style, quoted where that is needed.</summary>
    private static string Text(YamlNode node) => node switch
    {
        YamlMapping mapping => $"{{{string.Join(", ", mapping.Entries.Select(e => $"{Text(e.Key)}: {Text(e.Value)}"))}}}",
        YamlSequence sequence => $"[{string.Join(", ", sequence.Items.Select(Text))}]",
        YamlScalar { IsPlain: true } plain when plain.Text.IndexOfAny([',', '[', ']', '{', '}']) < 0 => plain.Text,
        YamlScalar scalar => $"'{scalar.Text.Replace("'", "''", StringComparison.Ordinal)}'",
        _ => throw new InvalidOperationException($"{node.Noun} in a valid file"),
    };

    /// <summary>The same with something left out, somewhere.</summary>
    private YamlNode LeftOut(YamlNode node)
    {
        switch (node)
        {
            case YamlMapping { Entries.Count: > 0 } mapping:
                int at = _random.Next(mapping.Entries.Count);
                YamlEntry entry = mapping.Entries[at];
                bool isLeaf = entry.Value is YamlScalar or YamlMapping { Entries.Count: 0 } or YamlSequence { Items.Count: 0 };
                if (isLeaf || _random.Next(3) == 0)
                {
                    return new YamlMapping(mapping.Mark, [.. mapping.Entries.Where((_, i) => i != at)]);
                }
                return mapping.With(entry.Key, LeftOut(entry.Value));
            case YamlSequence { Items.Count: > 0 } sequence:
                int left = _random.Next(sequence.Items.Count);
                return new YamlSequence(sequence.Mark, [.. sequence.Items.Where((_, i) => i != left)]);
            default:
                return node;
        }
    }

    /// <summary>With counts of a few, and faults every hours.</summary>
    private YamlNode Smaller(YamlNode node, string key = "") => node switch
    {
        YamlMapping mapping => new YamlMapping(
            mapping.Mark, [.. mapping.Entries.Select(entry => entry with { Value = Smaller(entry.Value, entry.Key.Text) })]),
        YamlScalar scalar when key == "count" && int.TryParse(scalar.Text, CultureInfo.InvariantCulture, out int count) && count > 12 =>
            YamlScalar.Of(scalar.Mark, $"{_random.Next(6, 13)}"),
        YamlScalar scalar when key is "every" or "fails" && scalar.Text.StartsWith("exp(", StringComparison.Ordinal) =>
            YamlScalar.Of(scalar.Mark, $"exp({_random.Next(2, 30)}h)"),
        _ => node,
    };

    private YamlMapping WithService(int number)
    {
        List<string> workloads = [.. (_root.Find("workloads")?.Value as YamlMapping)?.Entries.Select(entry => entry.Key.Text) ?? []];
        string probe = workloads.Count > 0 && _random.Next(3) == 0
            ? $"workload {workloads[_random.Next(workloads.Count)]}{(_random.Next(2) == 0 ? "-1" : "")}"
            : Probes[_random.Next(Probes.Length)];
        string through = _random.Next(2) == 0 ? $", through: {Ways[_random.Next(Ways.Length)]}" : "";
        string timeout = _random.Next(3) == 0 ? ", timeout: 2s" : "";
        YamlMapping services = _root.Find("services")?.Value as YamlMapping ?? new YamlMapping(_root.Mark, []);
        return _root.With(Scalar("services"), services.With(Scalar($"added-{number}"), Compose($"{{probe: {probe}{through}{timeout}}}")));
    }
}
