using System.Text;
using FailoverSim.Scenario.Output;
using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Scenario.Importing;

/// <summary>Lines of a scenario, each with the place in the dump that it comes from.</summary>
internal sealed class ScenarioText
{
    private readonly List<(string Text, Mark? Source, ImportedWorkload? Workload)> _lines = [];
    private ImportedWorkload? _workload;

    /// <summary>A key with an optional value, so many levels in.</summary>
    public void Add(int level, string key, string? value = null, Mark? source = null, string? remark = null)
    {
        string text = $"{new string(' ', level * 2)}{key}:{(value is null ? "" : " " + value)}";
        Line(remark is null ? text : $"{text}  # {remark}", source);
    }

    public void Comment(string text, int level = 0) => Line($"{new string(' ', level * 2)}# {text}", null);

    public void Blank() => Line("", null);

    /// <summary>What follows belongs to a workload; null: to none.</summary>
    public void Begin(ImportedWorkload? workload) => _workload = workload;

    /// <summary>Where the dump says what a line says; null if it does not.</summary>
    public Mark? SourceOf(int line) => line >= 1 && line <= _lines.Count ? _lines[line - 1].Source ?? _lines[line - 1].Workload?.Facts.Mark : null;

    public ImportedWorkload? WorkloadOf(int line) => line >= 1 && line <= _lines.Count ? _lines[line - 1].Workload : null;

    public static string Quoted(string text) => YamlText.Scalar(text);

    public override string ToString()
    {
        StringBuilder text = new();
        foreach ((string line, _, _) in _lines)
        {
            text.Append(line).Append('\n');
        }
        return text.ToString();
    }

    /// <summary>A name may hold anything; in a remark, what ends a line would begin a key.</summary>
    private void Line(string text, Mark? source) =>
        _lines.Add((string.Concat(text.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c)), source, _workload));
}
