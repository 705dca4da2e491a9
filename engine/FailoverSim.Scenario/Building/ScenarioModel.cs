using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Observation;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.CommonCauses;
using FailoverSim.Models.Repair;
using FailoverSim.Models.Units;
using FailoverSim.Scenario.Building.Clusters;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Scenario.Building;

/// <summary>Wires a specification into a model: signals first, then who reacts to what.</summary>
public sealed class ScenarioModel
{
    private readonly ScenarioSpec _spec;
    private readonly IReadOnlyList<DutyRoster> _rosters;

    /// <param name="spec">
    /// The scenario. Units and common causes are taken by name, so that nothing depends on their order in the file.
    /// </param>
    public ScenarioModel(ScenarioSpec spec)
    {
        _spec = spec with
        {
            Units = [.. spec.Units.OrderBy(u => u.Name, StringComparer.Ordinal)],
            CommonCauses = [.. spec.CommonCauses.OrderBy(c => c.Name, StringComparer.Ordinal)],
            Inspection = spec.Inspection is { } inspection
                ? inspection with { Of = [.. inspection.Of.Order(StringComparer.Ordinal)] }
                : null,
        };
        _rosters = DutyCalendar.RostersOf(spec.Crews, spec.Run.Start, spec.Run.WarmUp + spec.Run.Horizon);
    }

    /// <summary>A simulation of its own, for one thread.</summary>
    public Simulation Build() => Build(out _);

    /// <summary>The same, with what its cluster consists of, for whoever checks it.</summary>
    internal Simulation Build(out ClusterModel? cluster)
    {
        ModelBuilder builder = new();
        Dictionary<string, UnitSignals> signals = _spec.Units.ToDictionary(
            u => u.Name, u => UnitSignals.Declare(builder, u.Name, u.Count, u.Standby?.Needed), StringComparer.Ordinal);
        cluster = _spec.Cluster is { } clusterSpec
            ? new ClusterModel(builder, clusterSpec, _spec.Run.Exhaustive ? Fidelity.Exhaustive : Fidelity.Elided)
            : null;
        ClusterServices? probes = cluster is null ? null : new ClusterServices(builder, cluster);
        WorkloadServices? workloads = cluster?.DataPlane is null ? null : new WorkloadServices(builder, cluster);
        Dictionary<string, Signal> margins = [];
        foreach (ServiceSpec service in _spec.Services)
        {
            if (service.UpWhen is { } upWhen)
            {
                margins[service.Name] = AddService(builder, service.Name, upWhen, signals);
            }
            else if (service.Probe is { } probe)
            {
                margins[service.Name] = probes!.Add(service.Name, probe, ObjectivesOf(service.Name));
            }
            else if (service.Aggregate is { } aggregate)
            {
                workloads!.Add(service.Name, aggregate, ObjectivesOf(service.Name));
            }
        }
        JobClasses classes = new(_spec, margins);
        ImmutableArray<string> inspected = [.. _spec.Inspection?.Of ?? []];
        int jobs = _spec.Units.Sum(u => u.Count) + _spec.Units.Where(u => inspected.Contains(u.Name)).Sum(u => u.Count);
        // Every class must be known before the workshop opens: the options are made first.
        List<(UnitSpec Spec, UnitOptions Options)> options = [.. _spec.Units.Select(u => (u, OptionsOf(u, classes)))];
        JobClass? inspectionClass = _spec.Inspection is { Crews.Count: > 0 } inspection
            ? classes.For(inspection.Of, inspection.Crews, null, inspection.Takes)
            : null;
        ClusterFaults? faults = cluster is null ? null : new ClusterFaults(cluster, cluster.Spec, classes);
        int faultJobs = faults?.Jobs ?? 0;
        Workshop workshop = new(
            builder,
            [.. _spec.Crews.Select((c, i) => new CrewOptions(
                c.Name, c.Size, c.Order == CrewOrder.MostUrgentFirst, c.Preempt, _rosters[i], c.Answer))],
            classes.All,
            [.. _spec.Spares.Select(s => new SpareOptions(s.Name, s.Stock, s.ReorderAt, s.Delivery))],
            jobs + faultJobs);
        Dictionary<string, UnitGroup> groups = [];
        int firstJob = 0;
        // Jobs are numbered in the order of entity names, which settles ties in the queues.
        foreach ((UnitSpec unit, UnitOptions unitOptions) in options)
        {
            groups[unit.Name] = new UnitGroup(builder, unitOptions, signals[unit.Name], workshop, firstJob);
            firstJob += unit.Count;
        }
        if (_spec.Inspection is { } spec)
        {
            _ = new Inspection(
                builder, [.. spec.Of.Select(name => groups[name])], spec.Every, spec.Takes, inspectionClass, workshop, firstJob);
        }
        Dictionary<string, CommonCause> commonCauses = _spec.CommonCauses.ToDictionary(
            c => c.Name, c => AddCommonCause(builder, c, groups), StringComparer.Ordinal);
        faults?.Build(builder, workshop, jobs, WindowOf);
        FaultStructure structure = new(builder, _spec, signals, groups, commonCauses);
        builder.FaultsAre(() => structure.Declarations().Concat(faults?.Declarations(builder) ?? []));
        builder.MeasuresMargin = _spec.Outputs.Contains("margin");
        return builder.Build(_spec.Run.Seed);
    }

    /// <returns>The signal whose distance from falling is the margin of the service.</returns>
    private Signal AddService(ModelBuilder builder, string service, UpWhen upWhen, Dictionary<string, UnitSignals> signals)
    {
        Signal up = ExpressionGates.Build(builder, service, upWhen, unit => signals[unit].Working);
        bool hasStandby = ExpressionGates.UnitsOf(upWhen)
            .Any(name => _spec.Units.First(u => u.Name == name).Standby is not null);
        (Signal support, Signal margin) = hasStandby
            ? (ExpressionGates.Build(builder, $"{service}.support", upWhen, unit => signals[unit].Coming),
               ExpressionGates.Build(builder, $"{service}.margin", upWhen, unit => signals[unit].Sound))
            : (up, up);
        builder.Service(service, up, support, ObjectivesOf(service), structure: margin);
        return margin;
    }

    private Objective[] ObjectivesOf(string service) =>
        [.. _spec.Slos.Where(s => s.Service == service).Select(slo => Objectives.Of(slo, _spec.Run))];

    /// <summary>When planned work may start.</summary>
    private DutyRoster WindowOf(Hours? window) => window is null
        ? DutyRoster.Always
        : DutyCalendar.RosterOf(window, _spec.Run.Start, SimTime.Zero + (_spec.Run.WarmUp + _spec.Run.Horizon));

    private UnitOptions OptionsOf(UnitSpec unit, JobClasses classes)
    {
        IEnumerable<FailureMode> own = unit.Modes.Select(mode => new FailureMode(
            mode.Name == unit.Name ? unit.Name : $"{unit.Name}.{mode.Name}",
            mode.Share,
            mode.FoundBy switch
            {
                FoundBy.Inspection => Detection.Inspection,
                FoundBy.Demand => Detection.Demand,
                _ => Detection.AtOnce,
            },
            RepairOf(unit, mode.Repair, classes)));
        IEnumerable<FailureMode> foreign = BreakingCauses(unit).Select(cause => new FailureMode(
            cause.Name, 0, Detection.AtOnce, RepairOf(unit, cause.Repair, classes)));
        StandbyOptions? standby = unit.Standby is { } s
            ? new StandbyOptions(s.Needed, s.HazardSpeed, s.Switch, s.SwitchFails)
            : null;
        return new UnitOptions(
            unit.Name, unit.Count, unit.Fails, [.. own, .. foreign], standby, unit.AgesAlways, HoldingCauses(unit).Count)
        {
            BreakTogether = _spec.CommonCauses.Any(c => c.Lasts is null && c.Of.Contains(unit.Name)),
            MayElide = !_spec.Run.Exhaustive && IsAlone(unit),
        };
    }

    /// <summary>Nothing hits or inspects the unit, and nobody asks how far its services are from an outage.</summary>
    private bool IsAlone(UnitSpec unit) =>
        !_spec.CommonCauses.Any(c => c.Of.Contains(unit.Name))
        && _spec.Inspection?.Of.Contains(unit.Name) is not true
        && !_spec.Crews.Any(c => c.Order == CrewOrder.MostUrgentFirst);

    private static RepairOptions? RepairOf(UnitSpec unit, RepairSpec? repair, JobClasses classes) => repair is null
        ? null
        : new RepairOptions(
            repair.Takes,
            repair.Crews.Count == 0 && repair.Spare is null ? null : classes.For([unit.Name], repair.Crews, repair.Spare, repair.Takes));

    /// <summary>Common causes that bring a failure mode of their own to the units of a group.</summary>
    private IReadOnlyList<CommonCauseSpec> BreakingCauses(UnitSpec unit) =>
        [.. _spec.CommonCauses.Where(c => c.Repair is not null && c.Of.Contains(unit.Name))];

    private IReadOnlyList<CommonCauseSpec> HoldingCauses(UnitSpec unit) =>
        [.. _spec.CommonCauses.Where(c => c.Lasts is not null && c.Of.Contains(unit.Name))];

    private CommonCause AddCommonCause(ModelBuilder builder, CommonCauseSpec cause, Dictionary<string, UnitGroup> groups)
    {
        List<CommonCauseTarget> targets = [];
        foreach (string name in cause.Of)
        {
            UnitSpec unit = _spec.Units.First(u => u.Name == name);
            int holder = HoldingCauses(unit).ToList().IndexOf(cause);
            int foreign = BreakingCauses(unit).ToList().IndexOf(cause);
            int mode = foreign < 0 ? -1 : unit.Modes.Count + foreign;
            targets.AddRange(Enumerable.Range(0, unit.Count)
                .Select(slot => new CommonCauseTarget(groups[name], slot, cause.Lasts is null ? mode : holder)));
        }
        return new CommonCause(
            builder,
            new CommonCauseOptions(cause.Name, cause.Every, cause.HitsLow, cause.HitsHigh, cause.Lasts),
            targets);
    }
}
