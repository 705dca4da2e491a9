namespace FailoverSim.Reporting.Checkpoints;

/// <summary>What is in a folder belongs to another run than the one that is to be put there.</summary>
/// <param name="message">In which way, without a capital and a stop.</param>
public sealed class CheckpointException(string message) : Exception(message);
