using System.Text;
using FailoverSim.Scenario.Language;

namespace FailoverSim.Scenario.Output;

/// <summary>The keys of the language as tables for people: <c>engine/docs/keys.md</c>.</summary>
public static class KeyReference
{
    /// <summary>Markdown with a final line break; every key, in the order of the description.</summary>
    public static string Text()
    {
        StringBuilder text = new();
        text.Append("# Keys of a scenario file\n\n");
        text.Append("Generated from the description that the reader itself uses; how values are written is in [language.md](language.md).\n");
        Section(text, "Top level", ScenarioKeys.File);
        return text.ToString();
    }

    private static void Section(StringBuilder text, string path, MappingShape mapping)
    {
        text.Append($"\n## {path}\n\n| key | value | says |\n|---|---|---|\n");
        foreach (Key key in mapping.Keys)
        {
            text.Append($"| `{key.Name}` | {Escape(ValueOf(key.Shape))} | {Escape(DocOf(key) + CatalogueDefaults.Sentence($"{path}.{key.Name}", "`"))} |\n");
        }
        if (mapping.Others is { } others)
        {
            text.Append($"| {others.Noun.ToUpperInvariant()} | {Escape(ValueOf(others.Shape))} | {Escape(others.Doc)} |\n");
        }
        foreach (Key key in mapping.Keys)
        {
            string below = path == "Top level" ? key.Name : $"{path}.{key.Name}";
            switch (key.Shape is EitherShape either ? either.Other : key.Shape)
            {
                case RecordsShape records:
                    Section(text, below, records.Item);
                    break;
                case MappingShape { Keys.Count: > 0 } inner:
                    Section(text, below, inner);
                    break;
                case NamedShape named:
                    Section(text, $"{below}.NAME", named.Item);
                    break;
            }
        }
        if (mapping.Others?.Shape is MappingShape other)
        {
            Section(text, $"{path}.NAME", other);
        }
    }

    private static string ValueOf(Shape shape) => shape switch
    {
        ScalarShape scalar => $"{scalar.Kind.Noun}: `{scalar.Kind.Example}`",
        ListShape list => $"one or more, each {list.Kind.Noun}: `{list.Kind.Example}`",
        NamedShape { OrList: true } named => $"a list of names, or `NAME: …` for each {named.Noun}",
        NamedShape named => $"`NAME: …` for each {named.Noun}",
        EitherShape { Other: MapShape map } either => $"{ValueOf(either.Single)}, or {ValueOf(map)}",
        EitherShape either => $"{ValueOf(either.Single)}, or keys below",
        MapShape map => $"`NAME: {map.Kind.Example}` for each {map.Noun}",
        RecordsShape { IsFlat: true } => "a list of items with one of the keys below",
        RecordsShape => "keys below, or a list of items with them",
        MappingShape => "keys below",
        _ => "",
    };

    private static string DocOf(Key key)
    {
        string doc = key.Doc;
        if (key.Required)
        {
            doc += " **Required.**";
        }
        return key.Default is { } text && text != "{}" ? $"{doc} Default: `{text}`." : doc;
    }

    private static string Escape(string cell) => cell.Replace("|", "\\|", StringComparison.Ordinal);
}
