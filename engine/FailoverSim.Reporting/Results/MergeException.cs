using FailoverSim.Scenario.Diagnostics;

namespace FailoverSim.Reporting.Results;

/// <summary>Folders that do not make one run. The message names the difference, the folder, and what to do.</summary>
/// <param name="message">Without a capital and a stop.</param>
/// <param name="inner">Why a file could not be read.</param>
public sealed class MergeException(string message, Exception? inner = null) : Exception(Printable.Line(message), inner);
