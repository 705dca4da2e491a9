using FailoverSim.Scenario.Diagnostics;

namespace FailoverSim.Library;

/// <summary>A folder that holds no results, damaged ones, or ones of another version. The message says which, and what to do.</summary>
public sealed class ResultsException(string message, Exception? inner = null) : Exception(Printable.Lines(message), inner);
