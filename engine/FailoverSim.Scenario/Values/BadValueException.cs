using FailoverSim.Scenario.Diagnostics;

namespace FailoverSim.Scenario.Values;

/// <summary>Ends the reading of one value at its first offending character; <see cref="ValueKind.Read"/> turns it into
/// a finding.</summary>
internal sealed class BadValueException(int index, DiagnosticCode code, string message,
    Remedy remedy) : Exception(message)
{
    public int Index { get; } = index;
    public DiagnosticCode Code { get; } = code;
    public Remedy Remedy { get; } = remedy;
}
