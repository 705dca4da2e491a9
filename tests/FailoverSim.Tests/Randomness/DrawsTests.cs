using FailoverSim.Kernel.Randomness;
using FailoverSim.Tests.Laws;
using Xunit;

namespace FailoverSim.Tests.Randomness;

public sealed class DrawsTests
{
    private const int Size = 100_000;

    [Fact]
    public void Numbers_of_one_address_are_uniform()
    {
        double[] sample = new double[50_000];
        Draws draws = new(11, 22, 33);
        for (int i = 0; i < sample.Length; i++)
        {
            sample[i] = draws.NextUniform();
        }
        Assert.InRange(Statistics.Distance(sample, x => x), 0, Statistics.CriticalDistance);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void First_numbers_are_uniform_whichever_part_of_the_address_counts(int part)
    {
        double[] sample = new double[Size];
        for (int i = 0; i < Size; i++)
        {
            Draws draws = At(part, (ulong)i);
            sample[i] = draws.NextUniform();
        }
        Assert.InRange(Statistics.Distance(sample, x => x), 0, Statistics.CriticalDistance);
    }

    [Theory]
    [InlineData(0UL, 0.5 / (1UL << 52))]
    [InlineData(ulong.MaxValue, 1 - 0.5 / (1UL << 52))]
    [InlineData(1UL << 63, 0.5 + 0.5 / (1UL << 52))]
    public void Uniform_number_is_never_an_end_of_its_interval(ulong bits, double expected)
    {
        Assert.Equal(expected, Draws.Uniform(bits));
        Assert.InRange(Draws.Uniform(bits), double.Epsilon, Math.BitDecrement(1));
    }

    [Fact]
    public void Same_address_gives_the_same_numbers()
    {
        Draws one = new(1, 2, 3), other = new(1, 2, 3);
        for (int i = 0; i < 10; i++)
        {
            Assert.Equal(one.NextBits(), other.NextBits());
        }
    }

    [Fact]
    public void Numbers_do_not_repeat_across_neighbouring_addresses()
    {
        HashSet<ulong> seen = [];
        for (ulong key = 0; key < 10; key++)
        {
            for (ulong replication = 0; replication < 10; replication++)
            {
                for (ulong occurrence = 0; occurrence < 10; occurrence++)
                {
                    Draws draws = new(key, replication, occurrence);
                    for (int i = 0; i < 10; i++)
                    {
                        Assert.True(seen.Add(draws.NextBits()));
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Numbers_of_one_address_are_not_correlated(int lag)
    {
        double sum = 0;
        for (int i = 0; i < Size; i++)
        {
            Draws draws = new(7, 0, (ulong)i);
            double first = draws.NextUniform() - 0.5;
            for (int skip = 1; skip < lag; skip++)
            {
                draws.NextBits();
            }
            sum += first * (draws.NextUniform() - 0.5);
        }
        // The product of two independent uniforms about 0 has variance 1/144.
        Assert.InRange(sum / Math.Sqrt(Size / 144.0), -Statistics.CriticalZ, Statistics.CriticalZ);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Neighbouring_addresses_are_not_correlated(int part)
    {
        double sum = 0;
        for (int i = 0; i < Size; i++)
        {
            Draws one = At(part, 2 * (ulong)i), next = At(part, 2 * (ulong)i + 1);
            sum += (one.NextUniform() - 0.5) * (next.NextUniform() - 0.5);
        }
        Assert.InRange(sum / Math.Sqrt(Size / 144.0), -Statistics.CriticalZ, Statistics.CriticalZ);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(1000)]
    public void Every_index_is_equally_likely(int count)
    {
        int[] counts = new int[count];
        for (int i = 0; i < Size; i++)
        {
            Draws draws = new(99, 3, (ulong)i);
            counts[draws.NextIndex(count)]++;
        }
        Assert.InRange(Statistics.EvenCountsZ(counts), -Statistics.CriticalZ, Statistics.CriticalZ);
    }

    private static Draws At(int part, ulong i) => part switch
    {
        0 => new(i, 5, 6),
        1 => new(5, i, 6),
        _ => new(5, 6, i),
    };
}
