using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Scenario.Diagnostics;

/// <summary>Collects findings, so that all of a file are told at once.</summary>
internal sealed class DiagnosticBag
{
    /// <summary>Of a message, and of a remedy.</summary>
    private const int MostCharacters = 600;

    private readonly List<Diagnostic> _found = [];
    private readonly int[] _told = new int[3];

    public bool HasErrors { get; private set; }

    public void Error(Mark mark, DiagnosticCode code, string message, Remedy remedy) => Add(mark, Severity.Error, code, message, remedy, []);

    /// <param name="mark">Where.</param>
    /// <param name="code">Which.</param>
    /// <param name="message">What is odd.</param>
    /// <param name="remedy">What to write instead.</param>
    /// <param name="sets">The remedy as replacements <c>path=value</c>, where it is one.</param>
    public void Warning(Mark mark, DiagnosticCode code, string message, Remedy remedy, params string[] sets) =>
        Add(mark, Severity.Warning, code, message, remedy, sets);

    /// <summary>What is often meant; only <c>check</c> tells it.</summary>
    public void Note(Mark mark, DiagnosticCode code, string message, Remedy remedy, params string[] sets) =>
        Add(mark, Severity.Note, code, message, remedy, sets);

    public void Add(Diagnostic diagnostic) =>
        Add(diagnostic.Mark, diagnostic.Severity, () => diagnostic with { Message = Shown(diagnostic.Message) });

    private void Add(Mark mark, Severity severity, DiagnosticCode code, string message, Remedy remedy, string[] sets) =>
        Add(mark, severity, () => new Diagnostic(mark, severity, code, Shown(message), Shown(remedy.ToString())) { Sets = sets });

    /// <summary>Names and values of a file may be long, and hold what no terminal should get.</summary>
    private static string Shown(string text) =>
        Printable.Line(text.Length <= MostCharacters ? text : string.Concat(text.AsSpan(0, MostCharacters - 1), "…"));

    private void Add(Mark mark, Severity severity, Func<Diagnostic> finding)
    {
        HasErrors |= severity == Severity.Error;
        int told = _told[(int)severity]++;
        if (told < YamlLimits.Findings)
        {
            _found.Add(finding());
        }
        else if (told == YamlLimits.Findings)
        {
            _found.Add(new Diagnostic(mark, severity, Codes.TooManyFindings,
                FormattableString.Invariant($"there is more to tell than the first {YamlLimits.Findings:N0} findings of this kind"), "begin with those"));
        }
    }

    /// <summary>By place, each once: an aliased node is read more than once but is wrong only once.</summary>
    public IReadOnlyList<Diagnostic> Sorted() => _found.Count == 0 ? [] :
    [
        .. _found.DistinctBy(d => (d.Mark, d.Severity, d.Code, d.Message))
            .OrderBy(d => d.Mark.IsSet ? 1 : 0)
            .ThenBy(d => d.File, StringComparer.Ordinal)
            .ThenBy(d => d.Line)
            .ThenBy(d => d.Column)
            .ThenBy(d => d.Severity)
            .ThenBy(d => d.Code.Id, StringComparer.Ordinal)
            .ThenBy(d => d.Message, StringComparer.Ordinal),
    ];
}
