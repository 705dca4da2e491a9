using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Output;
using FailoverSim.Scenario.Yaml;
using Xunit;

namespace FailoverSim.Tests.Scenarios;

/// <summary>The JSON Schema accepts what the reader accepts: editors must not mark a good file.</summary>
public sealed class SchemaTests
{
    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Repository.Scenarios, "*.yaml").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void The_schema_accepts_the_scenarios_of_the_repository(string file)
    {
        var document = Json(File.ReadAllText(Path.Combine(Repository.Scenarios, file)));
        Assert.Null(Complaint(JsonNode.Parse(JsonSchema.Text())!, document, "$"));
    }

    [Theory]
    [InlineData("nodes: {cp: {count: x}}")]
    [InlineData("components: {etcd: {heart: 1s}}")]
    [InlineData("topology: {zones: [A B]}")]
    [InlineData("faults: {a: {of: nodes cp}}")]
    [InlineData("use: [{timers: kubernets/v1.33}]")]
    public void The_schema_rejects_what_is_plainly_wrong(string text) =>
        Assert.NotNull(Complaint(JsonNode.Parse(JsonSchema.Text())!, Json("failoversim: 1\nname: x\n" + text), "$"));

    /// <summary>As much of JSON Schema as the schema uses; null if the value fits.</summary>
    private static string? Complaint(JsonNode schema, JsonNode value, string path)
    {
        if (schema["anyOf"] is JsonArray any)
        {
            return any.Any(one => Complaint(one!, value, path) is null) ? null : $"{path}: none of several";
        }
        if (schema["enum"] is JsonArray words && !words.Any(word => JsonNode.DeepEquals(word, value)))
        {
            return $"{path}: not one of {words.ToJsonString()}";
        }
        if (schema["type"] is { } type && !(type is JsonArray types ? types.Select(t => (string)t!) : [(string)type!])
            .Any(name => IsA(value, name)))
        {
            return $"{path}: not of type {type.ToJsonString()}";
        }
        return value switch
        {
            JsonObject mapping => OfMapping(schema, mapping, path),
            JsonArray list => schema["items"] is { } items
                ? list.Select((item, i) => Complaint(items, item!, $"{path}[{i}]")).FirstOrDefault(found => found is not null) : null,
            _ => schema["pattern"] is { } pattern && IsA(value, "string") && !Regex.IsMatch((string)value!, (string)pattern!)
                ? $"{path}: '{value}' is not {pattern}" : null,
        };
    }

    private static string? OfMapping(JsonNode schema, JsonObject mapping, string path)
    {
        foreach (var (name, child) in mapping)
        {
            var below = schema["properties"]?[name] ?? schema["additionalProperties"];
            bool forbidden = below is JsonValue;
            bool misnamed = schema["propertyNames"]?["pattern"] is { } pattern && !Regex.IsMatch(name, (string)pattern!);
            if (forbidden || misnamed)
            {
                return $"{path}: no key '{name}'";
            }
            if (below is not null && Complaint(below, child!, $"{path}.{name}") is { } found)
            {
                return found;
            }
        }
        return (schema["required"] as JsonArray)?.FirstOrDefault(name => !mapping.ContainsKey((string)name!)) is { } missing
            ? $"{path}: no '{missing}'" : null;
    }

    private static bool IsA(JsonNode value, string type) => type switch
    {
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => value is JsonValue text && text.TryGetValue<string>(out _),
        "integer" => value is JsonValue whole && whole.TryGetValue<long>(out _),
        "number" => value is JsonValue number && (number.TryGetValue<double>(out _) || number.TryGetValue<long>(out _)),
        _ => value is JsonValue word && word.TryGetValue<bool>(out _),
    };

    private static JsonNode Json(string yaml)
    {
        var bag = new DiagnosticBag();
        return Json(YamlComposer.Compose(yaml, new Mark("file", 1, 1), bag)!);
    }

    private static JsonNode Json(YamlNode node) => node switch
    {
        YamlMapping mapping => new JsonObject(mapping.Entries.Select(entry =>
            new KeyValuePair<string, JsonNode?>(entry.Key.Text, Json(entry.Value)))),
        YamlSequence list => new JsonArray([.. list.Items.Select(Json)]),
        YamlScalar { IsPlain: true } plain when long.TryParse(plain.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) =>
            JsonValue.Create(whole),
        YamlScalar { IsPlain: true } plain when double.TryParse(plain.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) =>
            JsonValue.Create(number),
        YamlScalar { IsPlain: true, Text: "true" or "false" } plain => JsonValue.Create(plain.Text == "true"),
        YamlScalar scalar => JsonValue.Create(scalar.Text),
        _ => throw new InvalidOperationException("A file of the repository is broken."),
    };
}
