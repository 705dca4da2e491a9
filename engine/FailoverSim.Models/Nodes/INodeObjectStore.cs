namespace FailoverSim.Models.Nodes;

/// <summary>Takes Node objects away, for those who know that a machine will not come back.</summary>
public interface INodeObjectStore
{
    /// <summary>Deletes a Node object; its pods are orphans until they are collected. Charged to the present cause.</summary>
    void Delete(int node);
}
