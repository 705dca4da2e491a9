namespace FailoverSim.Kernel.Signals;

/// <summary>The distinct causes of a signal that is down, by kind.</summary>
/// <param name="kinds">How many kinds of faults there are.</param>
internal sealed class CauseCounts(int kinds)
{
    private readonly int[] _ofKind = new int[kinds];

    public ReadOnlySpan<int> OfKind => _ofKind;

    public int Total { get; private set; }

    public void Clear()
    {
        Array.Clear(_ofKind);
        Total = 0;
    }

    public void Add(Cause cause)
    {
        _ofKind[cause.Kind]++;
        Total++;
    }

    public void Remove(Cause cause)
    {
        _ofKind[cause.Kind]--;
        Total--;
    }

    public void CopyFrom(CauseCounts other)
    {
        other._ofKind.CopyTo(_ofKind, 0);
        Total = other.Total;
    }
}
