using System.Globalization;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Results;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Faults;
using FailoverSim.Models.Laws;
using FailoverSim.Models.Repair;

namespace FailoverSim.Tests.Cluster.Faults;

/// <summary>Faults, people and victims that note what is done to them; seconds throughout.</summary>
internal sealed class FaultBench
{
    private readonly List<(CrewOptions Crew, JobClass Class)> _crews = [];
    private readonly Lazy<Workshop> _workshop;
    private int _jobs;

    /// <param name="victims">How many there are.</param>
    /// <param name="spares">Parts of the workshop.</param>
    public FaultBench(int victims, params SpareOptions[] spares)
    {
        Lab = new Lab();
        Victims = new FakeVictims(Lab.Builder, "victims", victims);
        _workshop = new(() => new Workshop(Lab.Builder, [.. _crews.Select(c => c.Crew)], [.. _crews.Select(c => c.Class)], spares, jobs: 100));
    }

    public Lab Lab { get; }

    public ModelBuilder Builder => Lab.Builder;

    public FakeVictims Victims { get; }

    public Workshop Workshop => _workshop.Value;

    /// <summary>The jobs of a crew of its own; to be called before any fault.</summary>
    public JobClass Crew(
        double? answer = null, int size = 1, DutyRoster? duty = null, bool preempt = false, params Signal[] services)
    {
        JobClass jobs = new(_crews.Count, [_crews.Count], -1, [.. services]);
        _crews.Add((new CrewOptions(
            $"crew{_crews.Count}", size, services.Length > 0, preempt, duty ?? DutyRoster.Always,
            answer is { } seconds ? new Constant(seconds) : null), jobs));
        return jobs;
    }

    /// <summary>Other jobs of a crew that exists.</summary>
    public JobClass Again(JobClass jobs, params Signal[] services)
    {
        JobClass other = jobs with { Index = _crews.Count, Services = [.. services] };
        _crews.Add((_crews[jobs.Index].Crew with { Name = $"unused{_crews.Count}" }, other));
        return other;
    }

    /// <summary>A target that is one victim.</summary>
    public FaultTarget Target(int victim, bool isProcess = false) =>
        new($"t{victim}", [new Victim(Victims, victim)], isProcess);

    public FaultClocks Fault(
        string name,
        FaultEnding ending,
        IReadOnlyList<FaultTarget> targets,
        Law? every = null,
        double[]? at = null,
        Affliction what = Affliction.Down,
        double amount = 0,
        Ways ways = Ways.Both)
    {
        FaultOptions options = new()
        {
            Name = name,
            Targets = [.. targets],
            What = what,
            Amount = amount,
            Ways = ways,
            Every = every,
            At = [.. (at ?? []).Select(seconds => SimTime.Zero + SimDuration.FromSeconds(seconds))],
            Ending = ending,
        };
        FaultClocks fault = new(Builder, options, Workshop, _jobs);
        _jobs += options.Jobs;
        return fault;
    }

    public QuorumRestore Restore(
        Signal lost, FakeCluster cluster, double takes, JobClass? crew, params (FaultClocks Fault, int Target)[] members) =>
        new(Builder, new QuorumRestoreOptions("restore-quorum", new Constant(takes), crew, LosesData: true),
            lost, members, cluster, Workshop, _jobs++);

    /// <summary>Runs up to an instant and says what the victims were told.</summary>
    public IReadOnlyList<string> Run(double seconds)
    {
        Simulation simulation = Build();
        simulation.RunUntil(SimTime.Zero + SimDuration.FromSeconds(seconds));
        return Victims.Told;
    }

    public Simulation Build(ulong seed = 1)
    {
        _ = Workshop;
        Simulation simulation = Builder.Build(seed);
        simulation.Reset(0);
        return simulation;
    }

    /// <summary>Runs, and tells the outages of the first service: <c>100 +20 fault/stage</c>; then its down time by stage.</summary>
    public (IReadOnlyList<string> Outages, string Stages) Outages(double seconds)
    {
        Simulation simulation = Build();
        SimDuration horizon = SimDuration.FromSeconds(seconds);
        ServiceRow row = simulation.Run(0, SimDuration.Zero, horizon)[0];
        ResultNames names = simulation.NamesFor(horizon);
        return (
            [.. row.Outages.Select(o => Text($"{o.Start / 1e9} +{o.Duration / 1e9} {names.Causes[o.Cause]}/{names.Stages[o.Stage]}"))],
            string.Join(", ", row.DownByStage.Select((down, stage) => (down, stage)).Where(s => s.down > 0)
                .Select(s => Text($"{names.Stages[s.stage]} {s.down / 1e9}"))));
    }

    public static FaultEnding Lasts(double seconds) => FaultEnding.Lasts(new Constant(seconds));

    public static FaultEnding Procedure(double seconds, JobClass? crew = null) =>
        FaultEnding.Procedure(new Constant(seconds), crew);

    internal static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Victims that note what happens to them; each has a condition that holds while it is well.</summary>
internal sealed class FakeVictims : Component, IVictims
{
    private readonly ModelBuilder _builder;
    private readonly State<int> _afflictions;
    private readonly HashSet<(int Slot, Affliction What, Cause Cause)> _suffered = [];

    public FakeVictims(ModelBuilder builder, string name, int count)
        : base(builder, name, count, 0)
    {
        _builder = builder;
        _afflictions = NewState<int>(count);
        Well = [.. Enumerable.Range(0, count).Select(i => builder.Condition($"{name}.{i}"))];
    }

    public IReadOnlyList<Signal> Well { get; }

    public List<string> Told { get; } = [];

    public List<(double At, int Slot, bool Begins)> Instants { get; } = [];

    /// <summary>The nearest number of seconds, whole ones exactly.</summary>
    private double Seconds => Now.Nanoseconds / 1e9;

    /// <summary>What a victim was told.</summary>
    public IReadOnlyList<string> Of(int slot) => [.. Told.Where(t => t.Split(' ')[1] == FaultBench.Text($"{slot}"))];

    public void Strike(int slot, Affliction what, double amount, int stage)
    {
        Tell($"{Seconds} {slot} {what}{(amount > 0 ? FaultBench.Text($"({amount})") : "")} {_builder.Stages[stage]}");
        Instants.Add((Seconds, slot, true));
        Require(!Simulation.Cause.IsNone && _suffered.Add((slot, what, Simulation.Cause)));
        if (_afflictions[slot]++ == 0)
        {
            Simulation.Drive(Well[slot], false, stage);
        }
    }

    public void Waiting(int slot, Affliction what, int stage)
    {
        Tell($"{Seconds} {slot} {_builder.Stages[stage]}");
        Require(_suffered.Contains((slot, what, Simulation.Cause)));
        Simulation.SetStage(Well[slot], stage);
    }

    public void End(int slot, Affliction what, double amount, bool restarted)
    {
        Tell($"{Seconds} {slot} {(restarted ? "restarted" : "goes on")}");
        Instants.Add((Seconds, slot, false));
        Require(_suffered.Remove((slot, what, Simulation.Cause)));
        if (--_afflictions[slot] == 0)
        {
            Simulation.Drive(Well[slot], true);
        }
    }

    public Signal? ConditionOf(int slot, Affliction what) => Well[slot];

    protected internal override void Start()
    {
    }

    protected internal override void OnTimer(int slot, int timer)
    {
    }

    protected internal override void Encode(int slot, StateWriter writer) => writer.Add(_afflictions[slot]);

    protected internal override bool SlotsAreSymmetric => false;

    /// <summary>The present cause tells which of its faults a victim hears of.</summary>
    private static void Require(bool isTold)
    {
        if (!isTold)
        {
            throw new InvalidOperationException("Charged to another cause than that of the strike.");
        }
    }

    private void Tell(FormattableString what) => Told.Add(FaultBench.Text(what));
}

/// <summary>A role that the test hands around.</summary>
internal sealed class FakeRole : IRole
{
    public int Holder { get; set; }
}

/// <summary>Members whose data a fault takes and a restore brings back.</summary>
internal sealed class FakeCluster(ModelBuilder builder) : IRestorable
{
    private Simulation? _simulation;

    /// <summary>The majority is lost for good.</summary>
    public Signal Lost { get; } = builder.Condition("majority lost", initial: false);

    public List<string> Restored { get; } = [];

    public void Set(Simulation simulation, bool lost)
    {
        _simulation = simulation;
        simulation.Drive(Lost, lost);
    }

    public void Restore(bool dataLoss)
    {
        Restored.Add(FaultBench.Text($"{_simulation!.Now.Seconds} {(dataLoss ? "with loss" : "whole")}"));
        _simulation.Drive(Lost, false);
    }
}
