using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Scenario.Diagnostics;

public enum Severity
{
    /// <summary>Nothing is run.</summary>
    Error,

    /// <summary>Can be run, but is likely not meant.</summary>
    Warning,

    /// <summary>Worth knowing.</summary>
    Note,
}

/// <summary>One finding about a file, worded like a compiler's.</summary>
/// <param name="Mark">Where the offending text starts.</param>
/// <param name="Severity">Whether the scenario can be run at all.</param>
/// <param name="Code">Stable; see <see cref="Codes"/>.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Remedy">What to write instead.</param>
public sealed record Diagnostic(Mark Mark, Severity Severity, DiagnosticCode Code, string Message, string Remedy)
{
    /// <summary>
    /// The remedy as <c>--set</c> takes it, <c>path=value</c>, to be applied together; empty where it is no matter of values.
    /// </summary>
    public IReadOnlyList<string> Sets { get; init; } = [];

    public string File => Mark.File;
    public int Line => Mark.Line;
    public int Column => Mark.Column;

    private string SeverityWord => Severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "note",
    };

    public override string ToString() => $"{Mark}: {SeverityWord} {Code.Id}: {Message}; {Remedy}";
}

/// <summary>A stable code and what it means, in one line.</summary>
public sealed record DiagnosticCode(string Id, string Meaning);
