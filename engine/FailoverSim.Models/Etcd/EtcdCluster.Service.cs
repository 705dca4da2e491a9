using System.Numerics;
using FailoverSim.Kernel.Time;

namespace FailoverSim.Models.Etcd;

/// <content>What the cluster can do for others at an instant, whether or not its members know.</content>
public sealed partial class EtcdCluster
{
    /// <summary>After whatever has happened: the conditions that others depend on, and writes that will meet a stalled disk.</summary>
    private void Conclude()
    {
        ref EtcdTotals totals = ref _totals[0];
        int leader = -1;
        for (int i = 0; i < Count; i++)
        {
            if (_members[i].IsLeader)
            {
                KeepAcksOfLinked(i);
                leader = Leads(i) && (leader < 0 || _members[i].Raft.Term > _members[leader].Raft.Term) ? i : leader;
            }
        }
        bool commits = leader >= 0 && Commits(in _members[leader].Raft);
        SetWriter(commits ? leader : -1);
        Show(leader >= 0, commits);
        for (int i = 0; i < Count; i++)
        {
            ShowServing(i, totals.Writer);
            ExpectWrite(i, totals.Writer);
        }
    }

    /// <summary>It leads a quorum that it reaches, and that reaches it, at this very instant.</summary>
    private bool Leads(int leader)
    {
        ref readonly EtcdMember member = ref _members[leader];
        int reached = 1;
        for (int j = 0; j < Count; j++)
        {
            reached += j != leader && IsLinked(leader, j) && _members[j].Raft.Term <= member.Raft.Term ? 1 : 0;
        }
        return member.IsActive && reached >= _rules.Quorum;
    }

    private bool Commits(in RaftState leader) =>
        leader.HasCommitted && leader.Transferee < 0 && BitOperations.PopCount((uint)leader.Acked) >= _rules.Quorum;

    private bool IsLinked(int a, int b) =>
        _members[b].IsActive && !_members[b].Raft.IsEmpty && HasPath(a, b) && HasPath(b, a);

    /// <summary>Who no longer follows a leader, or is cut off from it, misses its next entry.</summary>
    private void KeepAcksOfLinked(int leader)
    {
        ref RaftState raft = ref _members[leader].Raft;
        for (int j = 0; j < Count; j++)
        {
            ref readonly RaftState other = ref _members[j].Raft;
            if (j != leader && raft.HasAckOf(j)
                && !(IsLinked(leader, j) && other.Term == raft.Term && other.Role == RaftRole.Follower && other.Lead == leader))
            {
                raft.Acked &= ~(1 << j);
            }
        }
    }

    private void Show(bool isLed, bool commits)
    {
        ref EtcdTotals totals = ref _totals[0];
        if (totals.IsLed && totals.IsCommitting && !(isLed && commits))
        {
            totals.HasCampaigned = HasCandidate();
        }
        int stage = totals.HasCampaigned ? _stages.Elect : _stages.Detect;
        if (isLed != totals.IsLed)
        {
            totals.IsLed = isLed;
            Simulation.Drive(_led, isLed, stage);
        }
        if (commits != totals.IsCommitting)
        {
            totals.IsCommitting = commits;
            Simulation.Drive(_commits, commits, stage);
        }
    }

    private bool HasCandidate()
    {
        for (int i = 0; i < Count; i++)
        {
            if (_members[i].IsActive && _members[i].Raft.Role == RaftRole.Candidate)
            {
                return true;
            }
        }
        return false;
    }

    private void ShowElecting()
    {
        ref EtcdTotals totals = ref _totals[0];
        if (!totals.IsLed)
        {
            Simulation.SetStage(_led, _stages.Elect);
        }
        if (!totals.IsCommitting)
        {
            Simulation.SetStage(_commits, _stages.Elect);
        }
    }

    private void ShowServing(int slot, int writer)
    {
        ref EtcdMember member = ref _members[slot];
        bool serves = member.IsActive && !member.Raft.IsEmpty
            && (writer < 0 || writer == slot || _members[writer].Raft.HasAckOf(slot));
        if (serves != member.IsServing)
        {
            member.IsServing = serves;
            Simulation.Drive(Signals.Serves[slot], serves, member.Raft.IsEmpty ? _stages.Resync : _stages.StartUp);
        }
    }

    /// <summary>While its disk stalls, a member that takes part in writes freezes at the next one.</summary>
    private void ExpectWrite(int slot, int writer)
    {
        ref EtcdMember member = ref _members[slot];
        bool writes = _options.Writes > 0 && member.IsActive && !IsTrue(_processes[slot].Disk)
            && writer >= 0 && _members[writer].Raft.HasAckOf(slot);
        if (writes == IsArmed(slot, MeetTimer))
        {
            return;
        }
        if (writes)
        {
            double wait = DrawsFor(slot, Meet, member.Meets++).NextExponential() / _options.Writes;
            ArmAfter(slot, MeetTimer, SimDuration.FromSeconds(wait));
        }
        else
        {
            Disarm(slot, MeetTimer);
        }
    }
}
