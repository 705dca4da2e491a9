using System.Text;
using FailoverSim.Scenario.Reading;
using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Scenario.Output;

/// <summary>The resolved scenario in the language itself; a comment behind each value tells where it comes
/// from.</summary>
internal sealed class Expansion
{
    private readonly StringBuilder _text = new();

    public static string Of(BoundMapping file)
    {
        var expansion = new Expansion();
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
            case BoundRecords records:
                Line(indent, name);
                foreach (var (key, entry) in records.Items.SelectMany(item => item.Entries))
                {
                    // One key per item, as they are usually written.
                    Entry($"- {key.Name}", entry, indent + 2);
                }
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
                }
                break;
            default:
                Line(indent, name, "{}", value.Mark);
                break;
        }
    }

    private void Line(int indent, string name) => _text.Append(' ', indent).Append(name).Append(":\n");

    /// <summary>What follows from other values is a comment: written out, it would no longer follow them in a
    /// variant.</summary>
    private void Line(int indent, string name, string value, Mark mark) =>
        _text.Append(' ', indent).Append(mark.IsDerived ? "# " : "").Append(name).Append(": ").Append(value)
            .Append("  # ").Append(mark.Source).Append('\n');
}
