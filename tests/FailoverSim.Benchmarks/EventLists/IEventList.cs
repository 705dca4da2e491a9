namespace FailoverSim.Benchmarks.EventLists;

/// <summary>What the workloads ask of an event list. Structs, so that the JIT compiles each workload for each list.</summary>
internal interface IEventList<TSelf> where TSelf : struct, IEventList<TSelf>
{
    static abstract string Name { get; }
    static abstract TSelf Create(int slots);

    /// <summary>The slot that is due first, and when.</summary>
    void Peek(out int slot, out long due);

    /// <summary>The slot that is due first fires and is armed anew.</summary>
    void RearmEarliest(long due);

    /// <summary>Arms a slot, or moves one that is armed.</summary>
    void Rearm(int slot, long due);
}
