using FailoverSim.Kernel.Laws;

namespace FailoverSim.Scenario.Values;

/// <summary>A law with its normal form; files are named in it with the hash of their samples.</summary>
internal sealed record LawValue(Law Law, string Normal);
