namespace FailoverSim.Models.Infrastructure;

/// <summary>What keeps data on machines or in processes that can be lost for good.</summary>
public interface IDisk
{
    /// <summary>The data of a slot (a machine, or a process: of whom it listens to) is gone, and so is what ran there.</summary>
    void DataLost(int slot);
}
