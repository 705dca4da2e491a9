using System.Security.Cryptography;
using System.Text;
using FailoverSim.Scenario.Reading;

namespace FailoverSim.Scenario.Output;

/// <summary>
/// The resolved scenario as one line <c>path = value</c> per value, each in its normal form and with defaults written
/// out:
/// comments, layout, units (<c>90m</c>, <c>1h30m</c>) and the order of keys leave it unchanged.
/// </summary>
internal static class NormalText
{
    public static string Of(BoundMapping file)
    {
        var text = new StringBuilder();
        Write(text, "", file);
        return text.ToString();
    }

    public static string Hash(string normal) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(normal)));

    private static void Write(StringBuilder text, string path, Bound value)
    {
        switch (value)
        {
            case BoundScalar scalar:
                Line(text, path, Value(scalar));
                break;
            case BoundList list:
                Line(text, path, string.Join(", ", list.Items.Select(Value)));
                break;
            case BoundFree free:
                Line(text, path, YamlText.Flow(free.Node));
                break;
            case BoundMap map:
                Line(text, path, string.Join(", ", map.Items.OrderBy(item => item.Name, StringComparer.Ordinal)
                    .Select(item => $"{item.Name}: {Value(item.Value)}")));
                break;
            case BoundRecords { IsFlat: false, Items: [var only] }:
                Write(text, path, only);
                break;
            case BoundRecords { IsFlat: false } records:
                for (int i = 0; i < records.Items.Count; i++)
                {
                    Write(text, FormattableString.Invariant($"{path}[{i + 1}]"), records.Items[i]);
                }
                break;
            case BoundRecords records:
                Line(text, path, string.Join(", ", records.Items.SelectMany(item => item.Entries)
                    .SelectMany(entry => Texts(entry.Key.Name, entry.Value)).Order(StringComparer.Ordinal)));
                break;
            case BoundNamed named:
                // The order of names is kept: 'crew: any' and the tables follow it.
                Line(text, path, string.Join(", ", named.Items.Select(item => item.Name)));
                foreach (var item in named.Items)
                {
                    Write(text, $"{path}.{item.Name}", item.Value);
                }
                break;
            case BoundMapping mapping:
                foreach (var (key, child) in mapping.Entries)
                {
                    Write(text, path.Length == 0 ? key.Name : $"{path}.{key.Name}", child);
                }
                if (mapping.Others.Count > 0)
                {
                    Line(text, path, string.Join(", ", mapping.Others.Select(other => other.Name)));
                }
                foreach (var other in mapping.Others)
                {
                    Write(text, $"{path}.{other.Name}", other.Value);
                }
                break;
        }
    }

    private static IEnumerable<string> Texts(string key, Bound value) => value switch
    {
        BoundScalar scalar => [$"{key}: {Value(scalar)}"],
        BoundList list => list.Items.Select(item => $"{key}: {Value(item)}"),
        _ => [],
    };

    private static string Value(BoundScalar scalar) => scalar.Kind.WriteValue(scalar.Value!);

    private static void Line(StringBuilder text, string path, string value) =>
        text.Append(path).Append(" = ").Append(value).Append('\n');
}
