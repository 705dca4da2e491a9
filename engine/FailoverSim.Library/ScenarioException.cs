using FailoverSim.Scenario.Diagnostics;

namespace FailoverSim.Library;

/// <summary>A scenario that cannot be run, with all that is wrong with it.</summary>
public sealed class ScenarioException : Exception
{
    public ScenarioException(IReadOnlyList<Diagnostic> findings)
        : base(string.Join('\n', findings)) => Findings = findings;

    public ScenarioException(string message)
        : base(message) => Findings = [];

    /// <summary>Every finding with file, line, column, reason and remedy; empty where no place in a file is to blame.</summary>
    public IReadOnlyList<Diagnostic> Findings { get; }
}
