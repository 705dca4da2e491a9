using System.Text.RegularExpressions;

namespace FailoverSim.Tests.Notebooks;

/// <summary>A cell: Markdown, or C#.</summary>
internal sealed record Cell(bool IsMarkdown, string Text);

/// <summary>
/// A file-based app in which <c>// %%</c> begins a cell of C# and <c>// %% [markdown]</c> one of text in comments. Lines that end in
/// <c>// app</c> are for the terminal alone: a notebook's kernel brings what they stand for.
/// </summary>
internal sealed partial record NotebookSource(string Name, IReadOnlyList<string> Projects, IReadOnlyList<string> Packages, IReadOnlyList<Cell> Cells)
{
    private const string Mark = "// %%";
    private const string MarkdownMark = "// %% [markdown]";
    private const string AppOnly = "// app";

    public static string Folder { get; } = Path.Combine(Repository.Root, "notebooks");

    /// <summary>Names of all apps that are notebooks as well.</summary>
    public static IEnumerable<string> Names =>
        Directory.GetFiles(Folder, "*.cs").Where(path => File.ReadAllLines(path).Contains(Mark)).Select(path => Path.GetFileNameWithoutExtension(path)).Order();

    public static NotebookSource Read(string name)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Folder, $"{name}.cs"));
        List<Cell> cells = [];
        List<string> text = [];
        bool? isMarkdown = null;
        foreach (string line in lines.Where(line => !line.EndsWith(AppOnly, StringComparison.Ordinal)).Append(Mark))
        {
            if (line is not (Mark or MarkdownMark))
            {
                text.Add(isMarkdown == true ? Uncommented(line) : line);
                continue;
            }
            if (isMarkdown is { } kind)
            {
                cells.Add(new Cell(kind, string.Join('\n', text).Trim('\n')));
            }
            text = [];
            isMarkdown = line == MarkdownMark;
        }
        return new NotebookSource(name, [.. Directives(lines, "project")], [.. Directives(lines, "package")], cells);
    }

    private static IEnumerable<string> Directives(string[] lines, string kind) => lines.TakeWhile(line => line != Mark)
        .Select(line => Directive().Match(line)).Where(match => match.Groups[1].Value == kind).Select(match => match.Groups[2].Value);

    private static string Uncommented(string line) => line switch
    {
        "" or "//" => "",
        _ when line.StartsWith("// ", StringComparison.Ordinal) => line[3..],
        _ => throw new InvalidDataException($"'{line}' in a cell of Markdown is no comment."),
    };

    [GeneratedRegex("^#:(\\w+) (.+)$")]
    private static partial Regex Directive();
}
