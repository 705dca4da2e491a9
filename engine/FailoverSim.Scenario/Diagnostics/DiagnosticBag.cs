using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Scenario.Diagnostics;

/// <summary>Collects findings, so that all of a file are told at once.</summary>
internal sealed class DiagnosticBag
{
    private readonly List<Diagnostic> _found = [];

    public bool HasErrors { get; private set; }

    public void Error(Mark mark, DiagnosticCode code, string message, string remedy) =>
        Add(new Diagnostic(mark, Severity.Error, code, message, remedy));

    /// <param name="mark">Where.</param>
    /// <param name="code">Which.</param>
    /// <param name="message">What is odd.</param>
    /// <param name="remedy">What to write instead.</param>
    /// <param name="sets">The remedy as replacements <c>path=value</c>, where it is one.</param>
    public void Warning(Mark mark, DiagnosticCode code, string message, string remedy, params string[] sets) =>
        Add(new Diagnostic(mark, Severity.Warning, code, message, remedy) { Sets = sets });

    /// <summary>What is often meant; only <c>check</c> tells it.</summary>
    public void Note(Mark mark, DiagnosticCode code, string message, string remedy, params string[] sets) =>
        Add(new Diagnostic(mark, Severity.Note, code, message, remedy) { Sets = sets });

    public void Add(Diagnostic diagnostic)
    {
        _found.Add(diagnostic);
        HasErrors |= diagnostic.Severity == Severity.Error;
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
