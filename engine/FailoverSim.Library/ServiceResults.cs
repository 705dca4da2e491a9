using FailoverSim.Analysis.Comparisons;
using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Exact;
using FailoverSim.Analysis.Tables;
using FailoverSim.Reporting.Results;
using FailoverSim.Reporting.Text;

namespace FailoverSim.Library;

/// <summary>What one service of one variant came to. Every estimate carries its interval and how that was made.</summary>
public sealed class ServiceResults
{
    private readonly StudyFindings _findings;
    private readonly ResultTable _table;
    private readonly int _index;
    private readonly Lazy<IReadOnlyDictionary<string, Estimate>> _metrics;

    internal ServiceResults(StudyFindings findings, ResultTable table, int index)
    {
        (_findings, _table, _index) = (findings, table, index);
        _metrics = new(() => Analysis.Estimates.Summary.Of("", Variant, Totals).ToDictionary(row => row.Metric, row => row.Estimate));
    }

    public string Name => _table.Names.Services[_index];

    public string Variant => _table.Variant;

    /// <summary>A figure of engine/docs/output.md by its name, such as <c>outage-duration-p99</c>.</summary>
    /// <exception cref="KeyNotFoundException">The service has none of that name, as a level has no outages.</exception>
    public Estimate this[string metric] => _metrics.Value.TryGetValue(metric, out Estimate? estimate)
        ? estimate
        : throw new KeyNotFoundException($"service '{Name}' has no '{metric}'; it has: {string.Join(", ", _metrics.Value.Keys)}");

    /// <summary>Fraction of time up.</summary>
    public Estimate Availability => this["availability"];

    /// <summary>Fraction of time down.</summary>
    public Estimate Unavailability => this["unavailability"];

    /// <summary>Minutes down in a year of 365 days.</summary>
    public Estimate DowntimePerYear => this["downtime-per-year"];

    /// <summary>Outages that begin in a year of 365 days.</summary>
    public Estimate OutagesPerYear => this["outages-per-year"];

    /// <summary>Mean length of an outage in seconds.</summary>
    public Estimate MeanOutage => this["outage-duration-mean"];

    /// <summary>Length of the longest outage seen, in seconds.</summary>
    public Estimate LongestOutage => this["outage-duration-max"];

    /// <summary>Seconds until the first outage, on average.</summary>
    public Estimate TimeToFirstOutage => this["time-to-first-outage-mean"];

    /// <summary>Length in seconds that a share of all outages does not exceed.</summary>
    /// <param name="share">From 0 to 1, both excluded.</param>
    public Estimate OutageQuantile(double share) => OrderStatistics.Quantile(Totals, share, Analysis.Estimates.Summary.DefaultLevel);

    /// <summary>The figures in human units, each with its interval, as text.</summary>
    public ServiceGlance Glance => ConsoleSummary.Of(Variant, Totals);

    /// <summary>Down time by the faults present, the largest part first; so are the others.</summary>
    public IReadOnlyList<AttributionRow> Causes => PartsBy(AttributionKind.Cause);

    /// <summary>Down time by what was waited for.</summary>
    public IReadOnlyList<AttributionRow> Stages => PartsBy(AttributionKind.Stage);

    /// <summary>Down time by the fault that came last before the outage.</summary>
    public IReadOnlyList<AttributionRow> Roots => PartsBy(AttributionKind.Root);

    /// <summary>Down time by the faults that were there already.</summary>
    public IReadOnlyList<AttributionRow> Enablers => PartsBy(AttributionKind.Enabler);

    /// <summary>Down time by all that an outage began with.</summary>
    public IReadOnlyList<AttributionRow> Combinations => PartsBy(AttributionKind.Combination);

    /// <summary>The verdicts on its objectives.</summary>
    public IReadOnlyList<SloVerdict> Verdicts =>
        [.. RunReport.Of(_findings).VerdictsOf(_table).Where(verdict => verdict.Slo.Service == Name)];

    /// <summary>Its variants against it; of the baseline only.</summary>
    public IReadOnlyList<Comparison> Comparisons => _table != _findings.Results.Base ? [] :
        [.. _findings.Compared.Where(compared => compared.Service == Name).SelectMany(compared => compared.Against)];

    /// <summary>Its exact figures; null where the scenario is no small Markov chain, and for variants.</summary>
    public ExactService? Exact => _table != _findings.Results.Base ? null :
        _findings.Exact?.Services.FirstOrDefault(service => service.Name == Name);

    /// <summary>Every outage of which the time is known: a row each.</summary>
    public IEnumerable<OutageRow> Outages => ResultRows.Outages(_table, _index);

    /// <summary>Down time and outages of each replication: a row each.</summary>
    public IEnumerable<ReplicationRow> Replications => ResultRows.Replications(_table, _index);

    /// <summary>Down time by root, enabler, cause, stage and combination: a row per part.</summary>
    public IEnumerable<PartRow> Parts => ResultRows.Parts(_table, _index);

    /// <summary>Exact sums, for what has no property here.</summary>
    public ServiceTotals Totals => _table.Totals(_index);

    public override string ToString() => $"{Name}: {Glance.Availability} available, {Glance.DowntimePerYear} down a year";

    private IReadOnlyList<AttributionRow> PartsBy(AttributionKind kind) =>
        [.. AttributionRows.Of(Totals, kind, Analysis.Estimates.Summary.DefaultLevel)];
}
