namespace FailoverSim.Kernel.Observation;

/// <summary>How often each counter was counted since t = 0, and since the observed horizon began.</summary>
internal sealed class CounterTable(int count)
{
    private readonly long[] _counts = new long[count];
    private readonly long[] _before = new long[count];

    public long this[Counter counter] => _counts[counter.Index];

    public void Count(Counter counter) => _counts[counter.Index]++;

    /// <summary>What has been counted so far happened before the observed horizon.</summary>
    public void Begin() => _counts.AsSpan().CopyTo(_before);

    /// <summary>What was counted within the observed horizon, in the order of declaration.</summary>
    public long[] Finish()
    {
        long[] observed = new long[_counts.Length];
        for (int i = 0; i < observed.Length; i++)
        {
            observed[i] = _counts[i] - _before[i];
        }
        return observed;
    }

    public void Reset()
    {
        Array.Clear(_counts);
        Array.Clear(_before);
    }

    public void CopyFrom(CounterTable other)
    {
        other._counts.AsSpan().CopyTo(_counts);
        other._before.AsSpan().CopyTo(_before);
    }
}
