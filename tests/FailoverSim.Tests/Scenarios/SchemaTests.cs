using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FailoverSim.Scenario;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Templates;
using Json.Schema;
using Xunit;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace FailoverSim.Tests.Scenarios;

/// <summary>
/// The JSON Schema against the reader, judged by a validator that knows nothing of either: editors must not mark a good file, and
/// should mark what is written wrongly.
/// </summary>
public sealed class SchemaTests
{
    /// <summary>More than any scenario has.</summary>
    private const int MostNodes = 20_000, MostDepth = 50;

    private static readonly JsonSchema Schema = JsonSchema.FromText(FailoverSim.Scenario.Output.JsonSchema.Text());

    /// <summary>
    /// What can always be told from the keys of a file and the look of each value, and so must be. Of other findings a schema sees some:
    /// a missing key unless it is one of two, a number that is never in range. References, sums and what depends on elsewhere are the reader's.
    /// </summary>
    private static readonly DiagnosticCode[] OfShape =
    [
        Codes.MergeKey, Codes.EmptyValue, Codes.MissingBlank, Codes.UnquotedComma, Codes.UnknownKey, Codes.LanguageVersion, Codes.UnknownUnit,
        Codes.UnknownLaw, Codes.UnknownWord, Codes.BadRequirement, Codes.BadStopWhen, Codes.BadMoney, Codes.BadInstant, Codes.BadBoolean,
        Codes.BadQuantity, Codes.BadState, Codes.BadChance, Codes.BadBackoff, Codes.BadFigure, Codes.BadWindow,
    ];

    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Repository.Scenarios, "*.yaml").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Templates => [.. ScenarioTemplate.All.Select(template => template.Name)];

    [Theory]
    [MemberData(nameof(Files))]
    public void The_schema_accepts_the_scenarios_of_the_repository(string file) =>
        Assert.Empty(Complaints(File.ReadAllText(Path.Combine(Repository.Scenarios, file))));

    [Theory]
    [MemberData(nameof(Templates))]
    public void The_schema_accepts_the_templates(string name) =>
        Assert.Empty(Complaints(ScenarioTemplate.All.Single(template => template.Name == name).Text));

    [Theory]
    [InlineData("nodes: {cp: {count: x}}")]
    [InlineData("components: {etcd: {heart: 1s}}")]
    [InlineData("topology: {zones: [A B]}")]
    [InlineData("faults: {a: {of: nodes cp}}")]
    [InlineData("use: [{timers: kubernets/v1.33}]")]
    public void The_schema_rejects_what_is_plainly_wrong(string text) =>
        Assert.NotEmpty(Complaints("failoversim: 1\nname: x\n" + text));

    [Fact]
    public void Of_the_broken_files_the_schema_rejects_those_that_are_broken_in_shape_and_none_that_can_be_run()
    {
        List<string> missed = [], alarms = [];
        int rejected = 0;
        foreach (string file in Directory.GetFiles(Repository.Tests("Scenarios", "Broken"), "*.yaml").Order(StringComparer.Ordinal))
        {
            ScenarioReading reading = ScenarioFile.Read(file);
            if (Parsed(File.ReadAllText(file)) is not { } document)
            {
                continue;
            }
            bool isRejected = !Schema.Evaluate(document).IsValid;
            rejected += isRejected ? 1 : 0;
            string[] codes = [.. reading.Diagnostics.Where(finding => finding.Severity == Severity.Error).Select(finding => finding.Code.Id).Distinct()];
            string line = $"{Path.GetFileNameWithoutExtension(file)}: {string.Join(' ', codes)}";
            if (isRejected && codes.Length == 0)
            {
                alarms.Add(line);
            }
            else if (!isRejected && codes.Any(code => OfShape.Any(of => of.Id == code)))
            {
                missed.Add(line);
            }
        }
        Assert.Empty(alarms);
        Assert.Equal([], missed);
        Assert.InRange(rejected, 120, 343);
    }

    [Fact]
    public void Every_key_has_a_description_and_those_of_components_their_defaults()
    {
        List<string> bare = [];
        Visit(JsonNode.Parse(FailoverSim.Scenario.Output.JsonSchema.Text())!, "$");
        Assert.Empty(bare);
        string described = (string)JsonNode.Parse(FailoverSim.Scenario.Output.JsonSchema.Text())!
            ["properties"]!["components"]!["properties"]!["etcd"]!["properties"]!["pre-vote"]!["description"]!;
        Assert.EndsWith("Default: false (etcd v3.4), true (etcd v3.5).", described, StringComparison.Ordinal);

        void Visit(JsonNode? node, string path)
        {
            if (node is JsonArray list)
            {
                foreach (JsonNode? item in list)
                {
                    Visit(item, path);
                }
            }
            foreach (var (name, child) in node as JsonObject ?? [])
            {
                if (name == "properties")
                {
                    bare.AddRange(child!.AsObject().Where(key => string.IsNullOrEmpty((string?)key.Value!["description"])).Select(key => $"{path}.{key.Key}"));
                }
                Visit(child, $"{path}.{name}");
            }
        }
    }

    private static IEnumerable<string> Complaints(string yaml) =>
        Schema.Evaluate(Parsed(yaml)!.Value, new EvaluationOptions { OutputFormat = OutputFormat.List }) is { IsValid: false } results
            ? results.Details!.SelectMany(detail => (detail.Errors ?? new Dictionary<string, string>()).Select(error => $"{detail.InstanceLocation}: {error.Value}"))
                .DefaultIfEmpty("rejected")
            : [];

    /// <summary>As an editor sees it: YAML's core schema; null where it is no YAML at all.</summary>
    private static JsonElement? Parsed(string yaml)
    {
        try
        {
            YamlStream stream = [];
            stream.Load(new StringReader(yaml));
            int nodes = 0;
            return stream.Documents.Count == 0 ? null : JsonSerializer.SerializeToElement(Json(stream.Documents[0].RootNode, ref nodes, 0));
        }
        catch (Exception fault) when (fault is YamlException or ArgumentException or InvalidOperationException or InvalidCastException)
        {
            return null;
        }
    }

    /// <param name="node">What was read.</param>
    /// <param name="nodes">Seen so far: aliases can expand to more than anybody wants.</param>
    /// <param name="depth">Of this one: an anchor can contain itself.</param>
    private static JsonNode? Json(YamlNode node, ref int nodes, int depth)
    {
        if (++nodes > MostNodes || depth > MostDepth)
        {
            throw new InvalidOperationException("Aliases expand to too much.");
        }
        switch (node)
        {
            case YamlMappingNode mapping:
                JsonObject keys = [];
                foreach (var (key, value) in mapping.Children)
                {
                    keys.Add(((YamlScalarNode)key).Value ?? "", Json(value, ref nodes, depth + 1));
                }
                return keys;
            case YamlSequenceNode list:
                JsonArray items = [];
                foreach (YamlNode item in list.Children)
                {
                    items.Add(Json(item, ref nodes, depth + 1));
                }
                return items;
            case YamlScalarNode { Style: ScalarStyle.Plain } plain:
                return Plain(plain.Value ?? "");
            default:
                return JsonValue.Create(((YamlScalarNode)node).Value);
        }
    }

    private static JsonValue? Plain(string text) => text switch
    {
        "" or "~" or "null" => null,
        "true" or "false" => JsonValue.Create(text == "true"),
        _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) => JsonValue.Create(whole),
        _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) => JsonValue.Create(number),
        _ => JsonValue.Create(text),
    };
}
