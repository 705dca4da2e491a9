using System.Text;
using FailoverSim.Scenario.Language;
using FailoverSim.Scenario.Reading;
using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Scenario.Output;

/// <summary>The resolved scenario in the language itself; a comment behind each value tells where it comes
/// from.</summary>
internal sealed class Expansion
{
    private readonly StringBuilder _text = new();
    private readonly ILookup<string, DrawnValues> _drawn;

    private Expansion(IReadOnlyList<DrawnValues> drawn) => _drawn = drawn.ToLookup(copy => copy.Group, StringComparer.Ordinal);

    public static string Of(BoundMapping file, IReadOnlyList<DrawnValues> drawn)
    {
        var expansion = new Expansion(drawn);
        expansion.Mapping(file, 0);
        return expansion._text.ToString();
    }

    private void Mapping(BoundMapping mapping, int indent)
    {
        foreach (var (key, value) in mapping.Entries)
        {
            if (indent == 0 && value is not BoundScalar)
            {
                _text.Append('\n');
            }
            Entry(key.Name, value, indent);
        }
        foreach (var other in mapping.Others)
        {
            Entry(YamlText.Scalar(other.Name), other.Value, indent);
        }
    }

    private void Entry(string name, Bound value, int indent)
    {
        switch (value)
        {
            case BoundScalar scalar:
                Line(indent, name, YamlText.Scalar(scalar.Source.Text), scalar.Mark);
                break;
            case BoundList list:
                Line(indent, name,
                    $"[{string.Join(", ", list.Items.Select(item => YamlText.Scalar(item.Source.Text)))}]", list.Mark);
                break;
            case BoundFree free:
                Line(indent, name, YamlText.Flow(free.Node), free.Mark);
                break;
            case BoundMap { Items.Count: > 0 } map:
                Line(indent, name);
                foreach (var item in map.Items)
                {
                    Entry(YamlText.Scalar(item.Name), item.Value, indent + 2);
                }
                break;
            case BoundRecords { IsFlat: false, Items: [var only] }:
                // As paths have it, and not as a list of one.
                Entry(name, only, indent);
                break;
            case BoundRecords { IsFlat: false } records:
                Line(indent, name);
                foreach (var item in records.Items)
                {
                    string dash = "- ";
                    foreach (var (key, entry) in item.Entries)
                    {
                        Entry(dash + key.Name, entry, indent + 2);
                        dash = "  ";
                    }
                }
                break;
            case BoundRecords records when records.Items.All(item => item.Entries.Count == 0):
                // Nothing is said, in however many items.
                Line(indent, name, "[{}]", records.Mark);
                break;
            case BoundRecords records:
                Line(indent, name);
                foreach (var (key, entry) in records.Items.SelectMany(item => item.Entries))
                {
                    // One key per item, as they are usually written.
                    Entry($"- {key.Name}", entry, indent + 2);
                }
                break;
            case BoundMapping mapping when mapping.Others.Count == 0 && IsDerived(mapping):
                var values = mapping.Entries.Select(entry => $"{entry.Key.Name}: {YamlText.Scalar(((BoundScalar)entry.Value).Source.Text)}");
                Line(indent, name, $"{{{string.Join(", ", values)}}}", mapping.Entries[0].Value.Mark);
                break;
            case BoundMapping mapping when mapping.Entries.Count + mapping.Others.Count > 0:
                Line(indent, name);
                Mapping(mapping, indent + 2);
                break;
            case BoundNamed { Items.Count: > 0 } named:
                Line(indent, name);
                foreach (var item in named.Items)
                {
                    Entry(YamlText.Scalar(item.Name), item.Value, indent + 2);
                    if (indent == 0 && name == ScenarioKeys.Workloads.Name)
                    {
                        Drawn(item.Name);
                    }
                }
                break;
            default:
                Line(indent, name, "{}", value.Mark);
                break;
        }
    }

    /// <summary>What was drawn for the copies of a workload, as comments: it follows from the seed.</summary>
    private void Drawn(string workload)
    {
        foreach (var copy in _drawn[workload])
        {
            var values = copy.Values.Select(value => $"{value.Key}: {value.Value}");
            _text.Append("    # ").Append(copy.Name).Append(": {").AppendJoin(", ", values).Append("}  # ").Append(copy.Source).Append('\n');
        }
    }

    /// <summary>Whether all of it follows from other values.</summary>
    private static bool IsDerived(BoundMapping mapping) =>
        mapping.Entries.Count > 0 && mapping.Entries.All(entry => entry.Value is BoundScalar { Mark.IsDerived: true });

    private void Line(int indent, string name) => _text.Append(' ', indent).Append(name).Append(":\n");

    /// <summary>What follows from other values is a comment: written out, it would no longer follow them in a
    /// variant.</summary>
    private void Line(int indent, string name, string value, Mark mark) =>
        _text.Append(' ', indent).Append(mark.IsDerived ? "# " : "").Append(name).Append(": ").Append(value)
            .Append("  # ").Append(mark.Source).Append('\n');
}
