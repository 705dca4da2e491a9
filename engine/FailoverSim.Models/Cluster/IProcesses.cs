namespace FailoverSim.Models.Cluster;

/// <summary>The processes of one kind, one per slot, as the mechanism that they run sees them.</summary>
public interface IProcesses
{
    /// <summary>The process ends by itself (a lost lease, a write to disk that fails): its supervisor restarts it, with back-off.</summary>
    void Exit(int slot);

    /// <summary>The clean shutdown that <see cref="IGraceful.Stop"/> asked for is done: the process may end.</summary>
    void Stopped(int slot);

    /// <summary>How many times longer than usual everything takes in this process: 1, or more while a fault slows it.</summary>
    double SlownessOf(int slot);
}

/// <summary>What a process does when it is asked to stop cleanly: hand over, then say that it is done.</summary>
public interface IGraceful
{
    /// <summary>The process of a slot has been asked to stop.</summary>
    void Stop(int slot);
}
