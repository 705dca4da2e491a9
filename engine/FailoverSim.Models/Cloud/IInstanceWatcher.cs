namespace FailoverSim.Models.Cloud;

/// <summary>Follows which machines come and go; told within the event.</summary>
public interface IInstanceWatcher
{
    /// <summary>A new machine has been made in the place of a node; it boots as soon as its zone is there.</summary>
    void Launched(int node);

    /// <summary>The machine of a node is gone.</summary>
    void Terminated(int node);
}
