using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Studies;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Replications;
using FailoverSim.Kernel.Structure;
using FailoverSim.Scenario.Building;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Analysis.Importance;

/// <summary>How important the copies of one group are to a service. All but the last are of one copy, as means over the copies.</summary>
/// <param name="Service">Which service.</param>
/// <param name="Kind">What they are: <c>unit</c>, <c>machine</c>, <c>zone</c> … (engine/docs/output.md).</param>
/// <param name="Part">Which group, or the first of them where not all of it are alike.</param>
/// <param name="Copies">How many there are.</param>
/// <param name="Measures">By name, in the order of engine/docs/sensitivity.md.</param>
public sealed record PartImportance(
    string Service, string Kind, string Part, int Copies, IReadOnlyList<(string Name, Estimate Estimate)> Measures);

/// <summary>How much of a service's down time the measures are about.</summary>
/// <param name="Service">Which service.</param>
/// <param name="Structural">Share of time in which what has failed keeps it down: P(down) of the measures.</param>
/// <param name="Total">Share of time in which it is down, failovers included.</param>
public sealed record StructuralShare(string Service, Estimate Structural, Estimate Total);

/// <param name="Parts">By service and group, the largest criticality first.</param>
/// <param name="Services">Those that were followed.</param>
/// <param name="Refused">Of whom there are no measures, and why.</param>
public sealed record ImportanceOutcome(
    IReadOnlyList<PartImportance> Parts, IReadOnlyList<StructuralShare> Services, IReadOnlyList<string> Refused)
{
    /// <summary>Without measures, because somebody asked to stop.</summary>
    public bool IsCutShort { get; init; }
}

/// <summary>
/// Importance measures from the structure of a service: the replications of the base are run once more, and in each state it is asked
/// what the service would be, were one copy failed or working and all else as it is. That is conditioning and not intervention:
/// what a failure does to queues, switches and other failures is not followed.
/// </summary>
public static class ImportanceStudy
{
    /// <summary>More parts of one service are not judged in every state.</summary>
    private const int MostJudged = 512;

    /// <param name="spec">The scenario.</param>
    /// <param name="replications">How many the base has run.</param>
    /// <param name="threads">At least 1; the results do not depend on it.</param>
    /// <param name="interrupt">Stop now: without measures.</param>
    /// <param name="level">Confidence of each interval alone.</param>
    /// <param name="store">Where finished blocks are, and are kept; null for nowhere.</param>
    public static ImportanceOutcome Run(
        ScenarioSpec spec, long replications, int threads, CancellationToken interrupt, double level = Summary.DefaultLevel, IStudyStore? store = null)
    {
        ArgumentNullException.ThrowIfNull(spec);
        List<string> refused = [];
        List<(int Index, FollowedService Service)> followed = [.. Followed(spec, refused)];
        ReplicationMeasures? rows = followed.Count == 0 ? null : Follow(spec, followed, replications, threads, store, interrupt);
        if (rows is null || rows.Count < replications)
        {
            return new ImportanceOutcome([], [], refused) { IsCutShort = followed.Count > 0 };
        }
        List<Jackknife> figures = [];
        List<ServiceFigures> services = [];
        int service = 1;
        foreach ((_, FollowedService of) in followed)
        {
            List<(PartGroup, Jackknife[])> parts = [];
            foreach ((int g, PartGroup group) in of.Groups.Index())
            {
                if (group.Refusal is { } refusal)
                {
                    refused.Add($"{of.Name}: {refusal}");
                    continue;
                }
                int[] sums = [0, service, service + 1, .. Enumerable.Range(service + ServiceTraces.FirstOf(g), ServiceTraces.PerGroup)];
                parts.Add((group, [.. Measures.Select(measure => Figure(sums, sums => measure.Of(new Sums(sums))))]));
            }
            services.Add(new ServiceFigures(of.Name, Mean(service), Mean(followed.Sum(one => one.Service.Sums) + 1 + services.Count), parts));
            service += of.Sums;
        }
        Jackknife.Over(rows, figures);
        return new ImportanceOutcome(
            [.. services.SelectMany(one => one.Parts.Select(part => Importance(one.Service, part.Group, part.Figures, level))
                .OrderByDescending(part => part.Measures.First(measure => measure.Name == Criticality).Estimate.Value ?? 0))],
            [.. services.Select(one => new StructuralShare(one.Service, one.Structural.Estimate(level), one.Total.Estimate(level)))],
            refused);

        Jackknife Figure(IReadOnlyList<int> places, Func<double[], double> of)
        {
            figures.Add(new Jackknife(replications, places, of));
            return figures[^1];
        }

        Jackknife Mean(int place) => Figure([0, place], sums => sums[1] / sums[0]);
    }

    private sealed record ServiceFigures(
        string Service, Jackknife Structural, Jackknife Total, IReadOnlyList<(PartGroup Group, Jackknife[] Figures)> Parts);

    private static PartImportance Importance(string service, PartGroup group, Jackknife[] figures, double level) => new(
        service, group.Kind, group.Name, group.Copies, [.. Measures.Zip(figures, (measure, figure) => (measure.Name, figure.Estimate(level)))]);

    /// <summary>The services that have a structure; why the others do not is added to those that are refused.</summary>
    private static IEnumerable<(int Index, FollowedService Service)> Followed(ScenarioSpec spec, List<string> refused)
    {
        Simulation? simulation = null;
        foreach ((int i, ServiceSpec service) in spec.Services.Index())
        {
            if (service.UpWhen is not null)
            {
                yield return (i, FollowedService.OfUnits(service, spec.Units));
                continue;
            }
            simulation ??= new ScenarioModel(spec).Build();
            PartStructure? structure = simulation.PartsOf(i);
            if (RefusalOf(structure) is { } refusal)
            {
                refused.Add($"{service.Name}: {refusal}");
                continue;
            }
            yield return (i, FollowedService.OfParts(service.Name, i, structure!));
        }
    }

    private static string? RefusalOf(PartStructure? structure) => structure switch
    {
        null => "a figure over several workloads has no structure; ask for the services that they depend on",
        { Parts.Count: 0 } => "no fault of the file strikes what it needs to come back unaided; compare variants instead",
        _ when structure.Groups.Sum(group => Math.Min(group.Count, PartStructure.JudgedPerGroup)) is > MostJudged and int judged =>
            $"{judged} parts that are not alike are too many to be judged in every state (at most {MostJudged}); compare variants instead",
        _ => null,
    };

    private const string Criticality = "criticality";

    /// <summary>Sums over replications: their number, then what <see cref="StructureTrace"/> adds up.</summary>
    private readonly struct Sums(double[] sums)
    {
        public double Down => sums[1] / sums[0];
        public double Outages => sums[2];
        public double Failed => sums[3] / sums[0];
        public double DownIfFailed => sums[4] / sums[0];
        public double DownIfWorking => sums[5] / sums[0];
        public double InFailedCut => sums[6] / sums[0];
        public double Tipped => sums[7];
        public double Birnbaum => DownIfFailed - DownIfWorking;
    }

    private static readonly (string Name, Func<Sums, double> Of)[] Measures =
    [
        ("unavailability", s => s.Failed),
        ("birnbaum", s => s.Birnbaum),
        (Criticality, s => s.Failed * s.Birnbaum / s.Down),
        ("fussell-vesely", s => s.InFailedCut / s.Down),
        ("risk-achievement-worth", s => s.DownIfFailed / s.Down),
        ("risk-reduction-worth", s => s.Down / s.DownIfWorking),
        ("barlow-proschan", s => s.Tipped / s.Outages),
    ];

    /// <summary>Of each replication a one, what the traces add up, and the share of time that each service is down.</summary>
    private static ReplicationMeasures Follow(
        ScenarioSpec spec, IReadOnlyList<(int Index, FollowedService Service)> services, long replications, int threads, IStudyStore? store,
        CancellationToken interrupt)
    {
        ScenarioModel model = new(spec);
        (long From, long To) window = (spec.Run.WarmUp.Nanoseconds, (spec.Run.WarmUp + spec.Run.Horizon).Nanoseconds);
        IBlockStore? kept = store?.Of("importance", model.Build().NamesFor(spec.Run.Horizon));
        ReplicationRunner runner = new(
            Build, spec.Run.WarmUp, spec.Run.Horizon, threads, simulation => ((ServiceTraces)simulation.Trace!).Take(), kept);
        ReplicationMeasures rows = new(kept, block => [.. block.Measures.Select((sums, r) => (double[])[1, .. sums, .. DownIn(block, r)])]);
        foreach (ReplicationBlock block in runner.Run(0, replications, CancellationToken.None, interrupt))
        {
            rows.Add(block);
        }
        return rows;

        IEnumerable<double> DownIn(ReplicationBlock block, int replication) => services.Select(service =>
            block.Rows[(replication * spec.Services.Count) + service.Index].DownNanoseconds / (double)spec.Run.Horizon.Nanoseconds);

        Simulation Build()
        {
            Simulation simulation = model.Build();
            simulation.Reset(0);
            simulation.Trace = new ServiceTraces([.. services.Select(service => service.Service.Trace(simulation, window))]);
            return simulation;
        }
    }
}
