using System.Numerics;

namespace FailoverSim.Models.Etcd;

/// <summary>
/// The rules of one member as a pure reaction: a state and a tick or a message in, a state and messages out. Pre-vote,
/// check-quorum and leadership transfer as in etcd-io/raft (v3.6 and v3.7, raft.go; the same rules in etcd 3.4).
/// </summary>
/// <remarks>
/// A log is told by its last entry: members whose last entries agree have the same log (Raft's log matching), so an append
/// carries the leader's last entry and the follower takes over all that leads to it.
/// </remarks>
internal static class RaftNode
{
    /// <summary>The member's clock ticks for the <paramref name="tick"/>-th time.</summary>
    public static void Tick(in RaftRules rules, ref RaftState state, int self, long tick, ref RaftOutbox outbox)
    {
        if (state.Role != RaftRole.Leader)
        {
            if (!state.CannotCampaign && tick - state.CountedFrom >= state.RandomTimeout)
            {
                state.CountedFrom = tick;
                Campaign(in rules, ref state, self, tick, isTransfer: false, ref outbox);
            }
            return;
        }
        if (tick - state.CountedFrom >= rules.ElectionTicks)
        {
            state.CountedFrom = tick;
            state.Transferee = -1;
            bool hasQuorum = BitOperations.PopCount((uint)(state.Recent | (1 << self))) >= rules.Quorum;
            state.Recent = 0;
            if (!hasQuorum)
            {
                BecomeFollower(ref state, state.Term, -1, tick, ref outbox);
                return;
            }
        }
        for (int to = 0; to < rules.Members; to++)
        {
            if (to != self)
            {
                Say(in state, RaftKind.Heartbeat, to, state.Term, ref outbox);
            }
        }
    }

    /// <summary>A message has arrived between two ticks of the member, of which <paramref name="tick"/> was the last.</summary>
    public static void Step(in RaftRules rules, ref RaftState state, int self, long tick, in RaftMessage message, ref RaftOutbox outbox)
    {
        if (message.Term > state.Term)
        {
            if (message.Kind is RaftKind.PreVote or RaftKind.Vote && !message.IsTransfer && HasLease(in rules, in state, tick))
            {
                return;
            }
            bool promisesOnly = message.Kind == RaftKind.PreVote || message is { Kind: RaftKind.PreVoteResponse, Reject: false };
            if (!promisesOnly)
            {
                int lead = message.Kind is RaftKind.Heartbeat or RaftKind.Append ? message.From : -1;
                BecomeFollower(ref state, message.Term, lead, tick, ref outbox);
            }
        }
        else if (message.Term < state.Term)
        {
            AnswerOlderTerm(in state, in message, ref outbox);
            return;
        }
        switch (message.Kind)
        {
            case RaftKind.PreVote or RaftKind.Vote:
                Judge(ref state, tick, in message, ref outbox);
                break;
            case RaftKind.PreVoteResponse or RaftKind.VoteResponse:
                Count(in rules, ref state, self, tick, in message, ref outbox);
                break;
            case RaftKind.Heartbeat or RaftKind.Append when state.Role != RaftRole.Leader:
                HearLeader(ref state, tick, in message, ref outbox);
                break;
            case RaftKind.HeartbeatResponse or RaftKind.AppendResponse when state.Role == RaftRole.Leader:
                HearFollower(in rules, ref state, in message, ref outbox);
                break;
            case RaftKind.TimeoutNow when state.Role == RaftRole.Follower && !state.CannotCampaign:
                Campaign(in rules, ref state, self, tick, isTransfer: true, ref outbox);
                break;
        }
    }

    /// <summary>The leader hands over to another member: at once if that one has its whole log.</summary>
    public static void Transfer(ref RaftState state, int to, long tick, ref RaftOutbox outbox)
    {
        state.Transferee = to;
        state.CountedFrom = tick;
        Say(in state, state.HasAckOf(to) ? RaftKind.TimeoutNow : RaftKind.Append, to, state.Term, ref outbox);
    }

    /// <summary>Whether the log told by its last entry is at least as new as the member's own.</summary>
    public static bool IsUpToDate(long logTerm, long logIndex, in RaftState state) =>
        logTerm > state.LogTerm || (logTerm == state.LogTerm && logIndex >= state.LogIndex);

    /// <summary>It has heard its leader within the election timeout (or is the leader): whoever campaigns now is ignored.</summary>
    private static bool HasLease(in RaftRules rules, in RaftState state, long tick) =>
        state.Lead >= 0 && tick - state.CountedFrom < rules.ElectionTicks;

    private static void AnswerOlderTerm(in RaftState state, in RaftMessage message, ref RaftOutbox outbox)
    {
        // An old leader steps down when it reads the term of the answer; so does who asks for a promise.
        if (message.Kind is RaftKind.Heartbeat or RaftKind.Append)
        {
            Say(in state, RaftKind.AppendResponse, message.From, state.Term, ref outbox, reject: true);
        }
        else if (message.Kind == RaftKind.PreVote)
        {
            Say(in state, RaftKind.PreVoteResponse, message.From, state.Term, ref outbox, reject: true);
        }
    }

    private static void Judge(ref RaftState state, long tick, in RaftMessage message, ref RaftOutbox outbox)
    {
        bool isPreVote = message.Kind == RaftKind.PreVote;
        bool mayVote = state.Vote == message.From || (state.Vote < 0 && state.Lead < 0) || (isPreVote && message.Term > state.Term);
        bool grants = mayVote && IsUpToDate(message.LogTerm, message.LogIndex, in state);
        if (grants && !isPreVote)
        {
            state.CountedFrom = tick;
            outbox.MustSync |= state.Vote != message.From;
            state.Vote = message.From;
        }
        RaftKind answer = isPreVote ? RaftKind.PreVoteResponse : RaftKind.VoteResponse;
        Say(in state, answer, message.From, grants ? message.Term : state.Term, ref outbox, reject: !grants);
    }

    private static void Count(
        in RaftRules rules, ref RaftState state, int self, long tick, in RaftMessage message, ref RaftOutbox outbox)
    {
        bool isMine = state.Role == (message.Kind == RaftKind.PreVoteResponse ? RaftRole.PreCandidate : RaftRole.Candidate);
        if (!isMine)
        {
            return;
        }
        int bit = 1 << message.From;
        if (((state.Granted | state.Refused) & bit) == 0)
        {
            state.Granted |= message.Reject ? 0 : bit;
            state.Refused |= message.Reject ? bit : 0;
        }
        if (BitOperations.PopCount((uint)state.Granted) >= rules.Quorum)
        {
            if (state.Role == RaftRole.PreCandidate)
            {
                CampaignForVotes(in rules, ref state, self, tick, isTransfer: false, ref outbox);
            }
            else
            {
                BecomeLeader(in rules, ref state, self, tick, ref outbox);
            }
        }
        else if (rules.Members - BitOperations.PopCount((uint)state.Refused) < rules.Quorum)
        {
            BecomeFollower(ref state, state.Term, -1, tick, ref outbox);
        }
    }

    private static void HearLeader(ref RaftState state, long tick, in RaftMessage message, ref RaftOutbox outbox)
    {
        if (state.Role != RaftRole.Follower)
        {
            BecomeFollower(ref state, state.Term, message.From, tick, ref outbox);
        }
        state.CountedFrom = tick;
        state.Lead = message.From;
        if (message.Kind == RaftKind.Heartbeat)
        {
            Say(in state, RaftKind.HeartbeatResponse, message.From, state.Term, ref outbox, number: message.Number);
        }
        else if (state.IsEmpty || state.LogIndex < message.FirstKept - 1)
        {
            outbox.NeedsSnapshot = true;
        }
        else
        {
            outbox.MustSync = true;
            // What a log has of the leader's own term it keeps: an append that was sent before is not the end of the log.
            state.LogIndex = message.LogTerm == state.LogTerm ? Math.Max(state.LogIndex, message.LogIndex) : message.LogIndex;
            state.LogTerm = message.LogTerm;
            Say(in state, RaftKind.AppendResponse, message.From, state.Term, ref outbox);
        }
    }

    private static void HearFollower(in RaftRules rules, ref RaftState state, in RaftMessage message, ref RaftOutbox outbox)
    {
        state.Recent |= 1 << message.From;
        if (message.Kind == RaftKind.HeartbeatResponse)
        {
            if (!state.HasAckOf(message.From))
            {
                Say(in state, RaftKind.Append, message.From, state.Term, ref outbox);
            }
        }
        else if (!message.Reject && message.LogTerm == state.LogTerm)
        {
            state.Acked |= 1 << message.From;
            // Only an entry of its own term, which the first one is, commits by counting (Raft, §5.4.2).
            state.HasCommitted |= BitOperations.PopCount((uint)state.Acked) >= rules.Quorum;
            if (message.From == state.Transferee)
            {
                Say(in state, RaftKind.TimeoutNow, message.From, state.Term, ref outbox);
            }
        }
    }

    private static void Campaign(
        in RaftRules rules, ref RaftState state, int self, long tick, bool isTransfer, ref RaftOutbox outbox)
    {
        outbox.Campaigned = true;
        if (isTransfer || !rules.PreVote || rules.Quorum == 1)
        {
            CampaignForVotes(in rules, ref state, self, tick, isTransfer, ref outbox);
            return;
        }
        // The timeout is not drawn anew, nor is the term raised: who is alone tries again at a constant period.
        state.Role = RaftRole.PreCandidate;
        state.Lead = -1;
        state.Granted = 1 << self;
        state.Refused = 0;
        Ask(in rules, in state, self, RaftKind.PreVote, state.Term + 1, isTransfer: false, ref outbox);
    }

    private static void CampaignForVotes(
        in RaftRules rules, ref RaftState state, int self, long tick, bool isTransfer, ref RaftOutbox outbox)
    {
        Reset(ref state, state.Term + 1, tick, ref outbox);
        state.Role = RaftRole.Candidate;
        state.Vote = self;
        outbox.MustSync = true;
        Say(in state, RaftKind.VoteResponse, self, state.Term, ref outbox);
        Ask(in rules, in state, self, RaftKind.Vote, state.Term, isTransfer, ref outbox);
    }

    private static void Ask(
        in RaftRules rules, in RaftState state, int self, RaftKind kind, long term, bool isTransfer, ref RaftOutbox outbox)
    {
        for (int to = 0; to < rules.Members; to++)
        {
            if (to != self)
            {
                Say(in state, kind, to, term, ref outbox, isTransfer: isTransfer);
            }
        }
    }

    private static void BecomeLeader(in RaftRules rules, ref RaftState state, int self, long tick, ref RaftOutbox outbox)
    {
        Reset(ref state, state.Term, tick, ref outbox);
        state.Role = RaftRole.Leader;
        state.Lead = self;
        state.LogTerm = state.Term;
        state.LogIndex++;
        outbox.MustSync = true;
        Say(in state, RaftKind.AppendResponse, self, state.Term, ref outbox);
        Ask(in rules, in state, self, RaftKind.Append, state.Term, isTransfer: false, ref outbox);
    }

    private static void BecomeFollower(ref RaftState state, long term, int lead, long tick, ref RaftOutbox outbox)
    {
        Reset(ref state, term, tick, ref outbox);
        state.Role = RaftRole.Follower;
        state.Lead = lead;
    }

    private static void Reset(ref RaftState state, long term, long tick, ref RaftOutbox outbox)
    {
        if (term != state.Term)
        {
            state.Term = term;
            state.Vote = -1;
            outbox.MustSync = true;
        }
        state.Lead = -1;
        state.Transferee = -1;
        state.CountedFrom = tick;
        state.Granted = state.Refused = state.Acked = state.Recent = 0;
        state.HasCommitted = false;
        outbox.Redraw = true;
    }

    private static void Say(
        in RaftState state, RaftKind kind, int to, long term, ref RaftOutbox outbox, bool reject = false, bool isTransfer = false,
        long number = 0) =>
        outbox.Add(new RaftMessage
        {
            Kind = kind,
            To = (byte)to,
            Term = term,
            Reject = reject,
            IsTransfer = isTransfer,
            LogTerm = state.LogTerm,
            LogIndex = state.LogIndex,
            Number = number,
        });
}
