using FailoverSim.Analysis.Tables;
using FsCheck;
using FsCheck.Xunit;
using Xunit;

namespace FailoverSim.Tests.Analysis;

/// <summary>Order statistics of values that are shown in passes and never held: always those of the sorted values.</summary>
public sealed class RankSearchTests
{
    [Property(MaxTest = 300)]
    public void What_is_found_is_what_sorting_finds(PositiveInt seed)
    {
        Random random = new(seed.Get);
        int count = random.Next(1, 3000);
        long[] values = [.. Enumerable.Range(0, count).Select(_ => Drawn(random, seed.Get % 6))];
        long[] sorted = [.. values.Order()];
        long[] ranks = [.. Enumerable.Range(0, random.Next(1, 12)).Select(_ => random.NextInt64(1, count + 1)).Append(1).Append(count).Distinct()];
        int room = random.Next(1, 400);
        // Bounds as wide as they can be, so that there are several passes, or parts of the values, as buckets are.
        int parts = random.Next(1, 20);
        RankSearch search = new(ranks.Select(rank => Bounds(sorted, rank, parts)), room);
        int passes = 0;
        for (; !search.IsDone; passes++)
        {
            foreach (long value in values)
            {
                search.See(value);
            }
            search.EndPass();
        }
        Assert.Equal(ranks.Select(rank => (rank, sorted[rank - 1])).Order(), search.Found.Select(found => (found.Key, found.Value)).Order());
        // At least 32 parts of each pair of bounds: five bits a pass, and one more to sort what is left.
        Assert.InRange(passes, 1, 14);
    }

    [Fact]
    public void One_value_and_many_equal_ones_take_one_pass()
    {
        foreach (int count in new[] { 1, 1_000_000 })
        {
            RankSearch search = new([(1, 0, long.MaxValue, 0), ((count + 1) / 2, 0, long.MaxValue, 0), (count, 0, long.MaxValue, 0)]);
            for (int i = 0; i < count; i++)
            {
                search.See(42);
            }
            search.EndPass();
            Assert.True(search.IsDone);
            Assert.All(search.Found.Values, value => Assert.Equal(42, value));
        }
    }

    [Fact]
    public void Nothing_wanted_takes_no_pass() => Assert.True(new RankSearch([]).IsDone);

    [Property(MaxTest = 60)]
    public void A_sample_is_the_same_in_any_grouping_and_its_outline_keeps_numbers_quantiles_and_cut(PositiveInt seed)
    {
        Random random = new(seed.Get);
        bool isLarge = seed.Get % 3 == 0;
        long[] values = [.. Enumerable.Range(0, isLarge ? IntegerSample.HeldAtMost + random.Next(1, 5000) : random.Next(1, 500)).Select(_ => Drawn(random, seed.Get % 6))];
        long[] sorted = [.. values.Order()];
        long cut = sorted[random.Next(sorted.Length)];
        IntegerSample whole = new(cut), left = new(cut), right = new(cut);
        int middle = random.Next(values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            whole.Add(values[i]);
            (i < middle ? left : right).Add(values[i]);
        }
        right.Merge(left);
        long[] ranks = [.. new[] { 0.5, 0.95, 0.99, 1 }.Select(p => (long)Math.Ceiling(p * values.Length))];
        foreach (IntegerSample sample in new[] { whole, right })
        {
            foreach (Action<long> see in sample.Find(ranks))
            {
                Assert.True(isLarge);
                Array.ForEach(values, see);
            }
            Assert.All(ranks, rank => Assert.Equal(sorted[rank - 1], sample.Known(rank)));
        }
        IReadOnlyList<(double Value, long Count)> outline = whole.Outline(ranks);
        Assert.Equal(outline, right.Outline(ranks));
        Assert.Equal(values.Length, outline.Sum(value => value.Count));
        Assert.Equal(outline.OrderBy(value => value.Value), outline);
        Assert.Equal(sorted.Count(value => value > cut), outline.Where(value => value.Value > cut).Sum(value => value.Count));
        foreach (long rank in ranks)
        {
            long below = 0;
            Assert.Equal(sorted[rank - 1], outline.First(value => (below += value.Count) >= rank).Value);
        }
    }

    /// <summary>Up to 2^53, which figures can hold: spread evenly, over all magnitudes, with heavy ties, all equal, small, and at the edges of buckets.</summary>
    private static long Drawn(Random random, int kind) => kind switch
    {
        0 => random.NextInt64(1L << 53),
        1 => random.NextInt64(1L << random.Next(1, 54)),
        2 => random.Next(4) * 1_000_000_007L,
        3 => 31_536_000_000_000_000 / 16,
        4 => random.Next(300),
        _ => (1L << random.Next(53)) + random.Next(-1, 2),
    };

    /// <summary>Of a rank among so many parts of the sorted values.</summary>
    private static (long Rank, long Low, long High, long Below) Bounds(long[] sorted, long rank, int parts)
    {
        long width = (sorted[^1] / parts) + 1, low = sorted[rank - 1] / width * width;
        return (rank, low, low + width - 1, sorted.Count(value => value < low));
    }
}
