namespace FailoverSim.Kernel.Observation;

/// <summary>Something that happens now and then and is worth counting, such as elections.</summary>
public readonly record struct Counter(int Index);
