using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Values;
using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Scenario.Importing;

/// <summary>How close a source is to what runs.</summary>
internal enum Closeness
{
    /// <summary>What kubeadm was told once.</summary>
    Configured,

    /// <summary>A manifest or a pod.</summary>
    Running,
}

/// <summary>A setting of a component.</summary>
/// <param name="Path">Below <c>components</c>, such as <c>etcd.heartbeat</c>.</param>
/// <param name="Value">As the language writes it.</param>
/// <param name="Source">Name of the foreign setting, for the remark behind it.</param>
/// <param name="Mark">Where it is.</param>
/// <param name="Closeness">Of the source.</param>
internal sealed record FoundSetting(string Path, string Value, string Source, Mark Mark, Closeness Closeness);

/// <summary>Settings from all sources: what is closest to running holds; where instances differ, what most of them have.</summary>
internal sealed class FoundSettings(DiagnosticBag bag)
{
    private readonly List<FoundSetting> _all = [];

    public void Add(string path, string value, string source, Mark mark, Closeness closeness = Closeness.Running) =>
        _all.Add(new FoundSetting(path, value, source, mark, closeness));

    /// <summary>Reads a value and adds it; a malformed one is a finding.</summary>
    /// <param name="path">As in <see cref="FoundSetting"/>.</param>
    /// <param name="source">Name of the foreign setting.</param>
    /// <param name="text">As written there.</param>
    /// <param name="read">The language's text; null if the value is malformed.</param>
    /// <param name="example">What it should look like.</param>
    /// <param name="closeness">Of the source.</param>
    public void Read(string path, string source, YamlScalar text, Func<string, string?> read, string example, Closeness closeness = Closeness.Running)
    {
        if (read(text.Text.Trim()) is { } value)
        {
            Add(path, value, source, text.Mark, closeness);
        }
        else
        {
            bag.Error(text.Mark, Codes.ImportValue, $"'{source}' is '{ValueKind.Shown(text.Text)}'", $"write such as {example}");
        }
    }

    /// <summary>One of each path, by path; warnings of those between which had to be chosen.</summary>
    public IReadOnlyDictionary<string, FoundSetting> Resolve()
    {
        SortedDictionary<string, FoundSetting> chosen = new(StringComparer.Ordinal);
        foreach (IGrouping<string, FoundSetting> path in _all.GroupBy(setting => setting.Path))
        {
            Closeness closest = path.Max(setting => setting.Closeness);
            FoundSetting taken = path.Where(setting => setting.Closeness == closest).GroupBy(setting => setting.Value)
                .OrderByDescending(same => same.Count()).ThenBy(same => same.Key, StringComparer.Ordinal).First()
                .OrderBy(setting => setting.Mark.File, StringComparer.Ordinal).ThenBy(setting => setting.Mark.Line).First();
            chosen[path.Key] = taken;
            foreach (FoundSetting other in path.Where(setting => setting.Value != taken.Value))
            {
                string why = other.Closeness < closest ? "what runs has" : "others have";
                bag.Warning(other.Mark, Codes.ImportDiffers, $"'{other.Source}' is {other.Value} here, and {why} {taken.Value}",
                    $"the scenario has {taken.Value}; change '{path.Key}' there if that is not meant");
            }
        }
        return chosen;
    }
}
