using System.Text.RegularExpressions;
using Xunit;

namespace FailoverSim.Tests.Notebooks;

/// <summary>The C# of the library's page runs as it stands, one example after the other.</summary>
public sealed class DocumentedCells
{
    [Fact]
    public async Task Examples_of_the_library_run()
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, "engine", "docs", "library.md")).ReplaceLineEndings("\n");
        MatchCollection examples = Regex.Matches(text, "```csharp\n(.*?)```", RegexOptions.Singleline);
        Assert.NotEmpty(examples);
        using Cli.TempFolder folder = new();
        CellRunner runner = new();
        foreach (Match example in examples)
        {
            await runner.Run(example.Groups[1].Value
                .Replace("\"scenarios/", $"\"{Repository.Scenarios}/", StringComparison.Ordinal)
                .Replace("\"notebooks/", $"\"{NotebookSource.Folder}/", StringComparison.Ordinal)
                .Replace("\"results/", $"\"{folder.Path}/", StringComparison.Ordinal));
        }
    }
}
