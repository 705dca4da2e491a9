using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Files;
using FailoverSim.Scenario.Specification;
using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Scenario.Reading;

/// <summary>A tree of nodes with everything that the language says about it.</summary>
/// <param name="File">Typed values; null if the root is not a mapping.</param>
/// <param name="Spec">Null if there are errors.</param>
/// <param name="Workloads">With what was drawn for them; null if the root is not a mapping.</param>
/// <param name="ModelBytes">What a model takes of memory, estimated.</param>
/// <param name="Parts">What is written out one by one, weighed by what that takes.</param>
internal sealed record Resolved(BoundMapping? File, ScenarioSpec? Spec, WorkloadLayout? Workloads, long Parts, long ModelBytes);

/// <summary>Node tree → typed values → checks → specification.</summary>
internal static class Resolver
{
    /// <summary>So many targets of faults, or affinities, take as much as a value, a machine or a workload.</summary>
    private const int TargetsPerPart = 2;

    /// <summary>And so many workloads that figures are over.</summary>
    private const int MembersPerPart = 10;

    public static Resolved Resolve(YamlNode root, FilesBeside beside, DiagnosticBag bag)
    {
        var found = new DiagnosticBag();
        var binder = new Binder(found, beside);
        var file = binder.File(Completion.Of(root));
        var (spec, workloads, parts, bytes) = file is null ? default : Check(file, found, !binder.MetBroken);
        foreach (var diagnostic in found.Sorted())
        {
            bag.Add(diagnostic);
        }
        return new Resolved(file, spec, workloads, parts, bytes);
    }

    private static (ScenarioSpec? Spec, WorkloadLayout Workloads, long Parts, long ModelBytes) Check(BoundMapping file, DiagnosticBag bag, bool isWhole)
    {
        var names = new ScenarioNames(file, bag);
        var layout = new ClusterLayout(file, bag);
        var workloads = new WorkloadLayout(file, layout, bag);
        var units = new UnitChecks(names, bag);
        units.Check();
        new SurroundingChecks(file, names, units, bag).Check();
        new ServiceChecks(names, bag).Check();
        // What follows writes out every copy, and what is too large is never made.
        var size = new ModelSize(file, names, layout, workloads, bag);
        if (workloads.AreTooMany || !size.Check())
        {
            return (null, workloads, Parts(0), size.Bytes);
        }
        var targets = new Targets(layout, workloads, bag);
        new ProbeChecks(names, layout, workloads, bag).Check();
        new FigureChecks(file, names, workloads, bag).Check();
        UseChecks.Check(file, bag);
        new ComponentChecks(file, layout, workloads, bag).Check();
        new ManagedChecks(file, names, layout, bag).Check();
        new WorkloadChecks(file, layout, workloads, bag).Check();
        new AffinityChecks(layout, workloads, bag).Check();
        new FaultChecks(file, names, layout, targets, bag).Check();
        new ProcedureChecks(names, layout, bag).Check();
        new MaintenanceChecks(names, layout, bag).Check();
        new RunChecks(file, names, bag).Check();
        if (bag.HasErrors || !isWhole)
        {
            return (null, workloads, Parts(targets.Count), size.Bytes);
        }
        new UsageChecks(file, names, bag).Check();
        var spec = new SpecBuilder(file, names, workloads).Build();
        new CrewChecks(file, spec, names, bag).Check();
        if (!layout.Exists)
        {
            return (spec, workloads, Parts(targets.Count), size.Bytes);
        }
        new ArchitectureChecks(file, layout, bag).Check();
        new FailoverChecks(file, layout, bag).Check();
        new RedundancyChecks(layout, workloads, bag).Check();
        new CapacityChecks(file, layout, workloads, bag).Check();
        var cluster = new ClusterBuilder(file, names, layout, workloads, targets).Build();
        new ReachChecks(file, cluster, bag).Check();
        if (bag.HasErrors)
        {
            return (null, workloads, Parts(targets.Count), size.Bytes);
        }
        return (spec with { Cluster = cluster }, workloads, Parts(targets.Count), size.Bytes);

        long Parts(long targets) => file.Values + layout.Machines.Count() + workloads.Count + workloads.Draws
            + ((workloads.Affinities + targets) / TargetsPerPart) + (FigureChecks.CountMembers(names, workloads) / MembersPerPart);
    }
}
