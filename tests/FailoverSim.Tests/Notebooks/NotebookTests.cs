using System.Text.Json;
using FailoverSim.Tests.Scenarios;
using Xunit;

namespace FailoverSim.Tests.Notebooks;

/// <summary>Each study is an app and a notebook; the notebook is made of the app (<c>UPDATE_GOLDEN=1</c> writes it), what its cells show included.</summary>
public sealed class NotebookTests
{
    public static TheoryData<string> All => [.. NotebookSource.Names];

    [Theory]
    [MemberData(nameof(All))]
    public async Task Cells_run_and_the_notebook_shows_what_they_show(string name)
    {
        NotebookSource source = NotebookSource.Read(name);
        CellRunner runner = new();
        List<IReadOnlyList<object>> shown = [];
        foreach (Cell cell in source.Cells)
        {
            shown.Add(cell.IsMarkdown ? [] : await runner.Run(InRepository(cell.Text)));
        }
        Assert.NotEmpty(shown[^1]); // the conclusion
        Golden.Matches(Path.Combine(NotebookSource.Folder, $"{name}.ipynb"), NotebookText.Of(source, shown));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Notebooks_are_valid_nbformat_4(string name)
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.Combine(NotebookSource.Folder, $"{name}.ipynb")));
        JsonElement notebook = json.RootElement;
        Assert.Equal((4, 5), (notebook.GetProperty("nbformat").GetInt32(), notebook.GetProperty("nbformat_minor").GetInt32()));
        Assert.Equal(".net-csharp", notebook.GetProperty("metadata").GetProperty("kernelspec").GetProperty("name").GetString());
        Assert.Equal(JsonValueKind.Object, notebook.GetProperty("metadata").GetProperty("polyglot_notebook").ValueKind);
        JsonElement[] cells = [.. notebook.GetProperty("cells").EnumerateArray()];
        Assert.All(cells, AssertValid);
        string[] ids = [.. cells.Select(cell => cell.GetProperty("id").GetString()!)];
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(ids, id => Assert.Matches("^[a-zA-Z0-9-_]{1,64}$", id));
        Assert.StartsWith("# ", cells[0].GetProperty("source")[0].GetString());
    }

    [Fact]
    public void There_are_eight_studies() => Assert.Equal(
        ["compare-configurations", "failover-anatomy", "first-look", "fit-your-incidents", "own-plots", "sensitivity", "slo-and-error-budget", "validate-against-exact"],
        NotebookSource.Names);

    /// <summary>By the published schema of nbformat 4.5: what is required of each kind of cell and output, and nothing else.</summary>
    private static void AssertValid(JsonElement cell)
    {
        string type = cell.GetProperty("cell_type").GetString()!;
        string[] keys = type switch
        {
            "markdown" => ["cell_type", "id", "metadata", "source"],
            "code" => ["cell_type", "execution_count", "id", "metadata", "outputs", "source"],
            _ => throw new InvalidDataException(type),
        };
        Assert.Equal(keys, cell.EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal));
        Assert.Equal(JsonValueKind.Object, cell.GetProperty("metadata").ValueKind);
        AssertLines(cell.GetProperty("source"));
        foreach (JsonElement output in type == "code" ? cell.GetProperty("outputs").EnumerateArray() : default)
        {
            Assert.Equal(["data", "metadata", "output_type"], output.EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal));
            Assert.Equal("display_data", output.GetProperty("output_type").GetString());
            Assert.True(output.GetProperty("data").TryGetProperty("text/plain", out _));
            Assert.All(output.GetProperty("data").EnumerateObject(), data => AssertLines(data.Value));
        }
    }

    private static void AssertLines(JsonElement lines)
    {
        string[] texts = [.. lines.EnumerateArray().Select(line => line.GetString()!)];
        Assert.All(texts.SkipLast(1), text => Assert.EndsWith("\n", text));
        Assert.All(texts, text => Assert.DoesNotContain("\n", text[..^1]));
    }

    /// <summary>Paths of a study are relative to its folder; a test has none of its own.</summary>
    private static string InRepository(string code) => code
        .Replace("\"../", $"\"{Repository.Root}/", StringComparison.Ordinal)
        .Replace("\"data/", $"\"{NotebookSource.Folder}/data/", StringComparison.Ordinal);
}
