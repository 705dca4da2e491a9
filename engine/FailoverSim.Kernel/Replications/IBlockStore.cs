namespace FailoverSim.Kernel.Replications;

/// <summary>
/// What is finished already of one series of replications, and where that is kept which becomes so. Asked by all threads at once.
/// </summary>
public interface IBlockStore
{
    /// <summary>A block that need not be simulated again; null if it is not there. One of another length is not used.</summary>
    ReplicationBlock? Find(long block);

    /// <summary>Whether a block is there that need not be held in memory: <see cref="Find"/> reads it from elsewhere.</summary>
    bool Holds(long block);

    /// <summary>Called for each block that was simulated to its end, in whatever order they end.</summary>
    void Keep(ReplicationBlock block);
}
