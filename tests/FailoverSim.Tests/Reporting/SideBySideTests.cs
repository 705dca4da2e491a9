using FailoverSim.Reporting.Results;
using Xunit;

namespace FailoverSim.Tests.Reporting;

public sealed class SideBySideTests
{
    [Fact]
    public void Results_are_in_the_order_of_their_items()
    {
        int[] items = [.. Enumerable.Range(0, 1000)];

        Assert.Equal(items.Select(item => item * item), SideBySide.Select(items, item => item * item));
    }

    [Fact]
    public void A_failure_is_thrown_as_it_was()
    {
        IOException thrown = Assert.Throws<IOException>(() => SideBySide.Do(
            () => throw new IOException("no space left"),
            () => { }));

        Assert.Equal("no space left", thrown.Message);
    }

    [Fact]
    public void Parts_may_have_parts()
    {
        int done = 0;

        SideBySide.Do(
            () => SideBySide.Do(() => Interlocked.Increment(ref done), () => Interlocked.Increment(ref done)),
            () => SideBySide.Do(() => Interlocked.Increment(ref done), () => Interlocked.Increment(ref done)));

        Assert.Equal(4, done);
    }
}
