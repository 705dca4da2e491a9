using FailoverSim.Kernel.Randomness;
using FailoverSim.Models.Loops;
using Xunit;

namespace FailoverSim.Tests.Cluster.Loops;

public class LoopTests
{
    [Theory]
    [InlineData(7, 7, 17)]
    [InlineData(16, 7, 17)]
    [InlineData(17, 17, 27)]
    [InlineData(6, -3, 7)]
    [InlineData(-3, -3, 7)]
    [InlineData(-4, -13, -3)]
    public void A_tick_at_an_instant_is_the_last_one(long at, long last, long next)
    {
        PeriodicLoop loop = new(Phase: 7, Period: 10);
        Assert.Equal(last, loop.Last(at));
        Assert.Equal(next, loop.Next(at));
    }

    [Fact]
    public void Equal_gaps_are_leapt_over_exactly()
    {
        SlidingLoop loop = new(2.01, 0);
        long ticks = loop.TicksToLeap(1_000_000_000_000);
        Assert.InRange(1_000_000_000_000 - (ticks * 2_010_000_000), 32 * 2_010_000_000L, 34 * 2_010_000_000L);
        Draws draws = default;
        Assert.Equal(ticks * 2_010_000_000, loop.TimeOf(ticks, ref draws));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1e9)]
    [InlineData(200e9)]
    public void Short_distances_are_walked(double distance) =>
        Assert.Equal(0, new SlidingLoop(3.2, 0.48).TicksToLeap((long)distance));

    [Theory]
    [InlineData(1e12)]
    [InlineData(1e15)]
    [InlineData(3e18)]
    public void A_leap_ends_well_before_its_aim(double distance)
    {
        SlidingLoop loop = new(3.2, 0.48);
        long ticks = loop.TicksToLeap((long)distance);
        Assert.True(ticks >= 32);
        for (ulong i = 0; i < 1000; i++)
        {
            Draws draws = new(1, 1, i);
            Assert.InRange(loop.TimeOf(ticks, ref draws), 2e9 * ticks, distance - (32 * 3.2e9) + 1);
        }
    }
}
