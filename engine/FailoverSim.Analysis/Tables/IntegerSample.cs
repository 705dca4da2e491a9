using FailoverSim.Kernel.Results;

namespace FailoverSim.Analysis.Tables;

/// <summary>
/// Integers from zero, such as durations: each of them while there are at most <see cref="HeldAtMost"/>; of more how many lie in each of
/// <see cref="DurationBuckets"/> (0.4 % of a value), and what they sum to. That merges by addition, and order statistics are exact
/// all the same: whoever asks for them shows all values again (<see cref="Find"/>).
/// </summary>
/// <param name="cut">There a bucket ends, too: how many are above it is known exactly.</param>
public sealed class IntegerSample(long cut = long.MaxValue)
{
    /// <summary>512 kB of them.</summary>
    public const int HeldAtMost = 1 << 16;

    private readonly Lock _lock = new();
    private readonly Dictionary<long, long> _found = [];
    private List<long>? _held = [];
    private bool _isSorted;
    private long[] _counts = [];
    private Int128[] _sums = [];

    public long Count { get; private set; }

    /// <summary>Whether each value has been added, and none only counted by its bucket.</summary>
    public bool IsComplete { get; private set; } = true;

    /// <summary>Shows all values again, to this sample and to those beside it, which are asked the same, as that costs no more; null: nobody can.</summary>
    internal Action<Func<long, IEnumerable<long>>>? Again { get; set; }

    public void Add(long value)
    {
        Count++;
        if (_held is null)
        {
            Put(IndexOf(value), 1, value);
            return;
        }
        _held.Add(value);
        _isSorted = false;
        CountBeyondMost();
    }

    /// <summary>So many values of a bucket of <see cref="DurationBuckets"/>.</summary>
    public void AddCounted(int bucket, long count)
    {
        (long low, long high) = DurationBuckets.BoundsOf(bucket);
        CountByBuckets();
        Put(IndexOf(low), count, ((Int128)low + high) * count / 2);
        Count += count;
        IsComplete = false;
    }

    public void Merge(IntegerSample other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Count += other.Count;
        IsComplete &= other.IsComplete;
        if (_held is not null && other._held is not null)
        {
            _held.AddRange(other._held);
            _isSorted = false;
            CountBeyondMost();
            return;
        }
        CountByBuckets();
        foreach (long value in other._held ?? [])
        {
            Put(IndexOf(value), 1, value);
        }
        for (int index = other._counts.Length - 1; index >= 0; index--)
        {
            Put(index, other._counts[index], other._sums[index]);
        }
    }

    /// <summary>The values of ranks (from 1, ascending); where nobody can show them, the middles of their buckets.</summary>
    /// <param name="ranks">Which.</param>
    /// <param name="asked">By how many values there are: these ranks among them, and others that will be wanted, of this sample and of those beside it.</param>
    public IReadOnlyList<double> OfRanks(IReadOnlyList<long> ranks, Func<long, IEnumerable<long>> asked)
    {
        ArgumentNullException.ThrowIfNull(ranks);
        if (ranks.Any(rank => Known(rank) is null))
        {
            Again?.Invoke(asked);
        }
        return [.. ranks.Select(OfRank)];
    }

    /// <summary>The value of a rank; null where it has to be looked for.</summary>
    public long? Known(long rank)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rank, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rank, Count);
        lock (_lock)
        {
            return _held is not null ? Sorted()[(int)(rank - 1)]
                : _found.TryGetValue(rank, out long found) ? found
                : null;
        }
    }

    /// <summary>
    /// Looks for the values of ranks: what it yields has to be shown every value, one pass after the other. Nothing where all are known, and where
    /// the sample is not complete.
    /// </summary>
    internal IEnumerable<Action<long>> Find(IEnumerable<long> ranks)
    {
        RankSearch search = new(IsComplete ? ranks.Distinct().Where(rank => Known(rank) is null).Select(Wanted) : []);
        while (!search.IsDone)
        {
            yield return search.See;
            search.EndPass();
        }
        lock (_lock)
        {
            foreach ((long rank, long value) in search.Found)
            {
                _found[rank] = value;
            }
        }
    }

    /// <summary>
    /// Values in ascending order, and how many there are of each: every one while all are held. Of more there is the mean of each bucket, but up to
    /// the given ranks the value of the rank: their quantiles can be read off exactly.
    /// </summary>
    public IReadOnlyList<(double Value, long Count)> Outline(params IEnumerable<long> ranks)
    {
        if (_held is not null)
        {
            lock (_lock)
            {
                return [.. Sorted().CountBy(value => value).Select(pair => ((double)pair.Key, (long)pair.Value))];
            }
        }
        Queue<long> exact = new(ranks.Distinct().Order());
        List<(double Value, long Count)> outline = [];
        long below = 0;
        for (int index = 0; index < _counts.Length && below < Count; index++)
        {
            long end = below + _counts[index];
            (long low, long high) = BoundsOf(index);
            double value = Math.Clamp((double)_sums[index] / _counts[index], low, high);
            for (; exact.TryPeek(out long rank) && rank <= end; exact.Dequeue())
            {
                value = OfRank(rank);
                outline.Add((value, rank - below));
                below = rank;
            }
            if (below < end)
            {
                outline.Add((value, end - below));
                below = end;
            }
        }
        return outline;
    }

    private double OfRank(long rank)
    {
        if (Known(rank) is { } known)
        {
            return known;
        }
        (_, long low, long high, _) = Wanted(rank);
        return low + ((high - low) / 2.0);
    }

    /// <summary>What is known of the value of a rank.</summary>
    private (long Rank, long Low, long High, long Below) Wanted(long rank)
    {
        long below = 0;
        int index = 0;
        for (; below + _counts[index] < rank; index++)
        {
            below += _counts[index];
        }
        (long low, long high) = BoundsOf(index);
        return (rank, low, high, below);
    }

    /// <summary>Those above the cut have moved up by one.</summary>
    private int IndexOf(long value) => DurationBuckets.IndexOf(value) + (value > cut ? 1 : 0);

    private (long Low, long High) BoundsOf(int index)
    {
        int cutBucket = DurationBuckets.IndexOf(cut);
        (long low, long high) = DurationBuckets.BoundsOf(index > cutBucket ? index - 1 : index);
        return index == cutBucket ? (low, cut) : index == cutBucket + 1 ? (cut + 1, high) : (low, high);
    }

    private void Put(int index, long count, Int128 sum)
    {
        if (index >= _counts.Length)
        {
            int length = Math.Max(index + 1, 2 * _counts.Length);
            Array.Resize(ref _counts, length);
            Array.Resize(ref _sums, length);
        }
        _counts[index] += count;
        _sums[index] += sum;
    }

    private List<long> Sorted()
    {
        if (!_isSorted)
        {
            _held!.Sort();
            _isSorted = true;
        }
        return _held!;
    }

    // Depends on their number only: a part is never larger than the whole, so grouping cannot matter.
    private void CountBeyondMost()
    {
        if (Count > HeldAtMost)
        {
            CountByBuckets();
        }
    }

    private void CountByBuckets()
    {
        foreach (long value in _held ?? [])
        {
            Put(IndexOf(value), 1, value);
        }
        _held = null;
    }
}
