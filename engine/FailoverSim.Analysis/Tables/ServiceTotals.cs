using System.Numerics;
using FailoverSim.Kernel.Results;

namespace FailoverSim.Analysis.Tables;

/// <summary>
/// Exact sums over the replications of one service, from which every figure follows. All integers: adding rows and merging
/// totals in any order and grouping gives the same bits, so threads, shards and machines cannot change a digit.
/// </summary>
public sealed class ServiceTotals
{
    private readonly ReplicationSum[] _downByCause;
    private readonly ReplicationSum[] _downByStage;
    private readonly Int128[] _lossByStage;
    private readonly RatioMoments?[] _slos;
    private readonly long?[] _longestInWindows;
    private ReplicationSum[] _margin = [];

    public ServiceTotals(ResultNames names, int service)
    {
        ArgumentNullException.ThrowIfNull(names);
        Names = names;
        Service = service;
        View = names.ViewOf(service);
        _downByCause = [.. names.Causes.Select(_ => new ReplicationSum())];
        _downByStage = [.. names.Stages.Select(_ => new ReplicationSum())];
        _lossByStage = new Int128[names.Stages.Count];
        _slos = [.. names.Slos.Select(slo => slo.Service == service ? new RatioMoments() : null)];
        _longestInWindows = new long?[names.Slos.Count];
        Attribution = new AttributionTotals(names.Causes.Count);
    }

    public ResultNames Names { get; }

    public int Service { get; }

    /// <summary>What kind of figure the service is; null if it is up or down itself.</summary>
    public ServiceView? View { get; }

    public long Replications { get; private set; }

    /// <summary>Times are in nanoseconds, here and below.</summary>
    public Int128 Up { get; private set; }

    /// <summary>All down time, that of outages already open at the start of the horizon included.</summary>
    public Int128 Down { get; private set; }

    /// <summary>Observed time.</summary>
    public Int128 Exposure => Up + Down;

    public long Outages { get; private set; }

    /// <summary>
    /// Σ duration of the outages that start within the horizon. Of a row that no longer lists them all it is its down time:
    /// one outage carried in is then one among more than <see cref="ServiceRow.OutageCap"/>.
    /// </summary>
    public Int128 InOutages { get; private set; }

    /// <summary>Σ duration² of the outages that start within the horizon.</summary>
    public BigInteger SquaredDurations { get; private set; }

    /// <summary>Σ over replications of (down time of an outage open at the start)².</summary>
    public BigInteger SquaredCarriedIn { get; private set; }

    public long LongestOutage { get; private set; }

    /// <summary>Replications with at least one outage.</summary>
    public long WithOutage { get; private set; }

    /// <summary>Replications with any down time.</summary>
    public long WithDownTime { get; private set; }

    /// <summary>Down time while the support held.</summary>
    public Int128 Failover { get; private set; }

    /// <summary>Outages that were failovers from end to end: nothing but the mechanism itself was in the way.</summary>
    public ReplicationSum Failovers { get; } = new();

    /// <summary>Outages during which more was broken than heals unaided.</summary>
    public ReplicationSum Losses { get; } = new();

    /// <summary>Down time in outages that were failovers from end to end.</summary>
    public ReplicationSum FailoverTime { get; } = new();

    /// <summary>Down time in outages that were losses; with <see cref="FailoverTime"/> it makes up all down time.</summary>
    public ReplicationSum LossTime { get; } = new();

    /// <summary>All outages, by replication.</summary>
    public ReplicationSum OutageCounts { get; } = new();

    /// <summary>Of a view of the fleet: outages of its members, by replication; nothing for every other service.</summary>
    public ReplicationSum MemberOutages { get; } = new();

    /// <summary>Those of <see cref="MemberOutages"/> that were failovers from end to end.</summary>
    public ReplicationSum MemberFailovers { get; } = new();

    /// <summary>Those of <see cref="MemberOutages"/> that were losses.</summary>
    public ReplicationSum MemberLosses { get; } = new();

    /// <summary>All down time, by replication.</summary>
    public ReplicationSum DownTime { get; } = new();

    /// <summary>Requests lost, as the time in which so many arrive; null where they are not measured.</summary>
    public ReplicationSum? LostRequests { get; private set; }

    /// <summary>Per replication: (down time, outages).</summary>
    public RatioMoments DownAndOutages { get; } = new();

    /// <summary>Per replication: (Σ duration, outages).</summary>
    public RatioMoments DurationsAndOutages { get; } = new();

    /// <summary>Per replication: (time to the first outage or to the horizon, 1 if there was one).</summary>
    public RatioMoments FirstOutage { get; } = new();

    /// <summary>Of the outages that start within the horizon; of a row that no longer lists them all, by buckets.</summary>
    public IntegerSample Durations { get; } = new();

    public IReadOnlyList<ReplicationSum> DownByCause => _downByCause;

    public IReadOnlyList<ReplicationSum> DownByStage => _downByStage;

    /// <summary>The part of <see cref="DownByStage"/> in outages that were losses.</summary>
    public IReadOnlyList<Int128> LossByStage => _lossByStage;

    /// <summary>Outages by the faults that they began with; nothing for a view.</summary>
    public AttributionTotals Attribution { get; }

    /// <summary>Time at 0 (down), 1, 2 … further faults from an outage, and at more; empty where the margin is not measured.</summary>
    public IReadOnlyList<ReplicationSum> Margin => _margin;

    /// <summary>Per SLO and replication: (windows met, 1); null for the SLOs of other services.</summary>
    public IReadOnlyList<RatioMoments?> Slos => _slos;

    /// <summary>The longest outage that starts in a window, by SLO; 0 if there was none, null for views and the SLOs of other services.</summary>
    public IReadOnlyList<long?> LongestInWindows => _longestInWindows;

    public void Add(ServiceRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (row.Service != Service)
        {
            throw new ArgumentException($"A row of service {row.Service} among those of service {Service}.", nameof(row));
        }
        long inOutages = row.Histogram is null ? row.Outages.Sum(outage => outage.Duration) : row.DownNanoseconds;
        long carriedIn = row.DownNanoseconds - inOutages;
        bool any = row.OutageCount > 0;

        Replications++;
        Up += row.UpNanoseconds;
        Down += row.DownNanoseconds;
        Outages += row.OutageCount;
        InOutages += inOutages;
        SquaredDurations += row.SquaredDurations;
        SquaredCarriedIn += (Int128)carriedIn * carriedIn;
        LongestOutage = Math.Max(LongestOutage, row.LongestOutage);
        WithOutage += any ? 1 : 0;
        WithDownTime += row.DownNanoseconds > 0 ? 1 : 0;
        Failover += row.FailoverNanoseconds;
        OutageCounts.Add(row.OutageCount);
        Failovers.Add(row.OutageCount - row.LossCount);
        Losses.Add(row.LossCount);
        MemberOutages.Add(row.MemberOutages);
        MemberFailovers.Add(row.MemberOutages - row.MemberLosses);
        MemberLosses.Add(row.MemberLosses);
        long lossTime = row.LossByStage.Sum();
        FailoverTime.Add(row.DownNanoseconds - lossTime);
        LossTime.Add(lossTime);
        DownTime.Add(row.DownNanoseconds);
        if (row.LostRequestNanoseconds is { } lost)
        {
            (LostRequests ??= new ReplicationSum()).Add(lost);
        }
        DownAndOutages.Add(row.DownNanoseconds, row.OutageCount);
        DurationsAndOutages.Add(inOutages, row.OutageCount);
        FirstOutage.Add(any ? row.FirstOutageAfter : row.UpNanoseconds + row.DownNanoseconds, any ? 1 : 0);
        AddDurations(row);
        Attribution.Add(row);
        AddMargin([.. row.MarginNanoseconds.Select(time =>
        {
            ReplicationSum sum = new();
            sum.Add(time);
            return sum;
        })]);
        for (int i = 0; i < _downByCause.Length; i++)
        {
            _downByCause[i].Add(row.DownByCause[i]);
        }
        for (int i = 0; i < _downByStage.Length; i++)
        {
            _downByStage[i].Add(row.DownByStage[i]);
            _lossByStage[i] += row.LossByStage[i];
        }
        for (int i = 0; i < _slos.Length; i++)
        {
            _slos[i]?.Add(row.SloWindowsMet[i] ?? throw new ArgumentException($"No count of SLO {i}.", nameof(row)), 1);
        }
        AddLongest(row.SloLongestOutages);
    }

    public void Merge(ServiceTotals other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Service != Service)
        {
            throw new ArgumentException($"Totals of service {other.Service} into those of service {Service}.", nameof(other));
        }
        Replications += other.Replications;
        Up += other.Up;
        Down += other.Down;
        Outages += other.Outages;
        InOutages += other.InOutages;
        SquaredDurations += other.SquaredDurations;
        SquaredCarriedIn += other.SquaredCarriedIn;
        LongestOutage = Math.Max(LongestOutage, other.LongestOutage);
        WithOutage += other.WithOutage;
        WithDownTime += other.WithDownTime;
        Failover += other.Failover;
        OutageCounts.Merge(other.OutageCounts);
        Failovers.Merge(other.Failovers);
        Losses.Merge(other.Losses);
        MemberOutages.Merge(other.MemberOutages);
        MemberFailovers.Merge(other.MemberFailovers);
        MemberLosses.Merge(other.MemberLosses);
        FailoverTime.Merge(other.FailoverTime);
        LossTime.Merge(other.LossTime);
        DownTime.Merge(other.DownTime);
        if (other.LostRequests is { } lost)
        {
            (LostRequests ??= new ReplicationSum()).Merge(lost);
        }
        DownAndOutages.Merge(other.DownAndOutages);
        DurationsAndOutages.Merge(other.DurationsAndOutages);
        FirstOutage.Merge(other.FirstOutage);
        Durations.Merge(other.Durations);
        Attribution.Merge(other.Attribution);
        AddMargin(other._margin);
        for (int i = 0; i < _downByCause.Length; i++)
        {
            _downByCause[i].Merge(other._downByCause[i]);
        }
        for (int i = 0; i < _downByStage.Length; i++)
        {
            _downByStage[i].Merge(other._downByStage[i]);
            _lossByStage[i] += other._lossByStage[i];
        }
        for (int i = 0; i < _slos.Length; i++)
        {
            _slos[i]?.Merge(other._slos[i]!);
        }
        AddLongest(other._longestInWindows);
    }

    private void AddLongest(IReadOnlyList<long?> longest)
    {
        for (int i = 0; i < longest.Count; i++)
        {
            _longestInWindows[i] = longest[i] is { } one ? Math.Max(one, _longestInWindows[i] ?? 0) : _longestInWindows[i];
        }
    }

    private void AddDurations(ServiceRow row)
    {
        if (row.Histogram is { } histogram)
        {
            foreach ((int bucket, long count) in histogram)
            {
                Durations.AddCounted(bucket, count);
            }
            return;
        }
        foreach (Outage outage in row.Outages)
        {
            Durations.Add(outage.Duration);
        }
    }

    private void AddMargin(ReplicationSum[] times)
    {
        if (_margin.Length < times.Length)
        {
            _margin = [.. times.Select(_ => new ReplicationSum())];
        }
        for (int i = 0; i < times.Length; i++)
        {
            _margin[i].Merge(times[i]);
        }
    }
}
