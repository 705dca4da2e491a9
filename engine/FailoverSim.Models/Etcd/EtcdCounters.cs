namespace FailoverSim.Models.Etcd;

/// <summary>Attempts to become the leader in a replication, successful or not.</summary>
public struct EtcdCounters
{
    /// <summary>Campaigns for votes, each in a term of its own.</summary>
    public long Campaigns { get; internal set; }

    /// <summary>Campaigns for promises of votes.</summary>
    public long PreCampaigns { get; internal set; }
}
