namespace FailoverSim.Models.Nodes;

/// <summary>Takes Node objects away.</summary>
public interface INodeObjectStore
{
    /// <summary>Deletes the Node object of a node.</summary>
    void Delete(int node);
}
