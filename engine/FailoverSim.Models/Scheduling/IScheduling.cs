namespace FailoverSim.Models.Scheduling;

/// <summary>Finds nodes for pods.</summary>
public interface IScheduling
{
    /// <summary>Chooses a node at t = 0 as it would later, and takes the pod's request there.</summary>
    /// <returns>The node, or −1 if none has room.</returns>
    int PlaceNow(int pod);

    /// <summary>A pod waits for a node from now on, charged to the present cause.</summary>
    void Enqueue(int pod);

    /// <summary>A waiting pod is gone.</summary>
    void Withdraw(int pod);
}
