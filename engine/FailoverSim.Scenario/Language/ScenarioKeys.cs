using FailoverSim.Scenario.Values;

namespace FailoverSim.Scenario.Language;

/// <summary>The top level of a file.</summary>
internal static class ScenarioKeys
{
    public static readonly Key<string> Version = new("failoversim", new LanguageVersionKind(),
        "Version of the language.")
    {
        Required = true,
    };
    public static readonly Key<string> Name = new("name", new NameKind("the scenario"),
        "Identity, safe as the name of a file.")
    {
        Required = true,
    };
    public static readonly Key<string> Title = new("title", new TextKind("a title", "Three nodes, one per zone"),
        "One line for people.");

    public static readonly Key Units = new("units", new NamedShape("unit", UnitKeys.Unit, [.. UpWhenKind.ReservedWords, FaultKeys.NoCause]),
        "Any repairable things, by name.");
    public static readonly Key Crews = new("crews", CrewKeys.Crews, "People who repair and inspect, by name.");
    public static readonly Key Spares = new("spares", CrewKeys.Spares, "Parts that repairs use up, by name.");
    public static readonly Key Inspection = new("inspection", CrewKeys.Inspection, "The search for hidden failures.");
    public static readonly Key CommonCause = new("common-cause", CrewKeys.CommonCauses,
        "Events that hit many units at once, by name.");
    public static readonly Key Services = new("services", ServiceKeys.Services, "What is measured, by name.");
    public static readonly Key Slo = new("slo", ServiceKeys.Slos, "What is required of services, by name.");
    public static readonly Key Run = new("run", RunKeys.Run,
        "How long, how often and how precisely to simulate.")
    {
        Default = "{}",
    };
    public static readonly Key Compare = new("compare", StudyKeys.Compare, "Variants of this scenario, by name.");
    public static readonly Key Sweep = new("sweep", StudyKeys.Sweep, "Values to go through, by name of the sweep.");
    public static readonly Key Sensitivity = new("sensitivity", StudyKeys.Sensitivity, "Which rates matter most.");

    public static readonly ListKey<string> Outputs = new("outputs",
        new WordKind("report.html", "plots", "worst-outage-trace", "margin", "importance", "summary.md", "junit.xml"),
        "Artefacts beyond the tables, the manifest, summary.md and report.html, which are always written.");

    public static readonly Key RepairCrews = new("crews", CrewKeys.Crews,
        "People who carry the procedures out; one namespace with the top-level crews.");

    public static readonly Key Repair = new("repair",
        new MappingShape([RepairCrews], new OtherNames("procedure", FaultKeys.Procedure,
            "A procedure by which faults are repaired.")),
        "Procedures and the people who carry them out.");

    public static readonly Key Use = new("use", UseKeys.Use, "Which catalogues of defaults apply.");
    public static readonly Key Topology = new("topology", TopologyKeys.Topology,
        "Zones, power feeds, racks and round-trip times.");
    public static readonly Key Nodes = new("nodes", TopologyKeys.Pools, "Pools of machines, by name.");
    public static readonly Key Components = new("components", ComponentKeys.Components,
        "Settings of the cluster's own components, where they differ from the defaults.");
    public static readonly Key ControlPlane = new("control-plane", ControlPlaneKeys.Managed,
        "A managed control plane in place of simulated components.");
    public static readonly Key Workloads = new("workloads", WorkloadKeys.Workloads,
        "Deployments, stateful sets and singletons on the pools that take pods, by name.");
    public static readonly Key Faults = new("faults", FaultKeys.Faults, "What breaks, how often and for how long, by name.");
    public static readonly Key Maintenance = new("maintenance", FaultKeys.Maintenance, "Planned work on machines, by name.");

    /// <summary>The blocks that say what to vary; they are no part of a variant.</summary>
    public static readonly IReadOnlyList<Key> Studies = [Compare, Sweep, Sensitivity];

    public static readonly MappingShape File = new(
    [
        Version, Name, Title,
        Use, Topology, Nodes, Components,
        ControlPlane, Workloads,
        Units, Crews, Spares, Inspection, CommonCause,
        Faults, Repair, Maintenance,
        Services, Slo, Run, Compare, Sweep, Sensitivity, Outputs,
    ]);
}
