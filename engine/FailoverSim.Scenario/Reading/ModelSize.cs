using FailoverSim.Kernel.Time;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Language;
using FailoverSim.Scenario.Specification;
using FailoverSim.Scenario.Values;
using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Scenario.Reading;

/// <summary>
/// What a model of the file would take of memory, told from counts alone, before any of it is made: a bound that is the same on every
/// machine. Bytes per part are measured (engine/docs/limits.md), rounded up.
/// </summary>
internal sealed class ModelSize(BoundMapping file, ScenarioNames names, ClusterLayout layout, WorkloadLayout workloads, DiagnosticBag bag)
{
    public const long MostBytes = 1L << 30;

    private const int Unit = 400;
    private const int UnitWithJobs = 550;
    private const int UnitOnStandby = 950;
    private const int MarginOfUnit = 300;
    private const int Named = 1_800;
    private const int GateInput = 40;
    private const int StandbyGateInput = 110;
    private const int HitOfCause = 30;
    private const int Machine = 4_000;
    private const int Node = 13_000;
    private const int Process = 20_000;
    private const int PairOfProcesses = 3_000;
    private const int PairOfZones = 1_500;
    private const int Workload = 2_200;
    private const int AffinityTerm = 1_500;
    private const int Pod = 1_000;
    private const int FaultClock = 500;
    private const int Victim = 70;
    private const int Occurrence = 100;
    private const int FigureMember = 100;
    private const int Window = 200;
    private const int MemberOfWindows = 100;
    private const int Spell = 40;

    /// <summary>By what they are for: bytes, and the place that asks for the most of them.</summary>
    private readonly Dictionary<string, (double Bytes, double Most, Mark Mark, string Name)> _parts = [];
    private readonly Dictionary<string, (double Bytes, double Parts)> _inputs = new(StringComparer.Ordinal);

    /// <summary>The estimate, once it is checked.</summary>
    public long Bytes { get; private set; }

    /// <summary>Whether it is small enough; what makes it too large is told.</summary>
    public bool Check()
    {
        Units();
        Services();
        Machines();
        Workloads();
        Faults();
        Calendars();
        double total = _parts.Values.Sum(part => part.Bytes);
        Bytes = (long)Math.Min(total, long.MaxValue / 2);
        if (total <= MostBytes)
        {
            return true;
        }
        var (what, (bytes, _, mark, name)) = _parts.MaxBy(part => part.Value.Bytes);
        bag.Error(mark, Codes.ModelTooLarge,
            $"the model would take {Text(total)} of memory, and may take {Text(MostBytes)}; {what} take {Text(bytes)}, most of it '{name}'",
            "describe fewer, or only a part of the system");
        return false;
    }

    /// <param name="what">What takes it, in the plural.</param>
    /// <param name="name">Of one of them.</param>
    /// <param name="mark">Where it says how many.</param>
    /// <param name="count">How many.</param>
    /// <param name="each">Bytes of each.</param>
    private void Add(string what, string name, Mark mark, double count, double each = 1)
    {
        double bytes = count * each;
        var known = _parts.GetValueOrDefault(what);
        _parts[what] = bytes > known.Most || known.Name is null
            ? (known.Bytes + bytes, bytes, mark, name)
            : known with { Bytes = known.Bytes + bytes };
    }

    private void Units()
    {
        var inspected = (file.Child(ScenarioKeys.Inspection)?.Items(CrewKeys.InspectionOf) ?? []).Select(unit => unit.Value).ToHashSet(StringComparer.Ordinal);
        bool margin = MeasuresMargin;
        foreach (var unit in names.Units)
        {
            bool hasJobs = inspected.Contains(unit.Name) || unit.Value.Child(UnitKeys.Repair)?.Has(RepairKeys.Crew) == true || unit.Value.Has(UnitKeys.Modes);
            int each = (unit.Value.Has(UnitKeys.Standby) ? UnitOnStandby : hasJobs ? UnitWithJobs : Unit) + (margin ? MarginOfUnit : 0);
            Add("copies of units", unit.Name, Written(unit.Value.Scalar(UnitKeys.Count), unit.Mark), CountOf(unit.Name), each);
            Add("units", unit.Name, unit.Mark, 1, Named);
        }
        foreach (var cause in file.Named(ScenarioKeys.CommonCause))
        {
            Add("units that common causes can hit", cause.Name, cause.Mark, cause.Value.Items(CrewKeys.CauseOf).Sum(unit => (double)CountOf(unit.Value)), HitOfCause);
        }
    }

    private bool MeasuresMargin => file.Items(ScenarioKeys.Outputs).Any(output => output.Value == "margin");

    private int CountOf(string unit) => names.CountOf(unit) ?? 0;

    private void Services()
    {
        foreach (var service in names.Services)
        {
            Add("services", service.Name, service.Mark, 1, Named);
            if (service.Value.TryGet(ServiceKeys.UpWhen, out _))
            {
                Add("units that services depend on", service.Name, service.Value.Scalar(ServiceKeys.UpWhen)!.Mark, InputsOf(service.Name, 0).Bytes);
            }
            else if (service.Value.TryGet(ServiceKeys.Aggregate, out var figure))
            {
                Add("workloads that services are over", service.Name, service.Value.Scalar(ServiceKeys.Aggregate)!.Mark, MembersOf(figure),
                    figure.What == AggregateKind.AllOf ? GateInput : FigureMember);
            }
        }
        var run = file.Child(ScenarioKeys.Run);
        foreach (var slo in file.Named(ScenarioKeys.Slo))
        {
            if (run is not null && run.TryGet(RunKeys.Horizon, out var horizon) && slo.Value.TryGet(ServiceKeys.Window, out var window))
            {
                double windows = Math.Ceiling((double)horizon.Nanoseconds / (window.Length ?? WindowSlo.MeanMonth).Nanoseconds);
                double members = slo.Value.TryGet(ServiceKeys.Service, out var name)
                    && names.Service(name)?.Value.Optional(ServiceKeys.Aggregate) is { What: AggregateKind.Quantile } figure ? MembersOf(figure) : 0;
                Add("windows of SLOs", slo.Name, slo.Value.Scalar(ServiceKeys.Window)!.Mark, (windows * Window) + (members * MemberOfWindows));
            }
        }
    }

    /// <summary>Bytes of the gates of a service, those of services that it names written out.</summary>
    private (double Bytes, double Parts) InputsOf(string service, int level)
    {
        if (_inputs.TryGetValue(service, out var known))
        {
            return known;
        }
        // In a circle, below the deepest level and beyond the most parts there is nothing: all are errors of their own.
        _inputs[service] = (0, 1);
        if (level < ServiceChecks.MostLevels && names.Service(service)?.Value.Optional(ServiceKeys.UpWhen) is { } expression)
        {
            double bytes = 0, parts = 0;
            foreach (var named in expression.Names)
            {
                var inner = names.CountOf(named.Name) is { } count
                    ? (count * (double)(HasStandby(named.Name) ? StandbyGateInput : GateInput), 0)
                    : InputsOf(named.Name, level + 1);
                bytes += GateInput + inner.Item1;
                parts += 1 + inner.Item2;
            }
            _inputs[service] = parts <= ServiceChecks.MostParts ? (bytes, parts) : (0, 1);
        }
        return _inputs[service];
    }

    private bool HasStandby(string unit) => names.Unit(unit)?.Value.Has(UnitKeys.Standby) == true;

    private double MembersOf(FigureText figure) => figure.Members.Sum(member => (double)(workloads.RangeOf(member.Name)?.Count ?? 1));

    private void Machines()
    {
        foreach (var pool in layout.Pools)
        {
            var count = pool.Item.Value.Scalar(TopologyKeys.Count);
            Add("machines", pool.Name, Written(count, pool.Item.Mark), pool.Machines.Count, pool.Room is null ? Machine : Node);
            if (pool.Item.Value.Child(TopologyKeys.Autoscale) is { } autoscale && autoscale.TryGet(TopologyKeys.AutoscaleMax, out var max))
            {
                Add("places for machines that come later", pool.Name, autoscale.Scalar(TopologyKeys.AutoscaleMax)!.Mark,
                    (double)Math.Max(0, max - pool.Machines.Count), Node);
            }
            Add("processes", pool.Name, pool.Item.Mark, pool.Machines.Count * (double)pool.Runs.Count, Process);
        }
        foreach (var entry in names.Maintenance)
        {
            if (entry.Value.TryGet(FaultKeys.Surge, out var surge))
            {
                Add("places for machines that come later", entry.Name, entry.Value.Scalar(FaultKeys.Surge)!.Mark, (double)surge, Node);
            }
        }
        double processes = layout.Pools.Sum(pool => pool.Runs.Count > 0 ? pool.Machines.Count : 0);
        Add("connections between processes", ScenarioKeys.Nodes.Name, file.KeyMark(ScenarioKeys.Nodes), processes * processes, PairOfProcesses);
        Add("links between zones", TopologyKeys.Zones.Name, file.KeyMark(ScenarioKeys.Topology), layout.Zones.Count * layout.Zones.Count, PairOfZones);
    }

    private void Workloads()
    {
        foreach (var group in workloads.Groups)
        {
            double terms = new[] { WorkloadKeys.Affinity, WorkloadKeys.AntiAffinity, WorkloadKeys.Spread }
                .Sum(key => (double)((group.Item.Value.Find(key) as BoundRecords)?.Items.Count ?? 0));
            Add("workloads", group.Name, Written(group.Item.Value.Scalar(WorkloadKeys.Count), group.Item.Mark), group.Copies.Count,
                Workload + (terms * AffinityTerm));
            Add("pods", group.Name, Written(group.Item.Value.Scalar(WorkloadKeys.Replicas), group.Item.Mark),
                group.Copies.Sum(copy => (double)copy.Replicas), Pod);
        }
    }

    private void Faults()
    {
        int machines = layout.Pools.Sum(pool => pool.Machines.Count);
        foreach (var fault in names.Faults.Where(fault => fault.Value.IsKnown))
        {
            double occurrences = Math.Max(1, (fault.Value.Find(FaultKeys.At) as BoundList)?.Items.Count ?? 1);
            foreach (var selector in (fault.Value.Find(FaultKeys.Of) as BoundList)?.Items ?? [])
            {
                if (selector.Value is SelectorText text)
                {
                    var (clocks, victims) = Struck(text, Targets.IsWhole(fault.Value), machines);
                    Add("targets of faults", fault.Name, selector.Mark, (clocks * (FaultClock + (occurrences * Occurrence))) + (victims * Victim));
                }
            }
        }
    }

    private (double Clocks, double Victims) Struck(SelectorText selector, bool whole, int machines)
    {
        if (selector.Head is not (WorkloadKeys.All or "workload"))
        {
            return (machines, machines);
        }
        string name = selector.Name?.Split('.')[0] ?? "*";
        var copies = name == "*" ? workloads.Copies : workloads.Find(name) ?? [];
        double count = 0, pods = 0;
        foreach (var copy in copies)
        {
            count++;
            pods += copy.Replicas;
        }
        return selector.Name?.EndsWith(".host", StringComparison.Ordinal) == true ? (count, count * machines) : (whole ? count : pods, pods);
    }

    /// <summary>Hours of work are written out, day by day.</summary>
    private void Calendars()
    {
        if (file.Child(ScenarioKeys.Run) is not { } run || !run.TryGet(RunKeys.Horizon, out var horizon) || !run.TryGet(RunKeys.WarmUp, out var warmUp))
        {
            return;
        }
        double days = ((double)horizon.Nanoseconds + warmUp.Nanoseconds) / SimDuration.NanosecondsPerDay;
        foreach (var (item, key) in names.Crews.Select(crew => (crew, CrewKeys.Hours)).Concat(names.Maintenance.Select(entry => (entry, FaultKeys.Window))))
        {
            if (item.Value.TryGet(key, out var hours) && hours is not Hours.Always)
            {
                Add("days of crews and windows", item.Name, item.Value.Scalar(key)!.Mark, days, Spell);
            }
        }
    }

    /// <summary>Where somebody wrote it, or what it belongs to.</summary>
    private static Mark Written(BoundScalar? value, Mark otherwise) => value is { Mark.IsDefault: false } ? value.Mark : otherwise;

    private static string Text(double bytes) => bytes > 1e6 * MostBytes ? "more than 1,000,000 GiB"
        : bytes >= MostBytes ? FormattableString.Invariant($"{Math.Ceiling(10 * bytes / MostBytes) / 10:#,0.#} GiB")
        : FormattableString.Invariant($"{Math.Ceiling(bytes / (1024 * 1024)):N0} MiB");
}
