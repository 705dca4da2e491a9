using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;

namespace FailoverSim.Models.Etcd;

/// <content>Ticks and messages: what Raft says is carried out.</content>
public sealed partial class EtcdCluster
{
    /// <summary>A message has arrived at a member that takes messages in.</summary>
    internal void Deliver(in RaftMessage message)
    {
        SettleLogs();
        Take(in message);
        Conclude();
    }

    private void Take(in RaftMessage message)
    {
        int to = message.To;
        ref EtcdMember member = ref _members[to];
        long died = _members[message.From].DiedAt;
        bool neverLeft = message.Created <= died && died < message.Departs;
        // Who has lost its data has forgotten for whom it voted: it must not vote before it has a log again.
        bool mustAbstain = member.Raft.IsEmpty && message.Kind is RaftKind.PreVote or RaftKind.Vote;
        if (member.Life != MemberLife.Running || neverLeft || mustAbstain)
        {
            return;
        }
        Refresh(to, TickAt(to));
        Span<RaftMessage> room = stackalloc RaftMessage[RaftOutbox.Room];
        RaftOutbox outbox = new(room);
        RaftState next = member.Raft;
        RaftNode.Step(in _rules, ref next, to, TickAt(to), in message, ref outbox);
        if (_members[message.From].Raft.IsEmpty)
        {
            // It answers, and does not count.
            next.Recent &= ~(1 << message.From);
        }
        if (outbox.MustSync && !IsTrue(_processes[to].Disk))
        {
            member.InHand = message;
            member.HasInHand = true;
            Stick(to);
            return;
        }
        Apply(to, in next, in outbox, TickAt(to));
    }

    /// <summary>A member's clock ticks at this instant, and something may be due.</summary>
    private void RunTick(int slot)
    {
        ref EtcdMember member = ref _members[slot];
        Span<RaftMessage> room = stackalloc RaftMessage[RaftOutbox.Room];
        RaftOutbox outbox = new(room);
        RaftState next = member.Raft;
        RaftNode.Tick(in _rules, ref next, slot, TickAt(slot), ref outbox);
        if (outbox.MustSync && !IsTrue(_processes[slot].Disk))
        {
            Stick(slot);
            // The tick was not taken: it is the one that is caught up with later.
            member.FrozenAt = TimeOf(slot, TickAt(slot)) - 1;
            return;
        }
        if (member.IsLeader && IsAtRest(slot))
        {
            // What is periodic again is nobody's fault.
            Simulation.Resume(default);
        }
        Apply(slot, in next, in outbox, TickAt(slot) - 1);
        if (next.Role == RaftRole.PreCandidate && _fidelity == Fidelity.Elided && !IsHeard(slot))
        {
            // It campaigns again and again with no effect, at a constant period.
            member.IsAlone = true;
        }
        Rearm(slot);
    }

    /// <summary>Carries out what a step has decided.</summary>
    /// <param name="slot">The member.</param>
    /// <param name="next">Its state from now on.</param>
    /// <param name="outbox">What it says.</param>
    /// <param name="throughTick">Its last tick before the step: a heartbeat of a later one has not been sent.</param>
    private void Apply(int slot, in RaftState next, in RaftOutbox outbox, long throughTick)
    {
        ref EtcdMember member = ref _members[slot];
        RaftState before = member.Raft;
        if (next.Role != before.Role || next.Lead != before.Lead || next.Term != before.Term || next.Transferee != before.Transferee)
        {
            EndQuietAround(slot, throughTick);
        }
        member.Raft = next;
        if (outbox.Redraw)
        {
            DrawTimeout(slot);
        }
        Note(slot, in before, in outbox);
        long free = Math.Max(Now.Nanoseconds, member.SavedAt);
        long saved = outbox.MustSync ? free + FsyncOf(slot) : free;
        member.SavedAt = saved;
        foreach (ref readonly RaftMessage message in outbox.Messages)
        {
            // A leader sends entries while its own disk writes them; everything else that it says now waits for the disk.
            bool waits = message.Kind != RaftKind.Append;
            Dispatch(slot, message, waits ? saved : free);
        }
        if (outbox.NeedsSnapshot)
        {
            BeginCopy(slot);
        }
        RearmAll();
    }

    private void Dispatch(int from, RaftMessage message, long departs)
    {
        int to = message.To;
        message.From = (byte)from;
        message.Created = Now.Nanoseconds;
        message.Departs = departs;
        if (message.Kind == RaftKind.Heartbeat)
        {
            // A receiver that stands still finds one heartbeat at its door when it goes on, not a queue of them.
            if (_members[to].IsFrozen || Pair(from, to).IsQuiet || TryRest(from, to))
            {
                return;
            }
            message.Number = Now.Nanoseconds / _tick;
        }
        if (message.Kind == RaftKind.Append)
        {
            if (_members[to].IsCopying)
            {
                // A leader pauses while a snapshot is on its way.
                return;
            }
            message.FirstKept = FirstKeptOf(message.LogIndex);
        }
        if (Hears(from, to))
        {
            double loss = from == to || IsTrue(_clean[(from * Count) + to]) ? 0 : _network.LossOf(_machines[from], _machines[to]);
            _links.Post((from * Count) + to, in message, loss);
        }
    }

    /// <summary>Something sent now from one member to another can arrive: elsewhere nothing is sent, which is as if it were lost.</summary>
    private bool Hears(int from, int to) =>
        HasPath(from, to) && _members[to].Life == MemberLife.Running && IsTrue(_processes[to].Machine.Up);

    private long FsyncOf(int slot)
    {
        double seconds = Draw(slot, _fsync, Fsync, _members[slot].Fsyncs++);
        return SimDuration.FromSeconds(seconds * _supervisor.SlownessOf(slot)).Nanoseconds;
    }

    private void Note(int slot, in RaftState before, in RaftOutbox outbox)
    {
        ref readonly RaftState after = ref _members[slot].Raft;
        ref EtcdTotals totals = ref _totals[0];
        totals.HighestTerm = Math.Max(totals.HighestTerm, after.Term);
        if (outbox.Campaigned && after.Role == RaftRole.PreCandidate)
        {
            totals.Counters.PreCampaigns++;
        }
        if (after.Role == RaftRole.Candidate && after.Term > before.Term)
        {
            totals.Counters.Campaigns++;
        }
        // One that reaches nobody and tries again, which is no event while that lasts, brings nobody nearer to a leader.
        bool isVain = before.Role == RaftRole.PreCandidate && !IsHeard(slot);
        if (outbox.Campaigned && !totals.HasCampaigned && !isVain)
        {
            totals.HasCampaigned = true;
            ShowElecting();
        }
        if (after.Role != before.Role)
        {
            Report(slot, after.Role switch
            {
                RaftRole.Leader => "leader",
                RaftRole.Candidate => "candidate",
                RaftRole.PreCandidate => "pre-candidate",
                _ => "follower",
            });
            if (after.Role is RaftRole.Leader or RaftRole.Candidate)
            {
                Simulation.Trace?.OnNote(Now, this, slot, $"term {after.Term}");
            }
        }
        if (after.Role == RaftRole.Leader && before.Role != RaftRole.Leader)
        {
            Simulation.Count(_elections);
            if (totals.Unbroken > 0)
            {
                Simulation.Count(_falseElections);
            }
            totals.Unbroken = slot + 1;
            Require(slot, totals.Watch.Elect(slot, after.Term, in before));
        }
    }

    private void RearmAll()
    {
        for (int i = 0; i < Count; i++)
        {
            Rearm(i);
        }
    }

    /// <summary>Arms the next tick of a member at which something can be due.</summary>
    private void Rearm(int slot)
    {
        ref EtcdMember member = ref _members[slot];
        long tick = NextTickOf(slot);
        if (tick == long.MaxValue)
        {
            member.TickDue = 0;
            Disarm(slot, TickTimer);
            return;
        }
        // A deadline that is due already (it could not campaign so far) waits for the next tick.
        long due = TimeOf(slot, Math.Max(tick, TickAt(slot) + 1));
        if (due != member.TickDue)
        {
            member.TickDue = due;
            ArmAt(slot, TickTimer, new SimTime(due));
        }
    }

    private long NextTickOf(int slot)
    {
        ref readonly EtcdMember member = ref _members[slot];
        ref readonly RaftState raft = ref member.Raft;
        if (!member.IsActive)
        {
            return long.MaxValue;
        }
        if (raft.Role == RaftRole.Leader)
        {
            return _fidelity == Fidelity.Exhaustive || MustBeat(slot) ? TickAt(slot) + 1
                : IsCheckNeeded(slot) ? raft.CountedFrom + _rules.ElectionTicks
                : long.MaxValue;
        }
        bool restsOnLeader = raft.Lead >= 0 && Pair(raft.Lead, slot).IsQuiet;
        return restsOnLeader || member.IsAlone || raft.CannotCampaign ? long.MaxValue : raft.CountedFrom + raft.RandomTimeout;
    }
}
