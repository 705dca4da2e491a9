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

    private readonly byte[][] _files;
    private readonly TextMutator _texts;
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
        _texts = new TextMutator(texts, HostileValues.All);
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
            2 or 3 => Encoding.UTF8.GetBytes(_texts.Lines(dice)),
            4 or 5 => Encoding.UTF8.GetBytes(_texts.Words(dice)),
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
                        entries[at] = entry with { Key = Scalar(_texts.Word(dice)) };
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
                    3 => Scalar(_texts.Word(dice)),
                    _ => Scalar(Any(dice, HostileValues.All)),
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
                    : Scalar(Any(dice, HostileValues.All));
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
