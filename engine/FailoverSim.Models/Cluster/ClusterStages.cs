using FailoverSim.Kernel;

namespace FailoverSim.Models.Cluster;

/// <summary>What an outage of a cluster's services can be waiting for.</summary>
public sealed class ClusterStages(ModelBuilder builder)
{
    /// <summary>Nobody who could act has noticed yet.</summary>
    public int Detect { get; } = builder.Stage("detect");

    /// <summary>A lease or a timer of the old holder must run out.</summary>
    public int Expire { get; } = builder.Stage("expire");

    /// <summary>A successor is being found: votes, first commit, first attempt after expiry.</summary>
    public int Elect { get; } = builder.Stage("elect");

    /// <summary>The address is on its way to the new holder.</summary>
    public int TakeOver { get; } = builder.Stage("take over");

    /// <summary>A process is down and its restart has not begun or is under way (back-off included).</summary>
    public int Restart { get; } = builder.Stage("restart");

    /// <summary>A process runs and does not serve yet.</summary>
    public int StartUp { get; } = builder.Stage("start");

    /// <summary>A new leader fills its caches.</summary>
    public int Sync { get; } = builder.Stage("sync");

    /// <summary>Clients are on their way to another peer.</summary>
    public int Reconnect { get; } = builder.Stage("reconnect");

    /// <summary>A zone, a feed, a rack or a link is out.</summary>
    public int Outage { get; } = builder.Stage("outage");

    /// <summary>A machine boots after its power came back.</summary>
    public int Boot { get; } = builder.Stage("boot");

    /// <summary>The crew has been called and has not answered.</summary>
    public int Answer { get; } = builder.Stage("answer");

    /// <summary>The job queues for the crew.</summary>
    public int Crew { get; } = builder.Stage("crew");

    /// <summary>The repair itself.</summary>
    public int Repair { get; } = builder.Stage("repair");

    /// <summary>Data is copied to a member that lost its own.</summary>
    public int Resync { get; } = builder.Stage("resync");

    /// <summary>Planned work.</summary>
    public int Maintenance { get; } = builder.Stage("maintenance");

    /// <summary>A node is known to be not ready and waits for its NoExecute taint, or a drain for leave to evict.</summary>
    public int Evict { get; } = builder.Stage("evict");

    /// <summary>A tainted node's pods are tolerated for a while.</summary>
    public int Tolerate { get; } = builder.Stage("tolerate");

    /// <summary>A pod that may exist only once waits until its predecessor is gone.</summary>
    public int Terminate { get; } = builder.Stage("terminate");

    /// <summary>A pod waits for a node.</summary>
    public int Schedule { get; } = builder.Stage("schedule");

    /// <summary>A volume is detached from one node and attached to another.</summary>
    public int Attach { get; } = builder.Stage("attach");

    /// <summary>The sandbox is made and the image pulled.</summary>
    public int Pull { get; } = builder.Stage("pull");

    /// <summary>The application runs and has not been found ready.</summary>
    public int Ready { get; } = builder.Stage("ready");

    /// <summary>A ready pod is on its way into the endpoints and the rules of the nodes.</summary>
    public int Propagate { get; } = builder.Stage("propagate");
}
