using System.Runtime.Intrinsics;
using FailoverSim.Kernel.Randomness;
using Xunit;

namespace FailoverSim.Tests.Randomness;

public class DrawsAheadTests
{
    [Fact]
    public void Eight_addresses_at_once_give_what_each_gives_alone()
    {
        var random = new Random(1);
        for (int i = 0; i < 20_000; i++)
        {
            ulong[] keys = [.. Enumerable.Range(0, 8).Select(_ => unchecked((ulong)random.NextInt64(long.MinValue, long.MaxValue)))];
            ulong[] occurrences = [.. Enumerable.Range(0, 8).Select(_ => (ulong)random.NextInt64(1L << (1 + (i % 47))))];
            ulong replication = (ulong)random.NextInt64(1L << (1 + (i % 60)));
            Vector512<double> together = Draws.FirstExponentials(Vector512.Create(keys), replication, Vector512.Create(occurrences));
            for (int lane = 0; lane < 8; lane++)
            {
                double alone = new Draws(keys[lane], replication, occurrences[lane]).NextExponential();
                Assert.Equal(BitConverter.DoubleToInt64Bits(alone), BitConverter.DoubleToInt64Bits(together[lane]));
            }
        }
    }

    [Fact]
    public void What_is_found_does_not_depend_on_what_was_expected()
    {
        var random = new Random(2);
        DrawsAhead ahead = new();
        for (int i = 0; i < 50_000; i++)
        {
            ulong replication = (ulong)(i / 1000);
            // Few keys and occurrences, so that places are fought for and stale numbers lie about.
            ulong key = Hashing.Mix((ulong)random.Next(400));
            ulong occurrence = (ulong)random.Next(3);
            if (random.Next(2) == 0)
            {
                ahead.Expect(key, replication, occurrence);
            }
            if (random.Next(5) == 0)
            {
                ahead.Draw(replication);
            }
            ulong asked = Hashing.Mix((ulong)random.Next(400));
            Assert.Equal(new Draws(asked, replication, occurrence).NextExponential(), ahead.Exponential(asked, replication, occurrence));
        }
    }
}
