using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using FailoverSim.Scenario.Language;
using FailoverSim.Scenario.Values;
using FailoverSim.Scenario.Variants;

namespace FailoverSim.Scenario.Output;

/// <summary>JSON Schema (draft 2020-12) of the language, by which editors complete and validate scenario
/// files.</summary>
public static class JsonSchema
{
    private static readonly JsonSerializerOptions Layout = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The schema as indented JSON with a final line break.</summary>
    public static string Text()
    {
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "FailoverSim scenario",
            ["description"] = "A system, how its parts fail and are repaired, and what is required of it.",
        };
        Merge(schema, Mapping(ScenarioKeys.File, ""));
        return schema.ToJsonString(Layout) + "\n";
    }

    /// <param name="shape">What the value looks like.</param>
    /// <param name="path">Where it stands, for the defaults of the catalogue.</param>
    private static JsonObject Of(Shape shape, string path) => shape switch
    {
        ScalarShape scalar => scalar.Kind.Schema(),
        ListShape list => List(list),
        EitherShape either => AnyOf(Of(either.Single, path), Of(either.Other, path)),
        MapShape map => new JsonObject
        {
            ["type"] = "object",
            ["minProperties"] = 1,
            ["propertyNames"] = new JsonObject { ["pattern"] = NameKind.Pattern },
            ["additionalProperties"] = map.Kind.Schema(),
        },
        RecordsShape records => AnyOf(
            new JsonObject { ["type"] = "array", ["minItems"] = 1, ["items"] = Mapping(records.Item, path) }, Mapping(records.Item, path)),
        MappingShape mapping => Mapping(mapping, path),
        NamedShape { OrList: true } named => AnyOf(
            new JsonObject { ["type"] = "array", ["minItems"] = 1, ["items"] = new NameKind(named.Noun).Schema() }, Named(named, path)),
        NamedShape named => Named(named, path),
        FreeShape { Form: FreeForm.Mapping } => new JsonObject { ["type"] = "object" },
        FreeShape { Form: FreeForm.ListOrRange } => AnyOf(
            new JsonObject { ["type"] = "array", ["minItems"] = 1 },
            new JsonObject { ["type"] = "string", ["pattern"] = SweptRange.Pattern }),
        _ => [],
    };

    private static JsonObject List(ListShape list)
    {
        var array = new JsonObject { ["type"] = "array", ["minItems"] = 1, ["items"] = list.Kind.Schema() };
        return list.OrSingle ? new JsonObject { ["anyOf"] = new JsonArray(list.Kind.Schema(), array) } : array;
    }

    private static JsonObject AnyOf(JsonObject one, JsonObject other) => new() { ["anyOf"] = new JsonArray(one, other) };

    private static JsonObject Named(NamedShape named, string path) => new()
    {
        ["type"] = "object",
        ["propertyNames"] = new JsonObject { ["pattern"] = NameKind.Pattern },
        ["additionalProperties"] = Mapping(named.Item, $"{path}.NAME"),
    };

    private static JsonObject Mapping(MappingShape mapping, string path)
    {
        var properties = new JsonObject();
        foreach (var key in mapping.Keys)
        {
            properties[key.Name] = Property(key, path.Length == 0 ? key.Name : $"{path}.{key.Name}");
        }
        var schema = new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = mapping.Others is { } others
                ? Described(others.Doc, Of(others.Shape, $"{path}.NAME"))
                : JsonValue.Create(false),
            ["properties"] = properties,
        };
        var required = mapping.Keys.Where(key => key.Required).Select(key => (JsonNode)key.Name).ToArray();
        if (required.Length > 0)
        {
            schema["required"] = new JsonArray(required);
        }
        return schema;
    }

    private static JsonObject Described(string doc, JsonObject schema)
    {
        schema["description"] = doc;
        return schema;
    }

    private static JsonObject Property(Key key, string path)
    {
        string? text = key.Default == "{}" ? null : key.Default ?? CatalogueDefaults.Single(path);
        var schema = new JsonObject
        {
            ["title"] = key.Name,
            // All that an editor shows beside a key.
            ["description"] = key.Doc + Written(key.Shape)
                + (key.Default is { } own && own != "{}" ? $" Default: {own}." : CatalogueDefaults.Sentence(path, "")),
        };
        if (text is not null)
        {
            schema["default"] = Plain(text);
        }
        Merge(schema, Of(key.Shape, path));
        return schema;
    }

    /// <summary>As YAML reads it where nothing is quoted, so that an editor inserts what it would be written like.</summary>
    private static JsonValue Plain(string text) => text switch
    {
        "true" or "false" => JsonValue.Create(text == "true"),
        _ when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) => JsonValue.Create(number),
        _ => JsonValue.Create(text),
    };

    /// <summary>What stands there, with its unit, as a sentence after others.</summary>
    private static string Written(Shape shape) => shape switch
    {
        ScalarShape { Kind: var kind } => $" Write {kind.Noun}, such as {kind.Example}.",
        ListShape { Kind: var kind } => $" Write one or more, each {kind.Noun}, such as {kind.Example}.",
        EitherShape either => Written(either.Single),
        _ => "",
    };

    private static void Merge(JsonObject target, JsonObject source)
    {
        foreach (var (name, value) in source)
        {
            target[name] = value?.DeepClone();
        }
    }
}
