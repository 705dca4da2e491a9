using FailoverSim.Models.Etcd;
using Xunit;

namespace FailoverSim.Tests.Cluster.Etcd;

/// <summary>The watch sees what a right model never shows it.</summary>
public class RaftWatchTests
{
    private RaftWatch _watch = Begun();

    [Fact]
    public void Term_has_one_leader()
    {
        Assert.Null(_watch.Elect(2, 4, Log(3, 100)));
        Assert.Null(_watch.Elect(2, 4, Log(3, 100)));
        Assert.NotNull(_watch.Elect(0, 4, Log(3, 100)));
        Assert.Null(_watch.Elect(0, 5, Log(3, 100)));
    }

    [Theory]
    [InlineData(3, 100, true)]
    [InlineData(4, 101, true)]
    [InlineData(3, 99, false)]
    [InlineData(2, 100, false)]
    [InlineData(0, 0, false)]
    public void Leader_has_all_that_was_committed(long logTerm, long logIndex, bool isRight) =>
        Assert.Equal(isRight, _watch.Elect(1, 9, Log(logTerm, logIndex)) is null);

    [Fact]
    public void Leader_of_a_term_that_is_over_need_not_have_what_was_committed_since()
    {
        Assert.Null(_watch.Elect(1, 9, Log(3, 100)));
        Assert.Null(_watch.Commit(9, 200));
        Assert.Null(_watch.Elect(2, 8, Log(3, 100)));
        Assert.NotNull(_watch.Elect(2, 9, Log(9, 200)));
    }

    [Fact]
    public void What_was_committed_stays_unless_a_restoration_gives_it_up()
    {
        Assert.Null(_watch.Commit(3, 150));
        Assert.NotNull(_watch.Commit(3, 149));
        Assert.NotNull(_watch.Elect(1, 9, Log(3, 120)));
        _watch.Begin(3, 120);
        Assert.Null(_watch.Elect(1, 10, Log(3, 120)));
    }

    private static RaftWatch Begun()
    {
        RaftWatch watch = default;
        watch.Begin(3, 100);
        return watch;
    }

    private static RaftState Log(long term, long index) => new() { LogTerm = term, LogIndex = index };
}
