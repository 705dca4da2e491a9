using System.Runtime.InteropServices;
using FailoverSim.Kernel.Results;
using FailoverSim.Kernel.Signals;

namespace FailoverSim.Kernel.Observation;

/// <summary>
/// Adds up outages by the faults that they began with. The room is bounded: what finds none is added to the others of its root,
/// whose list of kinds is empty, so nothing is lost of the totals by root.
/// </summary>
internal sealed class CombinationTable
{
    private readonly List<KindCount> _kinds = [];
    private readonly RaggedList<KindCount> _known = new();
    private readonly List<CombinationShare> _shares = [];
    private int _current;

    public void Clear()
    {
        _known.Clear();
        _shares.Clear();
    }

    /// <summary>An outage begins with these causes; none at all is the cause 0.</summary>
    /// <param name="causes">How many of each kind.</param>
    /// <param name="root">The kind of the youngest; 0 where there is none.</param>
    public void Open(CauseCounts causes, int root)
    {
        _kinds.Clear();
        ReadOnlySpan<int> present = causes.OfKind;
        for (int kind = 0; kind < present.Length; kind++)
        {
            if (present[kind] > 0)
            {
                _kinds.Add(new KindCount(kind, present[kind]));
            }
        }
        if (causes.Total == 0)
        {
            _kinds.Add(new KindCount(0, 1));
        }
        _current = Find(root, CollectionsMarshal.AsSpan(_kinds));
        if (_current < 0 && (_known.Count >= ServiceRow.CombinationCap || _kinds.Count > ServiceRow.KindCap))
        {
            _kinds.Clear();
            _current = Find(root, []);
        }
        if (_current < 0)
        {
            _current = Add(root);
        }
    }

    /// <summary>The outage that began last has ended, or is cut off.</summary>
    /// <param name="nanoseconds">Its down time.</param>
    /// <param name="counts">It began within the horizon.</param>
    /// <param name="isLoss">It was a loss.</param>
    public void Close(long nanoseconds, bool counts, bool isLoss)
    {
        ref CombinationShare share = ref CollectionsMarshal.AsSpan(_shares)[_current];
        share = share with
        {
            Outages = share.Outages + (counts ? 1 : 0),
            Losses = share.Losses + (counts && isLoss ? 1 : 0),
            Nanoseconds = share.Nanoseconds + nanoseconds,
        };
    }

    public CombinationShare[] Shares() => [.. _shares];

    public RaggedList<KindCount> Kinds() => _known.Copy();

    private int Find(int root, ReadOnlySpan<KindCount> kinds)
    {
        for (int i = 0; i < _shares.Count; i++)
        {
            if (_shares[i].Root == root && _known[i].SequenceEqual(kinds))
            {
                return i;
            }
        }
        return -1;
    }

    private int Add(int root)
    {
        foreach (KindCount kind in _kinds)
        {
            _known.Add(kind);
        }
        _known.EndList();
        _shares.Add(new CombinationShare(root, 0, 0, 0));
        return _shares.Count - 1;
    }
}
