using System.Numerics;
using FailoverSim.Kernel.Results;

namespace FailoverSim.Analysis.Tables;

/// <summary>
/// Exact sums over the replications of one service, from which every figure follows. All integers: adding rows and merging
/// totals in any order and grouping gives the same bits, so threads, shards and machines cannot change a digit.
/// </summary>
public sealed class ServiceTotals
{
    private readonly Int128[] _downByCause;
    private readonly Int128[] _downByStage;
    private readonly RatioMoments?[] _slos;

    public ServiceTotals(ResultNames names, int service)
    {
        ArgumentNullException.ThrowIfNull(names);
        Names = names;
        Service = service;
        _downByCause = new Int128[names.Causes.Count];
        _downByStage = new Int128[names.Stages.Count];
        _slos = [.. names.Slos.Select(slo => slo.Service == service ? new RatioMoments() : null)];
    }

    public ResultNames Names { get; }

    public int Service { get; }

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

    /// <summary>Per replication: (down time, outages).</summary>
    public RatioMoments DownAndOutages { get; } = new();

    /// <summary>Per replication: (Σ duration, outages).</summary>
    public RatioMoments DurationsAndOutages { get; } = new();

    /// <summary>Per replication: (time to the first outage or to the horizon, 1 if there was one).</summary>
    public RatioMoments FirstOutage { get; } = new();

    public DurationSample Durations { get; } = new();

    public IReadOnlyList<Int128> DownByCause => _downByCause;

    public IReadOnlyList<Int128> DownByStage => _downByStage;

    /// <summary>Per SLO and replication: (windows met, 1); null for the SLOs of other services.</summary>
    public IReadOnlyList<RatioMoments?> Slos => _slos;

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
        DownAndOutages.Add(row.DownNanoseconds, row.OutageCount);
        DurationsAndOutages.Add(inOutages, row.OutageCount);
        FirstOutage.Add(any ? row.FirstOutageAfter : row.UpNanoseconds + row.DownNanoseconds, any ? 1 : 0);
        Durations.Add(row);
        for (int i = 0; i < _downByCause.Length; i++)
        {
            _downByCause[i] += row.DownByCause[i];
        }
        for (int i = 0; i < _downByStage.Length; i++)
        {
            _downByStage[i] += row.DownByStage[i];
        }
        for (int i = 0; i < _slos.Length; i++)
        {
            _slos[i]?.Add(row.SloWindowsMet[i] ?? throw new ArgumentException($"No count of SLO {i}.", nameof(row)), 1);
        }
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
        DownAndOutages.Merge(other.DownAndOutages);
        DurationsAndOutages.Merge(other.DurationsAndOutages);
        FirstOutage.Merge(other.FirstOutage);
        Durations.Merge(other.Durations);
        for (int i = 0; i < _downByCause.Length; i++)
        {
            _downByCause[i] += other._downByCause[i];
        }
        for (int i = 0; i < _downByStage.Length; i++)
        {
            _downByStage[i] += other._downByStage[i];
        }
        for (int i = 0; i < _slos.Length; i++)
        {
            _slos[i]?.Merge(other._slos[i]!);
        }
    }
}
