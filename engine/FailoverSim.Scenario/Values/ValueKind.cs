using System.Text.Json.Nodes;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Files;
using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Scenario.Values;

/// <summary>What a reader of values knows besides the text.</summary>
/// <param name="Field">The key, for messages.</param>
/// <param name="Beside">The files beside the scenario.</param>
internal sealed record FieldContext(string Field, FilesBeside Beside)
{
    /// <summary>What a law in the field is of.</summary>
    public Measure Measure { get; init; } = Measure.Duration;
}

/// <summary>How a single value is written: its reader, its normal form and its JSON Schema.</summary>
internal abstract class ValueKind
{
    /// <summary>With article: "a duration".</summary>
    public abstract string Noun { get; }

    /// <summary>An example, as it would be written.</summary>
    public abstract string Example { get; }

    /// <summary>The code for text that is left over.</summary>
    public abstract DiagnosticCode Code { get; }

    /// <summary>JSON Schema that accepts at least every valid value.</summary>
    public abstract JsonObject Schema();

    protected abstract object ReadValue(TextCursor cursor, FieldContext field);

    /// <summary>The normal form: equal values have equal texts.</summary>
    public abstract string WriteValue(object value);

    /// <summary>The value of a scalar; null after a finding.</summary>
    public object? Read(YamlScalar scalar, FieldContext field, DiagnosticBag bag)
    {
        var cursor = new TextCursor(scalar.Text);
        try
        {
            cursor.SkipBlanks();
            if (cursor.AtEnd)
            {
                throw cursor.Fault(Codes.EmptyValue, $"'{field.Field}' has no value",
                    $"write {Noun} such as {Example}");
            }
            var value = ReadValue(cursor, field);
            cursor.SkipBlanks();
            return cursor.AtEnd
                ? value
                : throw cursor.Fault(Code, $"'{Shown(cursor.Rest)}' is left over after {Noun}",
                    $"remove it; '{field.Field}' is written like {Example}");
        }
        catch (BadValueException fault)
        {
            bag.Error(scalar.At(fault.Index), fault.Code, fault.Message, fault.Remedy);
            return null;
        }
    }

    /// <summary>Text for a message: never longer than a line takes.</summary>
    public static string Shown(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= 40 ? line : line[..39] + "…";
    }

    /// <summary>JSON Schema of a text with a pattern.</summary>
    protected static JsonObject TextSchema(string pattern, params string[] examples) => new()
    {
        ["type"] = "string",
        ["pattern"] = pattern,
        ["examples"] = new JsonArray([.. examples.Select(example => (JsonNode)example)]),
    };
}

internal abstract class ValueKind<T> : ValueKind
    where T : notnull
{
    public abstract T Read(TextCursor cursor, FieldContext field);

    public abstract string Write(T value);

    protected sealed override object ReadValue(TextCursor cursor, FieldContext field) => Read(cursor, field);

    public sealed override string WriteValue(object value) => Write((T)value);
}
