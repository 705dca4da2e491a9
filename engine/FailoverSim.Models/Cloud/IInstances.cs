namespace FailoverSim.Models.Cloud;

/// <summary>The machines behind worker nodes as their provider creates and destroys them.</summary>
public interface IInstances
{
    /// <summary>There is a machine, or one has been asked for.</summary>
    bool Exists(int node);

    /// <summary>Asks for a new machine in the place of a node: it boots once its zone is there and the provider's API answers. Nothing that befell its predecessor clings to it.</summary>
    void Launch(int node);

    /// <summary>Destroys the machine of a node at once; its Node object stays until a controller takes it away.</summary>
    void Terminate(int node);
}
