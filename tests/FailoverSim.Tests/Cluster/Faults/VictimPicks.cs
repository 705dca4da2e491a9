using FailoverSim.Kernel.Randomness;
using FailoverSim.Models.Faults;
using Xunit;

namespace FailoverSim.Tests.Cluster.Faults;

public class VictimPicks
{
    [Fact]
    public void A_share_is_rounded_and_strikes_at_least_one()
    {
        Assert.Single(Pick(1, 0.2, 1));
        Assert.Single(Pick(1, 0.2, 5));
        // Half up.
        Assert.Equal(3, Pick(1, 0.5, 5).Length);
        Assert.Single(Pick(1, 0.01, 12));
        Assert.Equal(12, Pick(1, 1, 12).Length);
        for (ulong key = 0; key < 200; key++)
        {
            Assert.Equal(4, Pick(key, 0.2, 20).Length);
            Assert.Equal(Pick(key, 0.2, 20), Pick(key, 0.2, 20));
        }
    }

    /// <summary>Each of the ten pairs of five is as likely as any other: χ² with 9 degrees of freedom.</summary>
    [Fact]
    public void Every_set_is_equally_likely()
    {
        const int Picks = 20_000;
        var counts = Enumerable.Range(0, Picks).Select(i => string.Join(',', Pick((ulong)i, 0.4, 5)))
            .GroupBy(s => s).Select(g => g.Count()).ToArray();
        Assert.Equal(10, counts.Length);
        double chiSquare = counts.Sum(c => (c - (Picks / 10.0)) * (c - (Picks / 10.0)) / (Picks / 10.0));
        Assert.InRange(chiSquare, 0, 9 + (4.9 * Math.Sqrt(18)));
    }

    private static int[] Pick(ulong key, double share, int victims)
    {
        VictimPicker picker = VictimPicker.Sample(new Draws(unchecked(key * 0x9E3779B97F4A7C15), 3, 1), share, victims);
        List<int> picked = [];
        for (int i = 0; i < victims; i++)
        {
            if (picker.Includes(i))
            {
                picked.Add(i);
            }
        }
        return [.. picked];
    }
}
