using FailoverSim.Kernel.Results;

namespace FailoverSim.Analysis.Tables;

/// <summary>Exact sums of one part of the outages of a service, by replication.</summary>
public sealed class OutagePart
{
    /// <summary>In nanoseconds.</summary>
    public ReplicationSum DownTime { get; } = new();

    /// <summary>Outages that start within the horizon.</summary>
    public ReplicationSum Outages { get; } = new();

    /// <summary>Those of them that are losses.</summary>
    public ReplicationSum Losses { get; } = new();

    internal void Add(long nanoseconds, long outages, long losses)
    {
        DownTime.Add(nanoseconds);
        Outages.Add(outages);
        Losses.Add(losses);
    }

    internal void Merge(OutagePart other)
    {
        DownTime.Merge(other.DownTime);
        Outages.Merge(other.Outages);
        Losses.Merge(other.Losses);
    }
}

/// <summary>
/// Outages by the faults that they began with: by the one that came last (the root), by those that were there already (the
/// enablers), and by all of them together. Each of the three sums to the down time exactly; rules in engine/docs/attribution.md.
/// </summary>
public sealed class AttributionTotals
{
    private readonly OutagePart[] _byRoot;
    private readonly OutagePart[] _byEnabler;
    private readonly SortedDictionary<KindSet, OutagePart> _byCombination = new(KindSet.InOrder);
    private readonly long[,] _ofRoot;
    private readonly long[,] _ofEnabler;

    /// <param name="causes">How many causes there are.</param>
    public AttributionTotals(int causes)
    {
        _byRoot = [.. Enumerable.Range(0, causes).Select(_ => new OutagePart())];
        _byEnabler = [.. Enumerable.Range(0, causes + 2).Select(_ => new OutagePart())];
        _ofRoot = new long[causes, 3];
        _ofEnabler = new long[causes + 2, 3];
    }

    /// <summary>By cause. The whole of an outage is its root's.</summary>
    public IReadOnlyList<OutagePart> ByRoot => _byRoot;

    /// <summary>
    /// By cause, then an entry for outages that no fault let through, then one for what found no room in its row. Down time is
    /// split equally between the faults that were there already; an outage counts with each of their kinds.
    /// </summary>
    public IReadOnlyList<OutagePart> ByEnabler => _byEnabler;

    /// <summary>By all faults at the start, whichever came last; a set without kinds stands for what found no room in its row.</summary>
    public IReadOnlyDictionary<KindSet, OutagePart> ByCombination => _byCombination;

    internal void Add(ServiceRow row)
    {
        Array.Clear(_ofRoot);
        Array.Clear(_ofEnabler);
        for (int i = 0; i < row.Combinations.Count; i++)
        {
            CombinationShare share = row.Combinations[i];
            Count(_ofRoot, share.Root, share.Nanoseconds, in share);
            AddEnablers(in share, row.CombinationKinds[i]);
            AddCombination(row, i);
        }
        AddAll(_ofRoot, _byRoot);
        AddAll(_ofEnabler, _byEnabler);
    }

    internal void Merge(AttributionTotals other)
    {
        for (int i = 0; i < _byRoot.Length; i++)
        {
            _byRoot[i].Merge(other._byRoot[i]);
        }
        for (int i = 0; i < _byEnabler.Length; i++)
        {
            _byEnabler[i].Merge(other._byEnabler[i]);
        }
        foreach ((KindSet kinds, OutagePart part) in other._byCombination)
        {
            PartOf(kinds).Merge(part);
        }
    }

    private void AddEnablers(in CombinationShare share, ReadOnlySpan<KindCount> kinds)
    {
        if (kinds.IsEmpty)
        {
            Count(_ofEnabler, _byEnabler.Length - 1, share.Nanoseconds, in share);
            return;
        }
        int faults = -1;
        foreach (KindCount kind in kinds)
        {
            faults += kind.Count;
        }
        if (faults == 0)
        {
            Count(_ofEnabler, _byEnabler.Length - 2, share.Nanoseconds, in share);
            return;
        }
        (long part, long remainder) = Math.DivRem(share.Nanoseconds, faults);
        foreach (KindCount kind in kinds)
        {
            int enablers = kind.Count - (kind.Cause == share.Root ? 1 : 0);
            if (enablers > 0)
            {
                // The odd nanoseconds go to the first faults.
                long odd = Math.Min(remainder, enablers);
                remainder -= odd;
                Count(_ofEnabler, kind.Cause, (enablers * part) + odd, in share);
            }
        }
    }

    /// <summary>With every root that the same faults had: together they are one figure of the replication.</summary>
    private void AddCombination(ServiceRow row, int first)
    {
        ReadOnlySpan<KindCount> kinds = row.CombinationKinds[first];
        long nanoseconds = 0, outages = 0, losses = 0;
        for (int i = 0; i < row.Combinations.Count; i++)
        {
            if (row.CombinationKinds[i].SequenceEqual(kinds))
            {
                if (i < first)
                {
                    return; // It has been added with that one.
                }
                nanoseconds += row.Combinations[i].Nanoseconds;
                outages += row.Combinations[i].Outages;
                losses += row.Combinations[i].Losses;
            }
        }
        PartOf(new KindSet(kinds)).Add(nanoseconds, outages, losses);
    }

    private OutagePart PartOf(KindSet kinds)
    {
        if (!_byCombination.TryGetValue(kinds, out OutagePart? part))
        {
            _byCombination.Add(kinds, part = new OutagePart());
        }
        return part;
    }

    private static void Count(long[,] sums, int index, long nanoseconds, in CombinationShare share)
    {
        sums[index, 0] += nanoseconds;
        sums[index, 1] += share.Outages;
        sums[index, 2] += share.Losses;
    }

    private static void AddAll(long[,] sums, OutagePart[] parts)
    {
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i].Add(sums[i, 0], sums[i, 1], sums[i, 2]);
        }
    }
}
