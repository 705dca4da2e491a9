using System.Runtime.Intrinsics;
using FailoverSim.Kernel.Randomness;
using Xunit;

namespace FailoverSim.Tests.Randomness;

public class LogarithmTests
{
    [Fact]
    public void Is_within_one_unit_of_the_last_place_of_the_mathematical_function()
    {
        foreach (double x in Numbers())
        {
            double expected = Math.Log(x);
            double unit = Math.BitIncrement(Math.Abs(expected)) - Math.Abs(expected);
            Assert.True(Math.Abs(Logarithm.Of(x) - expected) <= unit, $"log {x:R}: {Logarithm.Of(x):R}, not {expected:R}");
        }
    }

    [Fact]
    public void Eight_at_a_time_give_the_same_bits_as_one()
    {
        double[] numbers = [.. Numbers()];
        for (int i = 0; i + 8 <= numbers.Length; i += 8)
        {
            Vector512<double> together = Logarithm.Of(Vector512.Create(numbers, i));
            for (int lane = 0; lane < 8; lane++)
            {
                Assert.Equal(BitConverter.DoubleToInt64Bits(Logarithm.Of(numbers[i + lane])), BitConverter.DoubleToInt64Bits(together[lane]));
            }
        }
    }

    /// <summary>Both ends of what a uniform variate can be, both sides of each power of two and of √½, and many between.</summary>
    private static IEnumerable<double> Numbers()
    {
        yield return 1;
        foreach (ulong bits in new[] { 0UL, 1UL << 12, ulong.MaxValue })
        {
            yield return Draws.Uniform(bits);
        }
        for (int k = -52; k <= 2; k++)
        {
            foreach (double m in new[] { 1, Math.Sqrt(0.5) })
            {
                double x = Math.ScaleB(m, k);
                yield return Math.BitDecrement(x);
                yield return x;
                yield return Math.BitIncrement(x);
            }
        }
        var random = new Random(1);
        for (int i = 0; i < 200_000; i++)
        {
            yield return Draws.Uniform(unchecked((ulong)random.NextInt64(long.MinValue, long.MaxValue)) >> (i % 52));
        }
    }
}
