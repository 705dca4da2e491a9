namespace FailoverSim.Models.Operations;

/// <summary>Drains nodes, and wants to know when they are empty.</summary>
public interface IDrained
{
    /// <summary>
    /// No pod is left on a node that it has had drained, or the time-out is over and the node is not ready, so that nobody can tell.
    /// The node stays cordoned. Not told when its Node object is deleted meanwhile.
    /// </summary>
    void Drained(int node);
}
