namespace FailoverSim.Models.Nodes;

/// <summary>Follows where pods may go; told within the event, after <see cref="NodeObjects"/> has changed.</summary>
internal interface INodeRoomWatcher
{
    /// <summary>A node may be bound to now or no longer, or what is free on it has changed.</summary>
    void RoomChanged(int node, bool isMore);

    /// <summary>A Node object has come or gone: spreading counts other domains.</summary>
    void RegistrationChanged(int node);

    /// <summary>A node has one pod of a workload less, to be counted for spreading or to keep others away.</summary>
    void Thinned(int workload);
}
