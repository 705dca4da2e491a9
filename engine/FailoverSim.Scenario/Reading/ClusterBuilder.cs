using FailoverSim.Scenario.Language;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Scenario.Reading;

/// <summary>Turns the cluster of a file without errors into its specification.</summary>
internal sealed class ClusterBuilder(BoundMapping file, ScenarioNames names, ClusterLayout layout, WorkloadLayout workloads, Targets targets)
{
    public ClusterSpec Build()
    {
        var rtt = file.Child(ScenarioKeys.Topology)!.Child(TopologyKeys.Rtt)!;
        var components = new ComponentBuilder(file.Child(ScenarioKeys.Components)!, layout);
        var nodes = layout.TakesPods ? new NodeBuilder(file.Child(ScenarioKeys.Components)!) : null;
        return new ClusterSpec
        {
            Zones = layout.Zones,
            RttInsideZone = rtt.Get(TopologyKeys.InsideZone).Law,
            RttBetweenZones = rtt.Get(TopologyKeys.BetweenZones).Law,
            PairRtts = [.. rtt.Others.Select(Pair)],
            Racks = layout.Racks,
            Pools = [.. layout.Pools.Select(pool => new PoolSpec
            {
                Name = pool.Name,
                Machines = pool.Machines,
                Runs = pool.Runs,
                Boot = pool.Item.Value.Get(TopologyKeys.Boot).Law,
                Worker = NodeBuilder.Worker(pool),
            })],
            Etcd = components.Etcd(),
            Apiserver = components.Apiserver(),
            LeaderElected = components.LeaderElected(),
            Vip = components.Vip(),
            Haproxy = components.Haproxy(),
            Nginx = components.Nginx(),
            CloudLb = components.CloudLb(inFrontOfApiservers: !ProbeChecks.IsForNodesOnly(names)),
            Keepalived = components.Keepalived(),
            Clients = components.Clients(),
            Kubelet = components.Kubelet(),
            ManagedControlPlane = file.Child(ScenarioKeys.ControlPlane) is { } managed
                ? new ManagedControlPlaneSpec((double)managed.Get(ControlPlaneKeys.Availability), managed.Get(ControlPlaneKeys.Outage).Law) : null,
            Workloads = nodes is null ? [] : new WorkloadBuilder(layout, components.Kubelet(), nodes.Sandbox).Build(workloads),
            NodeHealth = nodes?.Health(),
            Scheduling = nodes?.Scheduling(),
            Endpoints = nodes?.Endpoints(),
            Cni = nodes?.Cni(),
            Cloud = nodes?.Cloud(),
            Dns = nodes?.Dns(workloads),
            Descheduler = nodes?.Descheduler(),
            Faults = [.. names.Faults.Select(Fault)],
            Procedures =
            [
                .. names.Procedures.Select(procedure => Procedure(procedure.Name, procedure.Value)),
                .. names.Faults.Where(fault => fault.Value.Child(FaultKeys.Repair) is not null)
                    .Select(fault => Procedure(fault.Name, fault.Value.Child(FaultKeys.Repair)!)),
            ],
            Maintenance = [.. names.Maintenance.Select(Maintenance)],
        };
    }

    private PairRtt Pair(BoundOther pair)
    {
        string link = layout.LinkOf(pair.Name)!;
        var (_, a, b) = layout.Links.First(known => known.Name == link);
        return new PairRtt(a, b, ((Values.LawValue)((BoundScalar)pair.Value).Value!).Law);
    }

    private FaultSpec Fault(NamedItem fault)
    {
        var state = fault.Value.Get(FaultKeys.State);
        return new FaultSpec
        {
            Name = fault.Name,
            Targets = [.. ((BoundList)fault.Value.Find(FaultKeys.Of)!).Items
                .SelectMany(selector => targets.Of(selector, Targets.IsWhole(fault.Value))).Distinct()],
            Every = fault.Value.Optional(FaultKeys.Every)?.Law,
            At = [.. fault.Value.Items(FaultKeys.At).Select(at => at.Value)],
            Chance = fault.Value.Optional(FaultKeys.Chance) is { } chance
                ? new ChanceSpec((double)chance.Probability, chance.Maintenance) : null,
            AllReplicas = fault.Value.Has(FaultKeys.Scope),
            Share = fault.Value.TryGet(FaultKeys.Share, out var share) ? (double)share : null,
            State = state.What,
            Amount = (double)state.Amount,
            Direction = fault.Value.Optional(FaultKeys.Direction) switch
            {
                "one-way" => Direction.OneWay,
                "either" => Direction.Either,
                _ => Direction.Both,
            },
            Lasts = fault.Value.Optional(FaultKeys.Lasts)?.Law,
            Repair = fault.Value.Find(FaultKeys.Repair) switch
            {
                BoundScalar named => (string)named.Value!,
                BoundMapping => fault.Name,
                _ => null,
            },
        };
    }

    private ProcedureSpec Procedure(string name, BoundMapping procedure) => new()
    {
        Name = name,
        Takes = procedure.Get(FaultKeys.Takes).Law,
        Crews = names.CrewNames(procedure.Items(RepairKeys.Crew)),
        Spare = procedure.Optional(RepairKeys.Spare),
        ThenResync = procedure.Has(FaultKeys.Then),
        RestoresQuorum = procedure.Has(FaultKeys.When),
        LosesData = procedure.Optional(FaultKeys.DataLoss) == "up-to-last-snapshot",
    };

    private static MaintenanceSpec Maintenance(NamedItem entry)
    {
        var window = entry.Value.Get(FaultKeys.Window);
        return new MaintenanceSpec
        {
            Name = entry.Name,
            Pool = entry.Value.Get(FaultKeys.MaintenanceOf).Name!,
            Every = entry.Value.Get(FaultKeys.MaintenanceEvery),
            Window = window is Hours.Always ? null : window,
            PerNode = entry.Value.Optional(FaultKeys.PerNode)?.Law,
            Surge = entry.Value.TryGet(FaultKeys.Surge, out var surge) ? (int)surge : 0,
            Concurrency = entry.Value.TryGet(FaultKeys.Concurrency, out var together) ? (int)together : 1,
            Drains = entry.Value.TryGet(FaultKeys.Drains, out var drains) && drains,
            DrainTimeout = entry.Value.TryGet(FaultKeys.DrainTimeout, out var timeout) ? timeout : null,
            RespectBudgets = !entry.Value.TryGet(FaultKeys.RespectBudgets, out var respects) || respects,
        };
    }
}
