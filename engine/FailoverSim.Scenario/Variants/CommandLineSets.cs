using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Scenario.Variants;

/// <summary>Applies <c>--set path=value</c>; findings name the option by its number and the column within it.</summary>
internal static class CommandLineSets
{
    public static YamlMapping Apply(YamlMapping root, IReadOnlyList<string> sets, DiagnosticBag bag)
    {
        for (int i = 0; i < sets.Count; i++)
        {
            root = Apply(root, sets[i], new Mark(Mark.SetFile, i + 1, 1), bag);
        }
        return root;
    }

    private static YamlMapping Apply(YamlMapping root, string set, Mark start, DiagnosticBag bag)
    {
        int equals = set.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0 || equals == set.Length - 1)
        {
            bag.Error(start, Codes.BadSet, $"'{set}' is not of the form path=value",
                "write like --set units.pump.count=6");
            return root;
        }
        if (set.AsSpan().IndexOfAnyInRange('\0', '\u0008') >= 0)
        {
            bag.Error(start, Codes.NotText, "the option contains control characters", "remove them");
            return root;
        }
        var path = new NodePath(new YamlScalar(start, set[..equals], true, 1));
        var places = new PathResolver(root, bag).Resolve(path, inStudy: false);
        var value = YamlComposer.Compose(set[(equals + 1)..], start with { Column = equals + 2 }, bag);
        if (value is YamlScalar { IsPlain: true, Text: "" or "~" or "null" })
        {
            bag.Error(value.Mark, Codes.EmptyValue, $"'{path.Text}' is set to nothing", "write a value after '='");
            return root;
        }
        return value is null ? root : TreeEdit.Set(root, places, start, value);
    }
}
