using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Supervision;
using FailoverSim.Models.Workloads;
using FailoverSim.Scenario.Language;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Scenario.Reading;

/// <summary>Turns workloads without errors into their specification.</summary>
/// <param name="layout">Whose pools they use.</param>
/// <param name="kubelet">What restarts their containers.</param>
/// <param name="sandbox">Sandbox and network of a new pod.</param>
internal sealed class WorkloadBuilder(ClusterLayout layout, KubeletSpec kubelet, Law sandbox)
{
    public IReadOnlyList<WorkloadGroupSpec> Build(WorkloadLayout workloads) =>
        [.. workloads.Groups.Select(group => new WorkloadGroupSpec(group.Name, Copies(workloads, group),
            [.. group.Item.Value.Items(WorkloadKeys.Nodes).Select(pool => pool.Value)]))];

    private List<WorkloadOptions> Copies(WorkloadLayout workloads, WorkloadGroup group)
    {
        var workload = group.Item.Value;
        var like = Like(group);
        var ready = workload.Get(WorkloadKeys.UpWhen);
        var terms = Terms(group).ToList();
        return
        [
            .. group.Copies.Select((copy, number) => like with
            {
                Name = copy.Name,
                Replicas = copy.Replicas,
                Needed = ready.Of(copy.Replicas),
                Cpu = copy.Cpu,
                Memory = copy.Memory,
                MinHealthy = CapacityChecks.MinHealthy(group, copy),
                Affinity = [.. terms.Select(term => term.Like with { To = workloads.Meant(group, number, term.To)!.Value })],
            }),
        ];
    }

    /// <summary>What all copies have in common.</summary>
    private WorkloadOptions Like(WorkloadGroup group)
    {
        var workload = group.Item.Value;
        var tolerations = workload.Child(WorkloadKeys.Tolerations)!;
        return new WorkloadOptions
        {
            Name = group.Name,
            Replicas = 1,
            Needed = 1,
            Cpu = 0,
            Memory = 0,
            AtMostOne = workload.Get(WorkloadKeys.Kind) == "stateful-set",
            Pools = [.. workload.Items(WorkloadKeys.Nodes).Select(name => IndexOf(name.Value))],
            Zones = [.. workload.Items(WorkloadKeys.Zones).Select(name => layout.Zones.ToList().FindIndex(zone => zone.Name == name.Value))],
            Sandbox = sandbox,
            Pull = workload.Optional(WorkloadKeys.Pull)?.Law,
            Start = workload.Get(WorkloadKeys.Start).Law,
            Stop = workload.Get(WorkloadKeys.Stop).Law,
            Grace = workload.Get(WorkloadKeys.Grace),
            Readiness = Probe(workload.Child(WorkloadKeys.Readiness)!),
            Liveness = workload.Child(WorkloadKeys.Liveness) is { } liveness ? Probe(liveness) : null,
            Backoff = new RestartBackoff(kubelet.BackoffFirst, kubelet.BackoffMax, kubelet.BackoffReset),
            Spread = [.. Records(workload, WorkloadKeys.Spread).Select(Spread), .. Records(workload, WorkloadKeys.AntiAffinity).Where(apart => AffinityChecks.IsOfItself(apart, group)).Select(Apart)],
            Volume = workload.Child(WorkloadKeys.Volume) is { } volume
                ? new VolumeOptions(volume.Get(WorkloadKeys.BoundTo) == "zone", volume.Get(WorkloadKeys.ForceDetachAfter), volume.Get(WorkloadKeys.Attach).Law)
                : null,
            Tolerations = new TolerationOptions(Tolerated(tolerations, WorkloadKeys.NotReady), Tolerated(tolerations, WorkloadKeys.Unreachable)),
        };
    }

    private int IndexOf(string pool) => layout.Pools.ToList().FindIndex(known => known.Name == pool);

    private static IReadOnlyList<BoundMapping> Records(BoundMapping workload, Key key) => (workload.Find(key) as BoundRecords)?.Items ?? [];

    private static SpreadOptions Spread(BoundMapping spread) => new(
        By(spread.Get(WorkloadKeys.By)),
        (int)spread.Get(WorkloadKeys.MaxSkew),
        spread.TryGet(WorkloadKeys.MinDomains, out var least) ? (int)least : 0,
        spread.Get(WorkloadKeys.WhenImpossible) == "do-not-schedule");

    private static SpreadOptions Apart(BoundMapping apart) => new(
        By(apart.Get(WorkloadKeys.ApartBy)), 1, 0, apart.Get(WorkloadKeys.WhenImpossible) == "do-not-schedule", IsAntiAffinity: true);

    /// <summary>Affinities, and anti-affinities to others: of all copies alike but for whom they mean by the name.</summary>
    private static IEnumerable<(string? To, AffinityOptions Like)> Terms(WorkloadGroup group) =>
        Records(group.Item.Value, WorkloadKeys.Affinity).Select(near => Term(near, WorkloadKeys.By, isAnti: false))
            .Concat(Records(group.Item.Value, WorkloadKeys.AntiAffinity).Where(apart => !AffinityChecks.IsOfItself(apart, group))
                .Select(apart => Term(apart, WorkloadKeys.ApartBy, isAnti: true)));

    private static (string? To, AffinityOptions Like) Term(BoundMapping term, Key<string> by, bool isAnti) =>
        (term.Optional(WorkloadKeys.To), new AffinityOptions(default, By(term.Get(by)), WorkloadChecks.IsHard(term), isAnti));

    private static SpreadBy By(string word) => word == "zone" ? SpreadBy.Zone : SpreadBy.Node;

    private static ProbeOptions Probe(BoundMapping probe) => new(
        probe.Get(WorkloadKeys.Period), probe.Get(WorkloadKeys.Timeout), (int)probe.Get(WorkloadKeys.Failures));

    private static SimDuration? Tolerated(BoundMapping tolerations, Key<SimDuration> key)
    {
        var tolerated = tolerations.Get(key);
        return tolerated.IsNever ? null : tolerated;
    }
}
