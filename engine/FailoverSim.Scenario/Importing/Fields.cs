using System.Globalization;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Values;
using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Scenario.Importing;

/// <summary>Fields of an object of an API; what is not there is empty, what has another shape than the API's is a finding.</summary>
internal sealed class Fields
{
    private readonly YamlMapping? _mapping;
    private readonly DiagnosticBag _bag;

    public Fields(YamlNode? node, Mark mark, DiagnosticBag bag)
    {
        _mapping = node as YamlMapping;
        _bag = bag;
        Mark = node?.Mark ?? mark;
    }

    public Mark Mark { get; }

    public bool Exists => _mapping is not null;

    public IEnumerable<(YamlScalar Key, Fields Value)> Entries =>
        (_mapping?.Entries ?? []).Select(entry => (entry.Key, new Fields(entry.Value, entry.Key.Mark, _bag)));

    public bool IsList(string key) => _mapping?.Find(key)?.Value is YamlSequence;

    public bool Has(string key) => _mapping?.Find(key) is not null;

    /// <summary>The object below a path of keys.</summary>
    public Fields Map(params string[] path) => path.Aggregate(this, (fields, key) =>
        new Fields(fields.Find<YamlMapping>(key, "an object"), fields.Mark, _bag));

    public IReadOnlyList<Fields> Maps(string key) =>
        [.. Items<YamlMapping>(key, "an object").Select(item => new Fields(item, item.Mark, _bag))];

    public IReadOnlyList<YamlScalar> Texts(string key) => Items<YamlScalar>(key, "a text");

    public YamlScalar? Scalar(string key) => Find<YamlScalar>(key, "a single value");

    public string? Text(string key) => Scalar(key)?.Text;

    public bool IsTrue(string key) => string.Equals(Text(key), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>A whole number; null where there is none.</summary>
    public int? Whole(string key)
    {
        if (Scalar(key) is not { } scalar)
        {
            return null;
        }
        if (int.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= 0)
        {
            return number;
        }
        _bag.Error(scalar.Mark, Codes.ImportValue, $"'{key}' is '{ValueKind.Shown(scalar.Text)}', which is no whole number from 0",
            "write a whole number, as kubectl prints it");
        return null;
    }

    /// <summary>An amount as Kubernetes writes it; 0 where there is none.</summary>
    public decimal Amount(string key)
    {
        if (Scalar(key) is not { } scalar)
        {
            return 0;
        }
        if (ForeignValues.Amount(scalar.Text) is { } amount)
        {
            return amount;
        }
        _bag.Error(scalar.Mark, Codes.ImportValue, $"'{key}' is '{ValueKind.Shown(scalar.Text)}', which is no amount", "write such as 500m, 2 or 4Gi");
        return 0;
    }

    /// <summary>Labels and the like.</summary>
    public IReadOnlyDictionary<string, string> Strings(string key)
    {
        SortedDictionary<string, string> strings = new(StringComparer.Ordinal);
        foreach (YamlEntry entry in Find<YamlMapping>(key, "an object")?.Entries ?? [])
        {
            if (entry.Value is YamlScalar scalar)
            {
                strings[entry.Key.Text] = scalar.Text;
            }
            else
            {
                Tell(entry.Key.Text, entry.Value, "a text");
            }
        }
        return strings;
    }

    private List<T> Items<T>(string key, string expected)
        where T : YamlNode
    {
        List<T> found = [];
        foreach (YamlNode item in Find<YamlSequence>(key, "a list")?.Items ?? [])
        {
            if (item is T fitting)
            {
                found.Add(fitting);
            }
            else
            {
                _bag.Error(item.Mark, Codes.ImportShape, $"{item.Noun} stands in the list '{key}', where {expected} belongs",
                    "give the objects as kubectl prints them");
            }
        }
        return found;
    }

    private T? Find<T>(string key, string expected)
        where T : YamlNode
    {
        YamlNode? value = _mapping?.Find(key)?.Value;
        if (value is not (null or T))
        {
            Tell(key, value, expected);
        }
        return value as T;
    }

    private void Tell(string key, YamlNode value, string expected) => _bag.Error(value.Mark, Codes.ImportShape,
        $"'{ValueKind.Shown(key)}' is {value.Noun}, where {expected} belongs", "give the objects as kubectl prints them");
}
