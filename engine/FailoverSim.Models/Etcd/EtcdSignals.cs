using System.Collections.Immutable;
using FailoverSim.Kernel.Signals;

namespace FailoverSim.Models.Etcd;

/// <summary>What an etcd cluster tells others.</summary>
/// <param name="Leader">There is a leader that reaches a quorum both ways.</param>
/// <param name="Write">It has committed an entry of its own term and can commit now: a linearizable request sent now succeeds.</param>
/// <param name="Quorum">Some member that runs, has its data and can write is linked both ways to a majority of such members: what <see cref="Leader"/> needs to come back unaided.</param>
/// <param name="Serves">Per member: a request that reaches it is served as far as it depends on that member itself; it stays true while all elect.</param>
/// <param name="MajorityLostForGood">So many members have lost their data that no quorum is left: an operator must restore it.</param>
public sealed record EtcdSignals(
    Signal Leader, Signal Write, Signal Quorum, ImmutableArray<Signal> Serves, Signal MajorityLostForGood);
