using FailoverSim.Models.Etcd;
using Xunit;

namespace FailoverSim.Tests.Cluster.Etcd;

/// <summary>What a follower makes of an append; several are under way where a round trip takes longer than a heartbeat.</summary>
public class RaftAppendTests
{
    [Theory]
    [InlineData(5, 120, 5, 130, 130)]
    [InlineData(5, 120, 5, 110, 120)]
    [InlineData(4, 150, 5, 131, 131)]
    public void Append_adds_and_cuts_off_only_what_another_term_wrote(long term, long index, long sentTerm, long sentIndex, long expected)
    {
        RaftState state = new() { Term = 5, Lead = 0, Vote = 0, Transferee = -1, LogTerm = term, LogIndex = index };
        RaftOutbox outbox = new(new RaftMessage[RaftOutbox.Room]);
        RaftMessage append = new() { Kind = RaftKind.Append, From = 0, To = 1, Term = 5, LogTerm = sentTerm, LogIndex = sentIndex };
        RaftNode.Step(new RaftRules(3, 10, PreVote: true), ref state, 1, 40, in append, ref outbox);
        Assert.Equal((sentTerm, expected), (state.LogTerm, state.LogIndex));
        Assert.Equal((sentTerm, expected), (outbox.Messages[0].LogTerm, outbox.Messages[0].LogIndex));
    }
}
