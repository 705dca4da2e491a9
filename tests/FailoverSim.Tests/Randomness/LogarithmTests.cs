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
