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
        Merge(schema, Mapping(ScenarioKeys.File));
        return schema.ToJsonString(Layout) + "\n";
    }

    private static JsonObject Of(Shape shape) => shape switch
    {
        ScalarShape scalar => scalar.Kind.Schema(),
        ListShape list => List(list),
        EitherShape either => AnyOf(Of(either.Single), Of(either.Other)),
        MapShape map => new JsonObject
        {
            ["type"] = "object",
            ["minProperties"] = 1,
            ["propertyNames"] = new JsonObject { ["pattern"] = NameKind.Pattern },
            ["additionalProperties"] = map.Kind.Schema(),
        },
        RecordsShape records => AnyOf(
            new JsonObject { ["type"] = "array", ["minItems"] = 1, ["items"] = Mapping(records.Item) }, Mapping(records.Item)),
        MappingShape mapping => Mapping(mapping),
        NamedShape { OrList: true } named => AnyOf(
            new JsonObject { ["type"] = "array", ["minItems"] = 1, ["items"] = new NameKind(named.Noun).Schema() }, Named(named)),
        NamedShape named => Named(named),
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

    private static JsonObject Named(NamedShape named) => new()
    {
        ["type"] = "object",
        ["propertyNames"] = new JsonObject { ["pattern"] = NameKind.Pattern },
        ["additionalProperties"] = Mapping(named.Item),
    };

    private static JsonObject Mapping(MappingShape mapping)
    {
        var properties = new JsonObject();
        foreach (var key in mapping.Keys)
        {
            properties[key.Name] = Property(key);
        }
        var schema = new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = mapping.Others is { } others
                ? Described(others.Doc, Of(others.Shape))
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

    private static JsonObject Property(Key key)
    {
        var schema = new JsonObject
        {
            ["title"] = key.Name,
            ["description"] = key.Doc,
        };
        if (key.Default is { } text && text != "{}")
        {
            schema["default"] = text;
        }
        Merge(schema, Of(key.Shape));
        return schema;
    }

    private static void Merge(JsonObject target, JsonObject source)
    {
        foreach (var (name, value) in source)
        {
            target[name] = value?.DeepClone();
        }
    }
}
