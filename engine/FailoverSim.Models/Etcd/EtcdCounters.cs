namespace FailoverSim.Models.Etcd;

/// <summary>What an etcd cluster has been through in a replication.</summary>
public struct EtcdCounters
{
    /// <summary>Leaders elected.</summary>
    public long Elections { get; internal set; }

    /// <summary>Campaigns for votes, each in a term of its own.</summary>
    public long Campaigns { get; internal set; }

    /// <summary>Campaigns for promises of votes.</summary>
    public long PreCampaigns { get; internal set; }

    /// <summary>Leaders elected without an entry that was committed: stays 0 unless the model is wrong.</summary>
    public long LostCommits { get; internal set; }

    /// <summary>Restorations that gave up committed writes.</summary>
    public long DataLosses { get; internal set; }
}
