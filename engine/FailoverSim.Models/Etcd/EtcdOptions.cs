using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Time;

namespace FailoverSim.Models.Etcd;

/// <summary>What can be set of an etcd cluster; the names are those of etcd's flags.</summary>
public sealed record EtcdOptions
{
    /// <summary>The most voters that a cluster can have here; etcd advises seven at most.</summary>
    public const int MostMembers = 9;

    /// <summary><c>--heartbeat-interval</c>: one tick. 100 ms by default (etcd 3.6, server/embed/config.go).</summary>
    public required SimDuration Heartbeat { get; init; }

    /// <summary><c>--election-timeout</c>; whole ticks count. 1 s by default.</summary>
    public required SimDuration ElectionTimeout { get; init; }

    /// <summary><c>--pre-vote</c>: on by default since etcd 3.5.</summary>
    public required bool PreVote { get; init; }

    /// <summary>Time of one write to the log on disk that is waited for (fdatasync).</summary>
    public required Law Fsync { get; init; }

    /// <summary>Writes per second that meet the disk while the cluster commits; 0 or more.</summary>
    public required double Writes { get; init; }

    /// <summary>From the start of the process until it takes part (reading snapshot and log).</summary>
    public required Law Start { get; init; }

    /// <summary>Time to copy a snapshot to a member: its size over the rate of copying.</summary>
    public required SimDuration SnapshotTransfer { get; init; }

    /// <summary><c>--snapshot-count</c>: entries between two compactions of the log. 10,000 since etcd 3.6, 100,000 before.</summary>
    public required long SnapshotCount { get; init; }

    /// <summary><c>--snapshot-catchup-entries</c>: entries kept for slow followers. 5,000.</summary>
    public required long CatchupEntries { get; init; }

    /// <summary><c>--initial-election-tick-advance</c>: a member that has started and sees its peers waits less for a leader. On by default.</summary>
    public required bool InitialElectionTickAdvance { get; init; }
}
