namespace FailoverSim.Kernel.Observation;

/// <summary>How often each counter was counted since t = 0, and in the observed horizon, for which a replication's start is not too early.</summary>
internal sealed class CounterTable(int count)
{
    private readonly long[] _counts = new long[count];
    private readonly long[] _before = new long[count];
    private readonly long[] _atStart = new long[count];

    public long this[Counter counter] => _counts[counter.Index];

    public void Count(Counter counter) => _counts[counter.Index]++;

    /// <summary>What has been counted so far is how the replication was set up, such as pods for which there is no room: a result in any horizon.</summary>
    public void Started() => _counts.AsSpan().CopyTo(_atStart);

    /// <summary>What else has been counted so far happened before the observed horizon.</summary>
    public void Begin()
    {
        for (int i = 0; i < _before.Length; i++)
        {
            _before[i] = _counts[i] - _atStart[i];
        }
    }

    /// <summary>What was counted within the observed horizon and when the replication was set up, in the order of declaration.</summary>
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
        Array.Clear(_atStart);
    }

    public void CopyFrom(CounterTable other)
    {
        other._counts.AsSpan().CopyTo(_counts);
        other._before.AsSpan().CopyTo(_before);
        other._atStart.AsSpan().CopyTo(_atStart);
    }
}
