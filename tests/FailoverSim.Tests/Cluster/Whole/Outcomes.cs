using FailoverSim.Kernel;
using FailoverSim.Kernel.Results;
using FailoverSim.Kernel.Time;
using FailoverSim.Scenario.Building;
using FailoverSim.Scenario.Specification;
using FailoverSim.Tests.Models;
using Xunit;

namespace FailoverSim.Tests.Cluster.Whole;

/// <summary>The outages of many replications of one scenario; that they are accounted for to the nanosecond is checked on the way.</summary>
internal sealed class Outcomes
{
    private readonly ResultNames _names;
    private readonly List<ServiceRow> _rows = [];

    private Outcomes(ScenarioSpec spec, int replications)
    {
        Simulation simulation = new ScenarioModel(spec).Build();
        _names = simulation.NamesFor(spec.Run.Horizon);
        for (int replication = 0; replication < replications; replication++)
        {
            foreach (ServiceRow row in simulation.Run(replication, SimDuration.Zero, spec.Run.Horizon))
            {
                AssertAccountedFor(row, spec.Run.Horizon);
                _rows.Add(row);
            }
            Events += simulation.Events;
        }
    }

    public long Events { get; }

    public static Outcomes Of(string yaml, int replications = 400, string horizon = "3h", string fidelity = "elided") =>
        new(Story.Spec($"{yaml}\nrun: {{horizon: {horizon}, fidelity: {fidelity}}}"), replications);

    /// <summary>The outages of a service, replication by replication.</summary>
    public IReadOnlyList<Seen> Of(string service) =>
        [.. _rows.Where(r => _names.Services[r.Service] == service).SelectMany(SeenIn)];

    /// <summary>How often something was counted in each replication.</summary>
    public IReadOnlyList<long> Counts(string counter)
    {
        int index = _names.Counters.ToList().IndexOf(counter);
        Assert.True(index >= 0, $"{counter} is none of {string.Join(", ", _names.Counters)}");
        return [.. _rows.Where(r => r.Counts.Count > 0).GroupBy(r => r.Replication).Select(rows => rows.First().Counts[index])];
    }

    /// <summary>Requests to a service that were lost in each replication, as the seconds in which so many arrive.</summary>
    public IReadOnlyList<double> LostBy(string service) =>
        [.. _rows.Where(r => _names.Services[r.Service] == service).Select(r => r.LostRequestNanoseconds!.Value / 1e9)];

    /// <summary>Only of replications in which another service had an outage, too.</summary>
    public IReadOnlyList<Seen> Of(string service, string when)
    {
        HashSet<long> hit = [.. Of(when).Select(o => o.Replication)];
        return [.. Of(service).Where(o => hit.Contains(o.Replication))];
    }

    private IEnumerable<Seen> SeenIn(ServiceRow row) => row.Outages.Select((outage, i) => new Seen(
        row.Replication,
        outage.Start / 1e9,
        outage.Duration / 1e9,
        string.Join(' ', Items(row.OutageCauses, i).Where(c => c.Role.HasFlag(CauseRole.Root)).Select(c => _names.Causes[c.Cause])),
        outage.IsLoss,
        Items(row.OutageStages, i).ToDictionary(s => _names.Stages[s.Stage], s => s.Nanoseconds / 1e9)));

    private static T[] Items<T>(RaggedList<T> lists, int i) => lists[i].ToArray();

    private static void AssertAccountedFor(ServiceRow row, SimDuration horizon)
    {
        Assert.Equal(horizon.Nanoseconds, row.UpNanoseconds + row.DownNanoseconds);
        Assert.Equal(row.DownNanoseconds, row.DownByCause.Sum());
        Assert.Equal(row.DownNanoseconds, row.DownByStage.Sum());
        Assert.Equal(row.DownNanoseconds, row.Outages.Sum(o => o.Duration));
        for (int i = 0; i < row.Outages.Count; i++)
        {
            Assert.Equal(row.Outages[i].Duration, Items(row.OutageCauses, i).Sum(c => c.Nanoseconds));
            Assert.Equal(row.Outages[i].Duration, Items(row.OutageStages, i).Sum(s => s.Nanoseconds));
        }
    }
}

/// <summary>One outage; times in seconds.</summary>
internal sealed record Seen(
    long Replication, double Start, double Length, string Root, bool IsLoss, IReadOnlyDictionary<string, double> Stages);

internal static class Check
{
    /// <summary>Tolerance of a mean, in standard errors: wrong once in a million.</summary>
    private const double Errors = 4.9;

    /// <summary>All are of one kind, with one root cause.</summary>
    public static IReadOnlyList<Seen> Are(this IReadOnlyList<Seen> outages, string kind, string root = "f")
    {
        Assert.NotEmpty(outages);
        Assert.All(outages, o => Assert.Equal((kind == "loss", root), (o.IsLoss, o.Root)));
        return outages;
    }

    public static IReadOnlyList<Seen> Number(this IReadOnlyList<Seen> outages, int count)
    {
        Assert.Equal(count, outages.Count);
        return outages;
    }

    /// <summary>As many as of a binomial distribution.</summary>
    public static IReadOnlyList<Seen> Share(this IReadOnlyList<Seen> outages, double share, int of = 400)
    {
        double error = Errors * Math.Sqrt(of * share * (1 - share));
        Assert.InRange(outages.Count, (of * share) - error, (of * share) + error);
        return outages;
    }

    public static IReadOnlyList<Seen> Between(this IReadOnlyList<Seen> outages, double low, double high)
    {
        Assert.All(outages, o => Assert.InRange(o.Length, low, high));
        return outages;
    }

    public static IReadOnlyList<Seen> Mean(this IReadOnlyList<Seen> outages, double expected, double tolerance = 0) =>
        outages.MeanOf(o => o.Length, expected, tolerance);

    /// <summary>The mean time spent in stages.</summary>
    public static IReadOnlyList<Seen> Stage(this IReadOnlyList<Seen> outages, string stages, double expected, double tolerance = 0) =>
        outages.MeanOf(o => stages.Split('+').Sum(s => o.Stages.GetValueOrDefault(s)), expected, tolerance);

    /// <summary>Nothing but these is waited for, and each of them sometimes.</summary>
    public static IReadOnlyList<Seen> OnlyStages(this IReadOnlyList<Seen> outages, params string[] stages)
    {
        Assert.Equal(stages.Order(StringComparer.Ordinal), outages.SelectMany(o => o.Stages.Keys).Distinct().Order(StringComparer.Ordinal));
        return outages;
    }

    public static void AreOnAverage(this IReadOnlyList<double> values, double expected, double tolerance = 0)
    {
        double mean = values.Average();
        double variance = values.Sum(value => Math.Pow(value - mean, 2)) / (values.Count - 1);
        double error = tolerance + (Errors * Math.Sqrt(variance / values.Count));
        Assert.True(Math.Abs(mean - expected) <= error, $"mean {mean:F3}, expected {expected} ± {error:F3}");
    }

    private static IReadOnlyList<Seen> MeanOf(
        this IReadOnlyList<Seen> outages, Func<Seen, double> value, double expected, double tolerance)
    {
        ((IReadOnlyList<double>)[.. outages.Select(value)]).AreOnAverage(expected, tolerance);
        return outages;
    }
}
