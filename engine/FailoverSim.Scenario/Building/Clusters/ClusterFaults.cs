using System.Collections.Immutable;
using System.Globalization;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Structure;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Etcd;
using FailoverSim.Models.Faults;
using FailoverSim.Models.Laws;
using FailoverSim.Models.Operations;
using FailoverSim.Models.Repair;
using FailoverSim.Models.Supervision;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Scenario.Building.Clusters;

/// <summary>What breaks in a cluster, who repairs it, and the work that is planned.</summary>
internal sealed class ClusterFaults
{
    /// <summary>Who restores a quorum where the file does not say: an operator with a runbook, 15 to 60 minutes.</summary>
    private static readonly ProcedureSpec DefaultRestore = new()
    {
        Name = "restore-quorum",
        Takes = new Uniform(15 * 60, 60 * 60),
        RestoresQuorum = true,
        LosesData = true,
    };

    private readonly ClusterModel _cluster;
    private readonly ClusterSpec _spec;
    private readonly JobClasses _classes;
    private readonly List<(FaultSpec Spec, FaultOptions Options)> _faults = [];
    private readonly Dictionary<string, FaultClocks> _clocks = [];
    private readonly QuorumRestoreOptions? _restore;
    private readonly ClusterParts _parts;

    /// <summary>Settles who repairs what, before the workshop opens.</summary>
    public ClusterFaults(ClusterModel cluster, ClusterSpec spec, JobClasses classes)
    {
        _cluster = cluster;
        _spec = spec;
        _classes = classes;
        _parts = new ClusterParts(cluster);
        foreach (FaultSpec fault in spec.Faults.OrderBy(f => f.Name, StringComparer.Ordinal))
        {
            // The order of targets settles ties, so it must not depend on the file.
            FaultSpec ordered = fault with { Targets = [.. fault.Targets.OrderBy(t => $"{t.Name}@{t.Machine}", StringComparer.Ordinal)] };
            _faults.Add((ordered, OptionsOf(ordered)));
        }
        if (cluster.Etcd is not null && _faults.Any(f => f.Spec.State == Affliction.LostForGood))
        {
            ProcedureSpec procedure = spec.Procedures.FirstOrDefault(p => p.RestoresQuorum) ?? DefaultRestore;
            _restore = new QuorumRestoreOptions(procedure.Name, procedure.Takes, ClassOf(procedure), procedure.LosesData);
        }
    }

    /// <summary>How many jobs there can be at a time.</summary>
    public int Jobs => _faults.Sum(f => f.Options.Jobs) + (_restore?.JobClass is null ? 0 : 1);

    public void Build(ModelBuilder builder, Workshop workshop, int firstJob, Func<Hours?, DutyRoster> rosterOf)
    {
        foreach ((FaultSpec spec, FaultOptions options) in _faults)
        {
            _clocks[spec.Name] = new FaultClocks(builder, options, workshop, firstJob);
            firstJob += options.Jobs;
        }
        if (_restore is { } restore)
        {
            EtcdCluster etcd = _cluster.Etcd!;
            _ = new QuorumRestore(
                builder, restore, etcd.Signals.MajorityLostForGood, [.. LostMembers()], new Restorable(etcd), workshop, firstJob);
        }
        foreach (MaintenanceSpec maintenance in _spec.Maintenance.OrderBy(m => m.Name, StringComparer.Ordinal))
        {
            AddMaintenance(builder, maintenance, rosterOf(maintenance.Window));
        }
    }

    /// <summary>What can go wrong, for whoever asks what it takes to bring a service down.</summary>
    public IEnumerable<FaultDeclaration> Declarations(ModelBuilder builder)
    {
        foreach ((FaultSpec spec, FaultOptions options) in _faults)
        {
            for (int i = 0; i < options.Targets.Length; i++)
            {
                FaultTarget target = options.Targets[i];
                // Of a role, whoever may hold it; of a share of many, none of them alone.
                IEnumerable<ImmutableArray<Victim>> strikes = options.Share is not null
                    ? []
                    : target.Role is null ? [target.Victims] : target.Victims.Select(victim => ImmutableArray.Create(victim));
                foreach ((int strike, ImmutableArray<Victim> victims) in strikes.Index())
                {
                    ImmutableArray<Signal> conditions = [.. victims.Select(v => v.Of.ConditionOf(v.Slot, spec.State)).OfType<Signal>()];
                    if (!conditions.IsEmpty)
                    {
                        yield return new FaultDeclaration(
                            builder.Cause(spec.Name), target.Name, conditions, spec.Every is null or Never ? null : _clocks[spec.Name], i)
                        {
                            Part = spec.AllReplicas ? new FaultPart("fault", spec.Name, spec.Name) : _parts.Of(spec.Targets[i], victims),
                            Occurrences = OccurrencesOf(_clocks[spec.Name], i, target.Role is null ? null : strike),
                        };
                    }
                }
            }
        }
    }

    /// <summary>Of a role, those that struck one who may hold it.</summary>
    private static FaultOccurrences OccurrencesOf(FaultClocks clocks, int target, int? holder) => new(
        clocks,
        [.. clocks.SlotsOf(target).Select(slot => (Func<Cause>)(() => holder is { } victim ? clocks.CauseOf(slot, victim) : clocks.CauseOf(slot)))]);

    private void AddMaintenance(ModelBuilder builder, MaintenanceSpec spec, DutyRoster window)
    {
        if (spec.Surge > 0 || spec.Drains)
        {
            AddNodeWork(builder, spec, window);
            return;
        }
        ImmutableArray<int> pool =
            [.. _spec.Pools.Single(p => p.Name == spec.Pool).Machines.Select(m => _cluster.MachineSet.IndexOf(m.Name))];
        Maintenance maintenance = new(
            builder,
            new MaintenanceOptions(spec.Name, spec.Every, window, spec.PerNode!),
            _cluster.Machines,
            pool,
            [.. pool.Select(machine => ReadyOf(builder, machine))]);
        AddChances(builder, spec, pool, maintenance.OnStep);
    }

    /// <summary>Work on nodes: pods leave them first.</summary>
    private void AddNodeWork(ModelBuilder builder, MaintenanceSpec spec, DutyRoster window)
    {
        IReadOnlyList<int> pool = Plane.NodesOf(spec.Pool);
        ImmutableArray<int> machines = [.. pool.Select(node => Plane.Nodes.Set.Options[node].Machine)];
        DrainOptions drain = new(spec.DrainTimeout, spec.RespectBudgets);
        if (spec.Surge > 0)
        {
            NodeUpgrades upgrades = new(
                builder, new UpgradeOptions(spec.Name, spec.Every, window, spec.Surge, drain), pool, Plane.Nodes, Plane.Lifecycle,
                Plane.Instances, Plane.Drains, Plane.ControlPlane.Switches);
            Plane.Lifecycle.WatchedBy(upgrades);
            AddChances(builder, spec, machines, upgrades.OnStep);
        }
        else
        {
            NodeReboots reboots = new(
                builder, new RebootOptions(spec.Name, spec.Every, window, spec.PerNode!, spec.Concurrency, drain), pool, Plane.Nodes,
                _cluster.Machines, Plane.Drains);
            Plane.Lifecycle.WatchedBy(reboots);
            AddChances(builder, spec, machines, reboots.OnStep);
        }
    }

    private void AddChances(
        ModelBuilder builder, MaintenanceSpec spec, ImmutableArray<int> machines, Action<IStepListener> onStep)
    {
        foreach ((FaultSpec fault, FaultOptions _) in _faults.Where(f => f.Spec.Chance?.Maintenance == spec.Name))
        {
            double probability = fault.Chance!.Probability;
            onStep(fault.AllReplicas
                ? ChanceFault.PerCampaign(builder, _clocks[fault.Name], probability)
                : ChanceFault.PerMachine(builder, _clocks[fault.Name], probability, [.. machines.Select(m => TargetsOn(fault, m))]));
        }
    }

    /// <summary>A machine of a pool is back: it and all that runs on it.</summary>
    private Signal ReadyOf(ModelBuilder builder, int machine)
    {
        MachineSignals signals = _cluster.MachineSet.Signals[machine];
        List<Signal> needed = [signals.Up];
        foreach (string kind in _spec.Pools.SelectMany(p => p.Runs).Distinct().Order(StringComparer.Ordinal))
        {
            ProcessSet set = _cluster.ProcessesOf(kind).Set;
            int slot = set.Machines.IndexOf(machine);
            if (slot >= 0)
            {
                needed.Add(kind switch
                {
                    "etcd" => _cluster.Etcd!.Signals.Serves[slot],
                    "apiserver" => _cluster.Apiservers!.Ready[slot],
                    _ => set.Signals[slot].Runs,
                });
            }
        }
        return builder.Gate($"{signals.Name}.ready", needed.Count, [.. needed]);
    }

    private MachineTargets TargetsOn(FaultSpec fault, int machine)
    {
        string name = _cluster.MachineSet.Options[machine].Name;
        return new MachineTargets(
            machine,
            name,
            [.. Enumerable.Range(0, fault.Targets.Count).Where(i =>
                fault.Targets[i].Machine == name || (fault.Targets[i].Kind == TargetKind.Machine && fault.Targets[i].Name == name))]);
    }

    private FaultOptions OptionsOf(FaultSpec fault) => new()
    {
        Name = fault.Name,
        What = fault.State,
        Amount = fault.Amount,
        Share = fault.Share,
        Ways = fault.Direction switch
        {
            Direction.OneWay => Ways.OneWay,
            Direction.Either => Ways.Either,
            _ => Ways.Both,
        },
        Every = fault.Every,
        At = [.. fault.At.Select(at => SimTime.Zero + at)],
        Ending = EndingOf(fault),
        // Of workloads, each is struck as a whole by a clock of its own.
        Targets = fault.AllReplicas && fault.Targets.All(t => t.Kind != TargetKind.Workload)
            ? [new FaultTarget("all", [.. fault.Targets.SelectMany(VictimsOf)], fault.Targets.All(t => t.Kind == TargetKind.Process))]
            : [.. fault.Targets.Select(TargetOf)],
    };

    private FaultEnding EndingOf(FaultSpec fault)
    {
        if (fault.Lasts is { } lasts)
        {
            return FaultEnding.Lasts(lasts);
        }
        ProcedureSpec procedure = _spec.Procedures.Single(p => p.Name == fault.Repair);
        return FaultEnding.Procedure(procedure.Takes, ClassOf(procedure));
    }

    private JobClass? ClassOf(ProcedureSpec procedure) => procedure.Crews.Count == 0 && procedure.Spare is null
        ? null
        : _classes.ForCluster(procedure.Name, procedure.Crews, procedure.Spare, procedure.Takes);

    private FaultTarget TargetOf(Target target) => target.Kind switch
    {
        TargetKind.Process => new FaultTarget($"{target.Name}@{target.Machine}", [.. VictimsOf(target)], AreProcesses: true),
        TargetKind.Pod => new FaultTarget($"{target.Name}/{target.Machine}", [.. VictimsOf(target)], AreProcesses: true),
        TargetKind.Workload => new FaultTarget(target.Name, [.. VictimsOf(target)], AreProcesses: true),
        TargetKind.WorkloadHost => new FaultTarget($"{target.Name}.host", [.. VictimsOf(target)], AreProcesses: false, new Role(() => HostOf(target.Name))),
        TargetKind.Role => new FaultTarget(target.Name, [.. VictimsOf(target)], AreProcesses: true, new Role(HolderOf(target.Name))),
        _ => new FaultTarget(target.Name, [.. VictimsOf(target)]),
    };

    private IEnumerable<Victim> VictimsOf(Target target)
    {
        switch (target.Kind)
        {
            case TargetKind.Zone:
                return [Domain($"zone/{target.Name}")];
            case TargetKind.Rack:
                return [Domain($"rack/{target.Name}")];
            case TargetKind.Feed:
                return [Domain($"feed/{target.Name}")];
            case TargetKind.ZoneLink:
                (string a, string b) = ZonesOf(target.Name);
                return [Link(a, b), Link(b, a)];
            case TargetKind.Machine:
                return [new Victim(_cluster.Machines, _cluster.MachineSet.IndexOf(target.Name))];
            case TargetKind.CloudApi:
                return [Domain("cloud-api")];
            case TargetKind.Registry:
                return [Domain("registry")];
            case TargetKind.Pod:
                return [new Victim(Plane.Pods, FirstPodOf(target.Name) + int.Parse(target.Machine!, CultureInfo.InvariantCulture) - 1)];
            case TargetKind.Workload:
                int workload = Plane.WorkloadOf(target.Name);
                return Enumerable.Range(FirstPodOf(target.Name), Plane.Workloads.Options[workload].Replicas)
                    .Select(pod => new Victim(Plane.Pods, pod));
            case TargetKind.WorkloadHost:
                return Enumerable.Range(0, _cluster.MachineSet.Options.Length).Select(machine => new Victim(_cluster.Machines, machine));
            case TargetKind.Process:
                Processes processes = _cluster.ProcessesOf(target.Name);
                return [new Victim(processes, processes.Set.Machines.IndexOf(_cluster.MachineSet.IndexOf(target.Machine!)))];
            default:
                Processes candidates = _cluster.ProcessesOf(KindOf(target.Name));
                return Enumerable.Range(0, candidates.Count).Select(slot => new Victim(candidates, slot));
        }
    }

    private DataPlane Plane => _cluster.DataPlane!;

    private int FirstPodOf(string workload) => Plane.Workloads.FirstPod[Plane.WorkloadOf(workload)];

    /// <summary>Machine of the first ready pod of a workload, −1 while none is ready.</summary>
    private int HostOf(string workload) =>
        Plane.Pods.HostOf(Plane.WorkloadOf(workload)) is >= 0 and int node ? Plane.Nodes.Set.Options[node].Machine : -1;

    private Victim Domain(string name) => new(_cluster.Domains!, _cluster.DomainNames.IndexOf(name));

    private Victim Link(string from, string to) => new(_cluster.ZoneLinks, _cluster.ZoneLinks.SlotOf(from, to));

    /// <summary>Names of zones may have hyphens of their own.</summary>
    private (string A, string B) ZonesOf(string link) => (
        from a in _cluster.Network.Zones
        from b in _cluster.Network.Zones
        where $"{a}-{b}" == link
        select (a, b)).First();

    private static string KindOf(string role) => role[..role.IndexOf('.', StringComparison.Ordinal)];

    private Func<int> HolderOf(string role) => role switch
    {
        "etcd.leader" => () => _cluster.Etcd!.LeaderSlot,
        "vip.holder" => () => _cluster.Ways.VipLease!.HolderSlot,
        "keepalived.master" => () => _cluster.Ways.Vrrp!.HolderSlot,
        _ => () => _cluster.LeaseOf(KindOf(role)).HolderSlot,
    };

    /// <summary>Occurrences that take the data of an etcd member with them.</summary>
    private IEnumerable<(FaultClocks Fault, int Target)> LostMembers()
    {
        ImmutableArray<int> members = _cluster.ProcessesOf("etcd").Set.Machines;
        foreach ((FaultSpec spec, FaultOptions _) in _faults.Where(f => f.Spec.State == Affliction.LostForGood))
        {
            if (spec.AllReplicas)
            {
                yield return (_clocks[spec.Name], 0);
                continue;
            }
            for (int i = 0; i < spec.Targets.Count; i++)
            {
                Target target = spec.Targets[i];
                if ((target.Kind == TargetKind.Machine && members.Contains(_cluster.MachineSet.IndexOf(target.Name)))
                    || (target.Kind is TargetKind.Process or TargetKind.Role && KindOf($"{target.Name}.") == "etcd"))
                {
                    yield return (_clocks[spec.Name], i);
                }
            }
        }
    }

    private sealed class Role(Func<int> holder) : IRole
    {
        public int Holder => holder();
    }

    private sealed class Restorable(EtcdCluster etcd) : IRestorable
    {
        public void Restore(bool dataLoss) => etcd.Restore(dataLoss);
    }
}
