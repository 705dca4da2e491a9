using System.Collections.Immutable;
using FailoverSim.Kernel.Results;

namespace FailoverSim.Analysis.Tables;

/// <summary>
/// Outage durations: every one of them while there are at most <see cref="ExactCap"/>, and always their counts by
/// <see cref="DurationBuckets"/> (relative error at most 0.4 %), which merge by addition.
/// </summary>
public sealed class DurationSample
{
    /// <summary>8 MB of durations; beyond it the histogram answers.</summary>
    public const int ExactCap = 1_000_000;

    private long[] _buckets = [];
    private List<long>? _durations = [];

    /// <summary>Whether every duration is still held.</summary>
    public bool IsExact => _durations is not null;

    public long Count { get; private set; }

    public void Add(ServiceRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (row.Histogram is { } histogram)
        {
            _durations = null;
            foreach (var (bucket, count) in histogram)
            {
                Count += count;
                Bucket(bucket) += count;
            }
            return;
        }
        foreach (Outage outage in row.Outages)
        {
            Count++;
            Bucket(DurationBuckets.IndexOf(outage.Duration))++;
            _durations?.Add(outage.Duration);
        }
        DropBeyondCap();
    }

    public void Merge(DurationSample other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Count += other.Count;
        for (int bucket = other._buckets.Length - 1; bucket >= 0; bucket--)
        {
            if (other._buckets[bucket] > 0)
            {
                Bucket(bucket) += other._buckets[bucket];
            }
        }
        if (other._durations is null)
        {
            _durations = null;
        }
        else
        {
            _durations?.AddRange(other._durations);
        }
        DropBeyondCap();
    }

    /// <summary>Non-empty buckets in order of duration.</summary>
    public IEnumerable<(int Bucket, long Count)> Buckets =>
        _buckets.Select((count, bucket) => (bucket, count)).Where(pair => pair.count > 0);

    /// <summary>All durations, ascending, in nanoseconds; empty where they are no longer held.</summary>
    public ImmutableArray<long> Sorted() => _durations is null ? [] : [.. _durations.Order()];

    /// <summary>The durations of these ranks (from 1, ascending), in nanoseconds; from the histogram the middle of its bucket.</summary>
    public double[] OfRanks(params ReadOnlySpan<long> ranks)
    {
        var sorted = Sorted();
        var result = new double[ranks.Length];
        for (int i = 0; i < ranks.Length; i++)
        {
            result[i] = IsExact ? sorted[(int)(ranks[i] - 1)] : MiddleOfRank(ranks[i]);
        }
        return result;
    }

    private double MiddleOfRank(long rank)
    {
        long below = 0;
        foreach (var (bucket, count) in Buckets)
        {
            below += count;
            if (below >= rank)
            {
                return DurationBuckets.MiddleOf(bucket);
            }
        }
        throw new ArgumentOutOfRangeException(nameof(rank), rank, $"There are {Count} durations.");
    }

    private ref long Bucket(int bucket)
    {
        if (bucket >= _buckets.Length)
        {
            Array.Resize(ref _buckets, Math.Max(bucket + 1, 2 * _buckets.Length));
        }
        return ref _buckets[bucket];
    }

    // Depends on the total count only: a part is never larger than the whole, so grouping cannot matter.
    private void DropBeyondCap()
    {
        if (Count > ExactCap)
        {
            _durations = null;
        }
    }
}
