using FailoverSim.Kernel.Randomness;
using Xunit;

namespace FailoverSim.Tests.Randomness;

public sealed class PhiloxTests
{
    /// <summary>Known answers for philox2x64-10 of the Random123 library (Salmon et al. 2011).</summary>
    [Theory]
    [InlineData(0, 0, 0, 0xca00a0459843d731, 0x66c24222c9a845b5)]
    [InlineData(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, 0x65b021d60cd8310f, 0x4d02f3222f86df20)]
    [InlineData(0x243f6a8885a308d3, 0x13198a2e03707344, 0xa4093822299f31d0, 0x0a5e742c2997341c, 0xb0f883d38000de5d)]
    public void Block_is_the_published_one(ulong counterLow, ulong counterHigh, ulong key, ulong low, ulong high)
    {
        Assert.Equal((low, high), Philox.Block(counterLow, counterHigh, key));
    }
}
