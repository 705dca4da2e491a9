using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FailoverSim.Library;
using FailoverSim.Reporting.Figures;

namespace FailoverSim.Tests.Notebooks;

/// <summary>A notebook as a file: nbformat 4.5 as Jupyter defines it, with the metadata of Polyglot Notebooks.</summary>
internal static partial class NotebookText
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        IndentSize = 1,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="source">What to write.</param>
    /// <param name="shown">What each cell has shown; nothing for those of Markdown.</param>
    public static string Of(NotebookSource source, IReadOnlyList<IReadOnlyList<object>> shown)
    {
        // A drawing of another library depends on the fonts of the machine: it is left to the reader's own run.
        bool drawsAlike = source.Packages.Count == 0;
        JsonArray cells = [Code("references", References(source), 1, [])];
        int count = 1;
        foreach ((int i, Cell cell) in source.Cells.Index())
        {
            cells.Add(cell.IsMarkdown
                ? Markdown($"cell-{i}", cell.Text)
                : Code($"cell-{i}", cell.Text, ++count, [.. shown[i].Where(item => drawsAlike || item is not Figure)]));
        }
        // A notebook opens with its title.
        JsonNode references = cells[0]!;
        cells.RemoveAt(0);
        cells.Insert(1, references);
        JsonObject notebook = new()
        {
            ["cells"] = cells,
            ["metadata"] = new JsonObject
            {
                ["kernelspec"] = new JsonObject { ["display_name"] = ".NET (C#)", ["language"] = "C#", ["name"] = ".net-csharp" },
                ["language_info"] = new JsonObject { ["name"] = "polyglot-notebook" },
                ["polyglot_notebook"] = new JsonObject
                {
                    ["kernelInfo"] = new JsonObject
                    {
                        ["defaultKernelName"] = "csharp",
                        ["items"] = new JsonArray(new JsonObject { ["aliases"] = new JsonArray(), ["languageName"] = "csharp", ["name"] = "csharp" }),
                    },
                },
            },
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
        };
        return notebook.ToJsonString(Json) + "\n";
    }

    /// <summary>The directives of the app as a kernel has them. What is not part of the engine is for the terminal.</summary>
    private static string References(NotebookSource source)
    {
        string[] layers = ["Kernel", "Models", "Scenario", "Analysis", "Reporting", "Library"];
        IEnumerable<string> engine = source.Projects.Where(project => project.StartsWith("../engine/", StringComparison.Ordinal)).SelectMany(project =>
            layers.Select(layer => $"#r \"../.artifacts/bin/{Path.GetFileName(project)}/release/FailoverSim.{layer}.dll\""));
        string versions = File.ReadAllText(Path.Combine(Repository.Root, "engine", "build", "Packages.props"));
        IEnumerable<string> packages = source.Packages.Select(package =>
            $"#r \"nuget: {package}, {Regex.Match(versions, $"Include=\"{Regex.Escape(package)}\" Version=\"([^\"]+)\"").Groups[1].Value}\"");
        return string.Join('\n', ["// Build first: dotnet build -c Release", .. engine, .. packages]);
    }

    private static JsonObject Markdown(string id, string text) => new()
    {
        ["cell_type"] = "markdown",
        ["id"] = id,
        ["metadata"] = new JsonObject(),
        ["source"] = Lines(text),
    };

    private static JsonObject Code(string id, string text, int count, IReadOnlyList<object> shown) => new()
    {
        ["cell_type"] = "code",
        ["execution_count"] = count,
        ["id"] = id,
        ["metadata"] = new JsonObject
        {
            ["dotnet_interactive"] = new JsonObject { ["language"] = "csharp" },
            ["polyglot_notebook"] = new JsonObject { ["kernelName"] = "csharp" },
        },
        ["outputs"] = new JsonArray([.. shown.Select(Output)]),
        ["source"] = Lines(text),
    };

    /// <summary>Every kind has plain text, for readers that show nothing else.</summary>
    private static JsonObject Output(object shown)
    {
        JsonObject data = shown switch
        {
            // Pages that clean HTML leave drawings out, but show an image.
            Figure figure => new() { ["image/svg+xml"] = Lines(figure.Svg), ["text/plain"] = Lines(figure.Title) },
            Table table => new() { ["text/html"] = Lines(table.ToHtml()), ["text/plain"] = Lines(table.ToString()) },
            _ => new() { ["text/plain"] = Lines((string)shown) },
        };
        return new JsonObject { ["data"] = data, ["metadata"] = new JsonObject(), ["output_type"] = "display_data" };
    }

    /// <summary>As notebooks keep text: a string per line, each but the last with its end.</summary>
    private static JsonArray Lines(string text) => [.. LineStart().Split(text.ReplaceLineEndings("\n")).Where(line => line.Length > 0)];

    [GeneratedRegex("(?<=\n)")]
    private static partial Regex LineStart();
}
