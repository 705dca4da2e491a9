using FailoverSim.Kernel.Randomness;
using FailoverSim.Kernel.Time;

namespace FailoverSim.Models.Etcd;

/// <content>Processes that die, start, hang, stall and stop.</content>
public sealed partial class EtcdCluster
{
    /// <summary>Between two looks for peers after a start, and how many there are (etcd, server.go, adjustTicks).</summary>
    private static readonly SimDuration PollPeers = new(50_000_000);
    private const int MostPolls = 100;

    /// <summary>A clean stop waits for its transfer as long as for a request: this and two election timeouts.</summary>
    private static readonly SimDuration RequestTimeout = new(5 * SimDuration.NanosecondsPerSecond);

    /// <summary>A leader hands over to the voter connected longest and stops when that one leads; a follower stops at once.</summary>
    public void Stop(int slot)
    {
        SettleLogs();
        Refresh(slot, TickAt(slot));
        ref EtcdMember member = ref _members[slot];
        int successor = member.IsLeader && member.IsActive ? LongestConnectedTo(slot) : -1;
        if (successor < 0)
        {
            Break(slot);
            _supervisor.Stopped(slot);
            return;
        }
        member.IsStopping = true;
        Break(slot);
        member.StopUntil = (Now + RequestTimeout).Nanoseconds + (2 * _rules.ElectionTicks * _tick);
        Span<RaftMessage> room = stackalloc RaftMessage[RaftOutbox.Room];
        RaftOutbox outbox = new(room);
        RaftState next = member.Raft;
        RaftNode.Transfer(ref next, successor, TickAt(slot), ref outbox);
        Apply(slot, in next, in outbox, TickAt(slot));
        ArmAfter(slot, StopTimer, _options.Heartbeat);
        Conclude();
    }

    protected override void OnSignal(int slot)
    {
        SettleLogs();
        for (int i = 0; i < Count; i++)
        {
            for (int j = 0; j < Count; j++)
            {
                if (Pair(i, j).IsQuiet && !CanRest(i, j, Pair(i, j).IsAnswered))
                {
                    EndQuiet(i, j, TickAt(i));
                }
            }
        }
        WakeLonely();
        NoteConnections();
        for (int i = 0; i < Count; i++)
        {
            FollowProcess(i);
        }
        RearmAll();
        Conclude();
    }

    private void FollowProcess(int slot)
    {
        ref EtcdMember member = ref _members[slot];
        bool runs = IsTrue(_processes[slot].Runs);
        if (!IsTrue(_processes[slot].Alive))
        {
            if (member.Life != MemberLife.Dead)
            {
                Die(slot);
            }
        }
        else if (member.Life == MemberLife.Dead && runs)
        {
            member.Life = MemberLife.Starting;
            ArmAfter(slot, StartTimer, SimDuration.FromSeconds(Draw(slot, _startup, Startup, member.Starts)));
        }
        else if (member.Life == MemberLife.Running)
        {
            FollowHang(slot, runs);
        }
    }

    private void FollowHang(int slot, bool runs)
    {
        ref EtcdMember member = ref _members[slot];
        bool wasFrozen = member.IsFrozen;
        if (!runs && !wasFrozen)
        {
            EndQuietAround(slot);
            member.FrozenAt = PassedUntil(slot, TickTimer);
            Simulation.Drive(_takesIn[slot], false);
            Report(slot, "hangs");
            NoteLeader(slot);
        }
        member.IsHung = !runs;
        if (member.IsStuck && IsTrue(_processes[slot].Disk))
        {
            member.IsStuck = false;
        }
        if (wasFrozen && !member.IsFrozen)
        {
            GoOn(slot);
        }
    }

    private void Die(int slot)
    {
        ref EtcdMember member = ref _members[slot];
        EndQuietAround(slot);
        Simulation.Drive(_takesIn[slot], true);
        member.Life = MemberLife.Dead;
        member.IsHung = member.IsStuck = member.IsCopying = member.IsStopping = member.IsAlone = member.HasInHand = false;
        member.DiedAt = Now.Nanoseconds;
        member.TickDue = 0;
        Break(slot);
        NoteLeader(slot);
        ForgetVolatile(ref member.Raft);
        for (int timer = 0; timer <= StopTimer; timer++)
        {
            Disarm(slot, timer);
        }
        Report(slot, "dead");
    }

    /// <summary>Something has befallen a member; whether it leads makes the difference to the story.</summary>
    private void NoteLeader(int slot)
    {
        if (_members[slot].IsLeader)
        {
            Simulation.Trace?.OnNote(Now, this, slot, $"it is the leader of term {_members[slot].Raft.Term}");
        }
    }

    /// <summary>A leader to replace is gone: the next election is needed.</summary>
    private void Break(int slot)
    {
        if (_totals[0].Unbroken == slot + 1)
        {
            _totals[0].Unbroken = 0;
        }
    }

    private static void ForgetVolatile(ref RaftState raft)
    {
        raft.Role = RaftRole.Follower;
        raft.Lead = raft.Transferee = -1;
        raft.Granted = raft.Refused = raft.Acked = raft.Recent = 0;
        raft.HasCommitted = false;
        raft.CannotCampaign = raft.IsEmpty;
    }

    /// <summary>Snapshot and log have been read: its ticker starts, at a phase of its own.</summary>
    private void TakePart(int slot)
    {
        ref EtcdMember member = ref _members[slot];
        WakeLonely();
        member.Life = MemberLife.Running;
        Draws phase = DrawsFor(slot, Phase, member.Starts++);
        member.TickerStart = Now.Nanoseconds - (long)(phase.NextUniform() * _tick);
        member.Raft.CountedFrom = 0;
        member.SavedAt = Now.Nanoseconds;
        member.FrozenAt = PassedUntil(slot, TickTimer);
        if (!IsTrue(_processes[slot].Runs))
        {
            member.IsHung = true;
            Simulation.Drive(_takesIn[slot], false);
        }
        DrawTimeout(slot);
        Report(slot, "follower");
        if (Count == 1)
        {
            member.Raft.CountedFrom = 1 - _rules.ElectionTicks;
        }
        else if (_options.InitialElectionTickAdvance)
        {
            member.Polls = 0;
            ArmAfter(slot, StartTimer, PollPeers);
        }
        RearmAll();
    }

    /// <summary>Once more than one peer is there, all but two ticks of the election timeout are taken as elapsed.</summary>
    private void LookForPeers(int slot)
    {
        ref EtcdMember member = ref _members[slot];
        int peers = 0;
        for (int j = 0; j < Count; j++)
        {
            bool isConnected = j != slot && HasPath(slot, j) && HasPath(j, slot);
            peers += isConnected && _members[j].Life == MemberLife.Running && IsTrue(_processes[j].Runs) ? 1 : 0;
        }
        if (member.IsFrozen || peers <= 1)
        {
            if (member.Polls++ < MostPolls)
            {
                ArmAfter(slot, StartTimer, PollPeers);
            }
        }
        else if (!member.IsLeader)
        {
            Refresh(slot, TickAt(slot));
            EndQuietAround(slot);
            member.Raft.CountedFrom -= _rules.ElectionTicks - 2;
            if (TickAt(slot) - member.Raft.CountedFrom >= member.Raft.RandomTimeout)
            {
                RunTick(slot);
            }
            RearmAll();
        }
    }

    /// <summary>The member waits for its disk: its clock stands still and messages wait at its door.</summary>
    private void Stick(int slot)
    {
        ref EtcdMember member = ref _members[slot];
        EndQuietAround(slot);
        if (!member.IsFrozen)
        {
            member.FrozenAt = PassedUntil(slot, TickTimer);
        }
        member.IsStuck = true;
        Simulation.Drive(_takesIn[slot], false);
        Report(slot, "waits for its disk");
        NoteLeader(slot);
        RearmAll();
    }

    /// <summary>
    /// After a hang or a stall: one tick for all that were missed, what it had in hand, what waits at its door, and a
    /// heartbeat of whoever leads.
    /// </summary>
    private void GoOn(int slot)
    {
        ref EtcdMember member = ref _members[slot];
        Simulation.Drive(_takesIn[slot], true);
        Report(slot, "goes on");
        long missed = TickAt(slot) - TickAt(slot, member.FrozenAt);
        if (missed > 0)
        {
            member.Raft.CountedFrom += missed - 1;
            RunTick(slot);
        }
        if (member.HasInHand && member.IsActive)
        {
            member.HasInHand = false;
            Take(in member.InHand);
        }
        for (int i = 0; i < Count; i++)
        {
            if (i != slot && _members[i].IsLeader && _members[i].IsActive && HasPath(i, slot))
            {
                Place(RaftKind.Heartbeat, i, slot, TickAt(i), i, Now.Nanoseconds, Now.Nanoseconds);
            }
        }
    }

    /// <summary>Every tick, a leader that stops looks whether its successor leads.</summary>
    private void PollStop(int slot)
    {
        ref EtcdMember member = ref _members[slot];
        bool isDone = member.Raft.Lead >= 0 && member.Raft.Lead != slot;
        if (isDone || Now.Nanoseconds >= member.StopUntil)
        {
            member.IsStopping = false;
            _supervisor.Stopped(slot);
        }
        else
        {
            ArmAfter(slot, StopTimer, _options.Heartbeat);
        }
    }

    private int LongestConnectedTo(int slot)
    {
        int longest = -1;
        for (int j = 0; j < Count; j++)
        {
            long since = Pair(slot, j).ConnectedSince;
            bool isEligible = j != slot && since >= 0 && !_members[j].Raft.IsEmpty;
            if (isEligible && (longest < 0 || since < Pair(slot, longest).ConnectedSince))
            {
                longest = j;
            }
        }
        return longest;
    }

    private void NoteConnections()
    {
        for (int i = 0; i < Count; i++)
        {
            for (int j = 0; j < Count; j++)
            {
                bool isConnected = HasPath(i, j) && HasPath(j, i) && IsTrue(_processes[i].Runs) && IsTrue(_processes[j].Runs);
                ref long since = ref Pair(i, j).ConnectedSince;
                since = !isConnected ? -1 : since < 0 ? Now.Nanoseconds : since;
            }
        }
    }

    private void WakeLonely()
    {
        for (int i = 0; i < Count; i++)
        {
            if (_members[i].IsAlone)
            {
                Refresh(i, TickAt(i));
            }
        }
    }
}
