namespace FailoverSim.Reporting.Figures.Drawing;

/// <summary>How the states of a timeline look: a colour and, so that colour is not needed, a texture.</summary>
/// <param name="Name">As the legend says it.</param>
/// <param name="Colour">Colour of the theme.</param>
/// <param name="Texture">Pattern drawn over it, or none.</param>
internal sealed record StateLook(string Name, string Colour, string? Texture)
{
    public string Class => $"state-{Colour}";
}

internal static class States
{
    /// <summary>The state in which nothing is wrong.</summary>
    public const string Up = "up";

    private static readonly StateLook[] Known =
    [
        new("up / working", "pale", null),
        new("standby", "faint", "specks"),
        new("switching", "s5", "bars"),
        new("waiting for crew", "s4", "up"),
        new("waiting for part", "s4", "dots"),
        new("in repair", "s3", "down"),
        new("undetected", "ink", null),
        new("held", "s6", "cross"),
        new("down", "s1", null),
    ];

    // The words of other layers for the same states.
    private static readonly (string Word, string Name)[] Synonyms =
    [
        (Up, "up / working"), ("working", "up / working"), ("waiting", "standby"), ("switch", "switching"),
        ("answer", "waiting for crew"), ("crew", "waiting for crew"), ("waiting crew", "waiting for crew"),
        ("failed waiting for crew", "waiting for crew"), ("failed waiting for part", "waiting for part"),
        ("waiting part", "waiting for part"), ("part", "waiting for part"), ("spare", "waiting for part"),
        ("repair", "in repair"), ("repairing", "in repair"), ("hidden", "undetected"),
        ("failed undetected", "undetected"), ("held down", "held"), ("failed", "down"),
    ];

    // Looks for states that nobody foresaw, in the order in which they are met.
    private static readonly (string Colour, string Texture)[] Spare =
    [
        ("s2", "mesh"), ("s7", "rungs"), ("s0", "mesh"), ("s2", "rungs"),
        ("s7", "mesh"), ("s0", "rungs"), ("s4", "mesh"), ("s5", "rungs"),
        ("s2", "dots"), ("s7", "dots"), ("s0", "up"), ("s2", "cross"), ("s7", "up"), ("s0", "cross"),
    ];

    /// <summary>A look for each state in the order of the legend: known states first, then the others as they
    /// come.</summary>
    public static IReadOnlyDictionary<string, StateLook> LooksOf(IEnumerable<string> states)
    {
        Dictionary<string, StateLook> looks = [];
        int others = 0;
        foreach (string state in states)
        {
            if (!looks.ContainsKey(state))
            {
                looks.Add(state, Find(state) ?? Other(state, others++));
            }
        }
        return looks;
    }

    /// <summary>The distinct looks, known ones in their fixed order so that legends of two figures agree.</summary>
    public static IReadOnlyList<StateLook> Legend(IEnumerable<StateLook> looks)
    {
        List<StateLook> used = [.. looks.Distinct()];
        return [.. Known.Where(used.Contains), .. used.Except(Known)];
    }

    public static IEnumerable<string> Styles(string scope, Func<string, string, string> paint) =>
        Known.Select(s => s.Colour).Concat(Spare.Select(s => s.Colour)).Distinct()
            .Select(colour => $"{scope} .state-{colour}{{{paint("fill", colour)}}}")
            .Append($"{scope} .texture{{{paint("stroke", "paper")};stroke-width:1.4;fill:none}}")
            .Append($"{scope} .dotted{{{paint("fill", "paper")}}}")
            .Append($"{scope} .speck{{{paint("fill", "soft")}}}");

    public static string Patterns(string id) =>
        Pattern(id, "up", """<path class="texture" d="M-1 7L7 -1M-1 1L1 -1M5 7L7 5"/>""")
        + Pattern(id, "down", """<path class="texture" d="M-1 -1L7 7M5 -1L7 1M-1 5L1 7"/>""")
        + Pattern(id, "cross", """<path class="texture" d="M0 3H6M3 0V6"/>""")
        + Pattern(id, "mesh", """<path class="texture" d="M-1 -1L7 7M-1 7L7 -1"/>""")
        + Pattern(id, "bars", """<path class="texture" d="M3 0V6"/>""")
        + Pattern(id, "rungs", """<path class="texture" d="M0 3H6"/>""")
        + Pattern(id, "dots", """<circle class="dotted" cx="3" cy="3" r="1.5"/>""")
        + Pattern(id, "specks", """<circle class="speck" cx="3" cy="3" r="1"/>""");

    private static string Pattern(string id, string name, string content) =>
        $"""<pattern id="{id}-{name}" width="6" height="6" patternUnits="userSpaceOnUse">{content}</pattern>""";

    private static StateLook? Find(string state)
    {
        string word = state.Trim().ToLowerInvariant().Replace('-', ' ');
        string name = Synonyms.FirstOrDefault(s => s.Word == word).Name ?? word;
        return Known.FirstOrDefault(s => s.Name == name);
    }

    private static StateLook Other(string state, int index)
    {
        (string colour, string texture) = Spare[index % Spare.Length];
        return new StateLook(state, colour, texture);
    }
}
