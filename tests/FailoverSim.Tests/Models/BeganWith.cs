using FailoverSim.Kernel.Results;
using Xunit;

namespace FailoverSim.Tests.Models;

/// <summary>What outages began with, worked out again from the outages that a row lists one by one.</summary>
internal static class BeganWith
{
    public static void Check(ServiceRow row)
    {
        Assert.Equal(row.DownNanoseconds, row.Combinations.Sum(share => share.Nanoseconds));
        Assert.Equal(row.OutageCount, row.Combinations.Sum(share => share.Outages));
        Assert.Equal(row.LossCount, row.Combinations.Sum(share => share.Losses));
        if (row.DownNanoseconds != row.Outages.Sum(outage => outage.Duration))
        {
            return; // One was open at the start, and is not listed.
        }
        // The list knows root and kinds, not how many there were of a kind.
        SortedDictionary<string, long> listed = [], summed = [];
        for (int i = 0; i < row.Outages.Count; i++)
        {
            CauseShare[] causes = [.. row.OutageCauses[i].ToArray().Where(share => share.Role != CauseRole.Later)];
            Add(listed, causes.Single(share => share.Role.HasFlag(CauseRole.Root)).Cause, causes.Select(share => share.Cause), row.Outages[i].Duration);
        }
        for (int i = 0; i < row.Combinations.Count; i++)
        {
            Assert.NotEqual(0, row.CombinationKinds[i].Length);
            Add(summed, row.Combinations[i].Root, row.CombinationKinds[i].ToArray().Select(kind => kind.Cause), row.Combinations[i].Nanoseconds);
        }
        Assert.Equal(listed, summed);
    }

    private static void Add(SortedDictionary<string, long> sums, int root, IEnumerable<int> kinds, long nanoseconds)
    {
        string key = $"{root} of {string.Join(',', kinds)}";
        sums[key] = sums.GetValueOrDefault(key) + nanoseconds;
    }
}
