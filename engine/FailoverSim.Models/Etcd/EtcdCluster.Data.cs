namespace FailoverSim.Models.Etcd;

/// <content>Logs: how they grow, fall behind, are copied, lost and restored.</content>
public sealed partial class EtcdCluster
{
    /// <summary>A member's data is gone: until a leader has given it a copy it neither votes nor counts.</summary>
    public void LoseData(int slot)
    {
        SettleLogs();
        EndQuietAround(slot);
        Empty(slot);
        RearmAll();
        Conclude();
    }

    /// <summary>An operator has restored the quorum: all members begin afresh with one log, those that do not run now when they start.</summary>
    /// <param name="dataLoss">Whether committed writes are given up: the log is the newest that is left. If not, all that was committed is there.</param>
    public void Restore(bool dataLoss)
    {
        SettleLogs();
        ref EtcdTotals totals = ref _totals[0];
        int source = NewestLog();
        bool isComplete = !dataLoss && source >= 0
            && !RaftNode.IsUpToDate(totals.Watch.CommittedTerm, totals.Watch.CommittedIndex, in _members[source].Raft);
        (long logTerm, long logIndex) = source >= 0 && (dataLoss || isComplete)
            ? (_members[source].Raft.LogTerm, _members[source].Raft.LogIndex)
            : (totals.Watch.CommittedTerm, totals.Watch.CommittedIndex);
        totals.HighestTerm++;
        for (int i = 0; i < Count; i++)
        {
            EndQuietAround(i);
        }
        for (int i = 0; i < Count; i++)
        {
            BeginAfresh(i, totals.HighestTerm, logTerm, logIndex);
        }
        if (dataLoss)
        {
            Simulation.Count(_dataLosses);
            totals.Watch.Begin(logTerm, logIndex);
        }
        else
        {
            Require(Math.Max(source, 0), totals.Watch.Commit(logTerm, logIndex));
        }
        totals.Writer = -1;
        RearmAll();
        Conclude();
    }

    private void BeginAfresh(int slot, long term, long logTerm, long logIndex)
    {
        ref EtcdMember member = ref _members[slot];
        ForgetVolatile(ref member.Raft);
        Disarm(slot, CopyTimer);
        member.IsCopying = member.IsAlone = member.HasInHand = false;
        member.Raft.IsEmpty = member.Raft.CannotCampaign = false;
        member.Raft.Vote = -1;
        member.Raft.Term = term;
        member.Raft.LogTerm = logTerm;
        member.Raft.LogIndex = logIndex;
        if (member.Life == MemberLife.Running)
        {
            member.Raft.CountedFrom = TickAt(slot);
            DrawTimeout(slot);
        }
        ShowData(slot, isLost: false);
    }

    private void Empty(int slot)
    {
        ref EtcdMember member = ref _members[slot];
        Disarm(slot, CopyTimer);
        member.IsCopying = member.IsAlone = member.HasInHand = false;
        member.Raft.IsEmpty = true;
        ForgetVolatile(ref member.Raft);
        member.Raft.Vote = -1;
        member.Raft.Term = member.Raft.LogTerm = member.Raft.LogIndex = 0;
        ShowData(slot, isLost: true);
    }

    private void ShowData(int slot, bool isLost)
    {
        Simulation.Drive(_hasData[slot], !isLost, _stages.Resync);
        Simulation.Drive(_lost[slot], isLost);
    }

    private int NewestLog()
    {
        int newest = -1;
        for (int i = 0; i < Count; i++)
        {
            ref readonly EtcdMember member = ref _members[i];
            bool isCandidate = member.Life == MemberLife.Running && !member.Raft.IsEmpty;
            if (isCandidate && (newest < 0 || !RaftNode.IsUpToDate(_members[newest].Raft.LogTerm, _members[newest].Raft.LogIndex, in member.Raft)))
            {
                newest = i;
            }
        }
        return newest;
    }

    /// <summary>The leader compacts its log at every multiple of the snapshot count and keeps some entries before it.</summary>
    private long FirstKeptOf(long logIndex) =>
        (logIndex / _options.SnapshotCount * _options.SnapshotCount) - _options.CatchupEntries + 1;

    private void BeginCopy(int slot)
    {
        ref EtcdMember member = ref _members[slot];
        if (!member.IsCopying)
        {
            member.IsCopying = true;
            member.Raft.CannotCampaign = true;
            ArmAfter(slot, CopyTimer, _options.SnapshotTransfer);
            Report(slot, "copies a snapshot");
        }
    }

    /// <summary>The snapshot has arrived, if its leader still leads; otherwise the next one sends another.</summary>
    private void EndCopy(int slot)
    {
        ref EtcdMember member = ref _members[slot];
        Refresh(slot, TickAt(slot));
        EndQuietAround(slot);
        int lead = member.Raft.Lead;
        bool isComplete = member.IsActive && lead >= 0 && _members[lead].IsLeader && _members[lead].IsActive
            && _members[lead].Raft.Term == member.Raft.Term && HasPath(lead, slot);
        member.IsCopying = false;
        if (isComplete)
        {
            TakeOverLog(slot, lead);
        }
        member.Raft.CannotCampaign = member.Raft.IsEmpty;
        RearmAll();
    }

    private void TakeOverLog(int slot, int lead)
    {
        ref EtcdMember member = ref _members[slot];
        RaftState next = member.Raft;
        next.LogTerm = _members[lead].Raft.LogTerm;
        next.LogIndex = _members[lead].Raft.LogIndex;
        // Whether it has voted in this term is unknown: it stands by the leader of the term.
        next.Vote = next.IsEmpty ? lead : next.Vote;
        next.IsEmpty = next.CannotCampaign = false;
        ShowData(slot, isLost: false);
        Report(slot, "follower");
        Span<RaftMessage> room = stackalloc RaftMessage[1];
        RaftOutbox outbox = new(room) { MustSync = true };
        outbox.Add(new RaftMessage
        {
            Kind = RaftKind.AppendResponse,
            To = (byte)lead,
            Term = next.Term,
            LogTerm = next.LogTerm,
            LogIndex = next.LogIndex,
        });
        Apply(slot, in next, in outbox, TickAt(slot));
    }

    /// <summary>Brings the logs up to now: they grow while the cluster commits, on the leader and on those that follow it closely.</summary>
    private void SettleLogs()
    {
        ref EtcdTotals totals = ref _totals[0];
        if (totals.Writer < 0)
        {
            return;
        }
        ref RaftState leader = ref _members[totals.Writer].Raft;
        long written = (long)((Now.Nanoseconds - totals.WriterSince) * 1e-9 * _options.Writes);
        leader.LogIndex = totals.WriterBase + written;
        Require(totals.Writer, totals.Watch.Commit(leader.LogTerm, leader.LogIndex));
        for (int j = 0; j < Count; j++)
        {
            if (leader.HasAckOf(j))
            {
                _members[j].Raft.LogTerm = leader.LogTerm;
                _members[j].Raft.LogIndex = leader.LogIndex;
            }
        }
    }

    private void Require(int slot, string? fault)
    {
        if (fault is not null)
        {
            throw Simulation.Violation($"{EntityName(slot)} {fault}");
        }
    }

    private void SetWriter(int leader)
    {
        ref EtcdTotals totals = ref _totals[0];
        if (leader != totals.Writer)
        {
            totals.Writer = leader;
            if (leader >= 0)
            {
                totals.WriterSince = Now.Nanoseconds;
                totals.WriterBase = _members[leader].Raft.LogIndex;
            }
        }
    }
}
