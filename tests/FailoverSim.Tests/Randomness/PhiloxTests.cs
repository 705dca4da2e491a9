using FailoverSim.Kernel.Randomness;
using Xunit;

namespace FailoverSim.Tests.Randomness;

public sealed class PhiloxTests
{
    /// <summary>Known answers for philox4x32-10 of the Random123 library (Salmon et al. 2011).</summary>
    [Theory]
    [InlineData(
        new uint[] { 0, 0, 0, 0 }, new uint[] { 0, 0 },
        new uint[] { 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8 })]
    [InlineData(
        new uint[] { 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff }, new uint[] { 0xffffffff, 0xffffffff },
        new uint[] { 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd })]
    [InlineData(
        new uint[] { 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344 }, new uint[] { 0xa4093822, 0x299f31d0 },
        new uint[] { 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1 })]
    public void Block_is_the_published_one(uint[] counter, uint[] key, uint[] expected)
    {
        (ulong low, ulong high) = Philox.Block(Join(counter, 0), Join(counter, 2), Join(key, 0));
        Assert.Equal((Join(expected, 0), Join(expected, 2)), (low, high));
    }

    [Fact]
    public void Many_blocks_at_a_time_are_the_same_as_one_by_one()
    {
        Random random = new(1);
        for (int count = 0; count < 40; count++)
        {
            ulong[] counters = [.. Enumerable.Range(0, count).Select(_ => (ulong)random.NextInt64() >> (16 * random.Next(4)))];
            ulong[] keys = [.. Enumerable.Range(0, count).Select(_ => unchecked((ulong)random.NextInt64(long.MinValue, long.MaxValue)))];
            ulong high = (ulong)random.NextInt64() << 1;
            ulong[] lows = [.. counters];
            PhiloxLanes.Low(lows, high, keys);
            Assert.Equal(counters.Zip(keys, (counter, key) => Philox.Block(counter, high, key).Low), lows);
        }
    }

    /// <summary>The first word is the low half.</summary>
    private static ulong Join(uint[] words, int at) => words[at] | ((ulong)words[at + 1] << 32);
}
