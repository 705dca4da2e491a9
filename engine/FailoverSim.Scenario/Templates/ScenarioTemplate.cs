using System.Text;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Values;

namespace FailoverSim.Scenario.Templates;

/// <summary>A commented scenario to begin with.</summary>
/// <param name="Name">Name of the template and of the scenario in it.</param>
/// <param name="Question">The question that it answers: the comment of its first line.</param>
/// <param name="Text">The file, lines ending in LF.</param>
public sealed record ScenarioTemplate(string Name, string Question, string Text)
{
    private const string Extension = ".yaml";

    /// <summary>All of them by name.</summary>
    public static IReadOnlyList<ScenarioTemplate> All { get; } =
    [
        .. typeof(ScenarioTemplate).Assembly.GetManifestResourceNames()
            .Where(resource => resource.EndsWith(Extension, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(Load),
    ];

    /// <summary>The template of a name, or what to say where there is none.</summary>
    public static bool TryFind(string name, out ScenarioTemplate template, out string complaint)
    {
        template = All.FirstOrDefault(known => known.Name == name) ?? All[0];
        complaint = template.Name == name ? ""
            : $"there is no template '{name}'; {Suggestion.For(name, All.Select(known => known.Name), "")}";
        return complaint.Length == 0;
    }

    /// <summary>The text for a scenario of another name; as it is where that cannot be the name of one.</summary>
    public string Named(string name) => NameKind.IsName(name)
        ? Text.Replace($"\nname: {Name}\n", $"\nname: {name}\n", StringComparison.Ordinal)
        : Text;

    private static ScenarioTemplate Load(string resource)
    {
        using Stream stream = typeof(ScenarioTemplate).Assembly.GetManifestResourceStream(resource)!;
        using StreamReader reader = new(stream, Encoding.UTF8);
        string text = reader.ReadToEnd().ReplaceLineEndings("\n");
        return new ScenarioTemplate(resource[..^Extension.Length], text[..text.IndexOf('\n', StringComparison.Ordinal)].TrimStart('#', ' '), text);
    }
}
