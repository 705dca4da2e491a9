using FailoverSim.Models.Cluster;

namespace FailoverSim.Models.Etcd;

/// <content>
/// Heartbeats that change nothing are no events. While a leader and a follower reach each other, only the tick from which
/// on they do is kept; from it and the draws of each heartbeat's way follow, at any instant, the last heartbeat that has
/// arrived, the last answer, and what is under way.
/// </content>
public sealed partial class EtcdCluster
{
    /// <summary>The leader needs no event to send its next heartbeat to a follower: from this tick on they rest.</summary>
    private bool TryRest(int leader, int follower)
    {
        long tick = TickAt(leader);
        bool isAnswered = HasPath(follower, leader);
        // The tick that makes up for a hang is out of step: what it sends is no heartbeat of the loop.
        if (_fidelity == Fidelity.Exhaustive || Now.Nanoseconds != TimeOf(leader, tick) || !CanRest(leader, follower, isAnswered)
            || Math.Max(_members[leader].SavedAt, _members[follower].SavedAt) > Now.Nanoseconds)
        {
            return false;
        }
        // The follower may be about to campaign before this heartbeat arrives.
        ref readonly RaftState raft = ref _members[follower].Raft;
        long arrival = ArrivalOf(leader, follower, tick, arrivalBefore: 0);
        long answer = isAnswered ? AnswerTo(leader, follower, tick, arrival, answerBefore: 0) : long.MaxValue;
        bool mayCampaign = !raft.CannotCampaign && TimeOf(follower, raft.CountedFrom + raft.RandomTimeout) <= arrival;
        if (mayCampaign || !_links.IsFree((leader * Count) + follower, (follower * Count) + leader, arrival, answer))
        {
            return false;
        }
        ref EtcdPair pair = ref Pair(leader, follower);
        pair.IsQuiet = true;
        pair.IsAnswered = isAnswered;
        pair.QuietFrom = tick;
        pair.FirstAnswer = answer;
        return true;
    }

    private bool CanRest(int leader, int follower, bool isAnswered)
    {
        ref readonly EtcdMember from = ref _members[leader];
        ref readonly EtcdMember to = ref _members[follower];
        int there = (leader * Count) + follower;
        int back = (follower * Count) + leader;
        return IsRegular(leader, follower) && from.IsActive && to.IsActive
            && IsTrue(_processes[leader].Runs) && IsTrue(_processes[follower].Runs)
            && from.Raft.Role == RaftRole.Leader && to.Raft.Role == RaftRole.Follower
            && to.Raft.Lead == leader && to.Raft.Term == from.Raft.Term
            && IsTrue(_paths[there]) && IsTrue(_clean[there])
            && isAnswered == IsTrue(_paths[back]) && (!isAnswered || IsTrue(_clean[back]))
            && (!isAnswered || to.IsCopying || from.Raft.HasAckOf(follower));
    }

    /// <summary>As long as heartbeats go both ways, no follower campaigns and no check of the quorum fails: none is under way for so long.</summary>
    private bool IsRegular(int leader, int follower) =>
        _isRegular[(leader * Count) + follower] && _isRegular[(follower * Count) + leader];

    /// <summary>Somebody must hear the leader's next heartbeat who does not rest.</summary>
    private bool MustBeat(int leader)
    {
        for (int j = 0; j < Count; j++)
        {
            if (j != leader && !Pair(leader, j).IsQuiet && Hears(leader, j) && !_members[j].IsFrozen)
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>The next check of the quorum may fail, or ends a transfer.</summary>
    private bool IsCheckNeeded(int leader) => _members[leader].Raft.Transferee >= 0 || AnsweringOf(leader) + 1 < _rules.Quorum;

    private bool CountsAsAnswering(int leader, int follower) =>
        Pair(leader, follower) is { IsQuiet: true, IsAnswered: true } && !_members[follower].Raft.IsEmpty;

    /// <summary>How many the next check of the quorum finds to have answered, and so all that follow.</summary>
    private int AnsweringOf(int leader)
    {
        ref readonly RaftState raft = ref _members[leader].Raft;
        int answering = 0;
        for (int j = 0; j < Count; j++)
        {
            // Who has answered already counts once more without a further answer.
            int checks = (raft.Recent & (1 << j)) != 0 ? 2 : 1;
            long last = TimeOf(leader, raft.CountedFrom + (checks * _rules.ElectionTicks));
            answering += CountsAsAnswering(leader, j) && Pair(leader, j).FirstAnswer < last ? 1 : 0;
        }
        return answering;
    }

    /// <summary>All that hear the leader rest or could do so.</summary>
    private bool IsAtRest(int leader)
    {
        for (int j = 0; j < Count; j++)
        {
            if (j != leader && Hears(leader, j) && !CanRest(leader, j, HasPath(j, leader)))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>Brings up to date what a member's elided heartbeats, answers and checks have done.</summary>
    /// <param name="slot">The member.</param>
    /// <param name="throughTick">Its last tick that has been dealt with.</param>
    private void Refresh(int slot, long throughTick)
    {
        ref EtcdMember member = ref _members[slot];
        if (!member.IsActive)
        {
            return;
        }
        if (member.IsAlone)
        {
            long campaigns = Math.Max(0, (throughTick - member.Raft.CountedFrom) / member.Raft.RandomTimeout);
            member.Raft.CountedFrom += campaigns * member.Raft.RandomTimeout;
            _totals[0].Counters.PreCampaigns += campaigns;
            member.IsAlone = false;
        }
        if (member.Raft.Role == RaftRole.Leader)
        {
            RefreshLeader(slot, throughTick);
        }
        else if (member.Raft.Lead >= 0 && Pair(member.Raft.Lead, slot).IsQuiet)
        {
            RefreshFollower(member.Raft.Lead, slot);
        }
    }

    private void RefreshLeader(int slot, long throughTick)
    {
        ref RaftState raft = ref _members[slot].Raft;
        long checks = (throughTick - raft.CountedFrom) / _rules.ElectionTicks;
        if (checks > 0)
        {
            raft.CountedFrom += checks * _rules.ElectionTicks;
            raft.Recent = 0;
        }
        for (int j = 0; j < Count; j++)
        {
            bool isKnown = (raft.Recent & (1 << j)) != 0;
            if (!isKnown && CountsAsAnswering(slot, j) && LastOf(slot, j, answers: true) >= TimeOf(slot, raft.CountedFrom))
            {
                raft.Recent |= 1 << j;
            }
        }
    }

    private void RefreshFollower(int leader, int slot)
    {
        long heard = LastOf(leader, slot, answers: false);
        if (heard >= 0)
        {
            ref RaftState raft = ref _members[slot].Raft;
            raft.CountedFrom = Math.Max(raft.CountedFrom, TickAt(slot, heard));
        }
    }

    /// <summary>When the last elided heartbeat, or the last answer to one, arrived; −1: none so far.</summary>
    private long LastOf(int leader, int follower, bool answers)
    {
        long until = _links.ArrivedUntil(answers ? (follower * Count) + leader : (leader * Count) + follower);
        long last = -1;
        long arrival = 0;
        long answer = 0;
        long newest = TickAt(leader);
        for (long tick = FirstUnderWay(leader, follower, newest); tick <= newest; tick++)
        {
            arrival = ArrivalOf(leader, follower, tick, arrival);
            long instant = answers ? answer = AnswerTo(leader, follower, tick, arrival, answer) : arrival;
            last = instant <= until ? instant : last;
        }
        return last;
    }

    /// <summary>When the heartbeat of a tick arrives, behind those before.</summary>
    private long ArrivalOf(int leader, int follower, long tick, long arrivalBefore)
    {
        long sent = TimeOf(leader, tick);
        return Math.Max(arrivalBefore, sent + _links.WayOf((leader * Count) + follower, RaftKind.Heartbeat, sent / _tick));
    }

    /// <summary>When the answer to it does.</summary>
    private long AnswerTo(int leader, int follower, long tick, long arrival, long answerBefore)
    {
        long number = TimeOf(leader, tick) / _tick;
        return Math.Max(answerBefore, arrival + _links.WayOf((follower * Count) + leader, RaftKind.HeartbeatResponse, number));
    }

    private long FirstUnderWay(int leader, int follower, long newest) => Math.Max(
        Pair(leader, follower).QuietFrom,
        newest - _lookback[(leader * Count) + follower] - _lookback[(follower * Count) + leader]);

    /// <summary>The loops that rest on the present role, leader or term of a member become events again.</summary>
    private void EndQuietAround(int slot) => EndQuietAround(slot, TickAt(slot));

    private void EndQuietAround(int slot, long throughTick)
    {
        for (int j = 0; j < Count; j++)
        {
            EndQuiet(slot, j, throughTick);
            EndQuiet(j, slot, TickAt(j));
        }
    }

    /// <summary>Heartbeats between a leader and a follower become events: what is under way is put there.</summary>
    /// <param name="leader">The leader.</param>
    /// <param name="follower">The follower.</param>
    /// <param name="newest">The leader's last tick with a heartbeat.</param>
    private void EndQuiet(int leader, int follower, long newest)
    {
        ref EtcdPair pair = ref Pair(leader, follower);
        if (!pair.IsQuiet)
        {
            return;
        }
        Refresh(leader, newest);
        Refresh(follower, TickAt(follower));
        long heardUntil = _links.ArrivedUntil((leader * Count) + follower);
        long answeredUntil = _links.ArrivedUntil((follower * Count) + leader);
        long arrival = 0;
        long answer = 0;
        for (long tick = FirstUnderWay(leader, follower, newest); tick <= newest; tick++)
        {
            arrival = ArrivalOf(leader, follower, tick, arrival);
            answer = AnswerTo(leader, follower, tick, arrival, answer);
            if (arrival > heardUntil)
            {
                Place(RaftKind.Heartbeat, leader, follower, tick, leader, TimeOf(leader, tick), arrival);
            }
            else if (answer > answeredUntil && pair.IsAnswered)
            {
                Place(RaftKind.HeartbeatResponse, follower, leader, tick, leader, arrival, answer);
            }
        }
        pair.IsQuiet = false;
    }

    private void Place(RaftKind kind, int from, int to, long tick, int leader, long sent, long due)
    {
        RaftMessage message = new()
        {
            Kind = kind,
            From = (byte)from,
            To = (byte)to,
            Term = _members[leader].Raft.Term,
            Number = TimeOf(leader, tick) / _tick,
            Created = sent,
            Departs = sent,
        };
        _links.Place((from * Count) + to, in message, due);
    }

    /// <summary>It reaches somebody.</summary>
    private bool IsHeard(int slot)
    {
        for (int j = 0; j < Count; j++)
        {
            if (j != slot && Hears(slot, j))
            {
                return true;
            }
        }
        return false;
    }
}
