using System.Globalization;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Observation;
using FailoverSim.Kernel.Results;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Infrastructure;
using FailoverSim.Models.Laws;
using FailoverSim.Models.Supervision;

namespace FailoverSim.Tests.Cluster;

/// <summary>
/// Machines with real domains, boots and processes: <c>cp-1 … cp-N</c>, one per zone a, b, c …, on a common feed; each boots
/// in 30 s. There may be fewer zones, dealt in turn, and places without a machine at the end. What happens is told by signal and entity, in seconds; what lasts no time leaves no mark.
/// </summary>
internal class Bench : ITrace
{
    private readonly Dictionary<string, List<(long At, string What)>> _told = [];
    private readonly List<(string Name, Signal Up)> _services = [];
    private Simulation? _simulation;
    private int _faults;

    public Bench(int machines = 3, Law? boot = null, int spare = 0, int? zones = null)
    {
        int count = zones ?? machines;
        Stages = new ClusterStages(Builder);
        Domains = new Domains(Builder, [.. Enumerable.Range(0, count).Select(i => $"zone/{Zone(i)}"), "feed/main"]);
        Set = MachineSet.Declare(Builder, [.. Enumerable.Range(0, machines).Select(i => new MachineOptions(
            $"cp-{i + 1}", Zone(i % count), [Domains[i % count], Domains[count]], boot ?? new Constant(30), i < machines - spare))]);
        Machines = new Machines(Builder, Set, Stages);
    }

    public Lab Lab { get; } = new();

    public ModelBuilder Builder => Lab.Builder;

    public ClusterStages Stages { get; }

    /// <summary>The zones in order, then the feed.</summary>
    public Domains Domains { get; }

    public MachineSet Set { get; }

    public Machines Machines { get; }

    public ServiceRow[] Rows { get; private set; } = [];

    public Simulation Simulation => _simulation!;

    /// <summary>One process per machine, which starts in 5 s and is restarted 1 s after an exit.</summary>
    public Processes Run(string kind, double start = 5, double restart = 1, RestartBackoff? backoff = null)
    {
        ProcessSet set = ProcessSet.Declare(Builder, kind, Set, [.. Enumerable.Range(0, Set.Options.Length)]);
        ProcessOptions options = new(
            new Constant(start), new Constant(restart), backoff ?? RestartBackoff.Default, SimDuration.FromSeconds(30));
        return new Processes(Builder, set, options, Machines, Stages);
    }

    /// <summary>A fault that strikes once.</summary>
    public void Fault(
        double at, double lasts, IVictims victims, int slot, Affliction what = Affliction.Down, bool restarted = false,
        double amount = 0, string? cause = null) =>
        _ = new OneFault(Builder, $"~fault/{_faults++}", at, lasts, victims, slot, what, restarted, amount, cause, Stages.Repair);

    public void Measure(string name, Signal up)
    {
        Builder.Service(name, up, up, []);
        _services.Add((name, up));
    }

    public Bench Play(double seconds, long replication = 0)
    {
        _simulation ??= Builder.Build(7);
        _told.Clear();
        _simulation.Trace = this;
        Rows = _simulation.Run(replication, SimDuration.Zero, SimDuration.FromSeconds(seconds));
        return this;
    }

    /// <summary>When a signal changed: <c>100-</c>, <c>180+</c>; when an entity said what: <c>100 killed</c>.</summary>
    public string Of(string name) => string.Join(' ', _told.GetValueOrDefault(name, []).Select(t => Text(t.At) + t.What));

    public double[] Instants(string name, string what) =>
        [.. _told.GetValueOrDefault(name, []).Where(t => t.What.Trim() == what).Select(t => t.At * 1e-9)];

    public string Causes(int service = 0) => Shares(Rows[service].DownByCause, Names.Causes);

    public string StagesOf(int service = 0) => Shares(Rows[service].DownByStage, Names.Stages);

    public void OnTimer(SimTime time, Component component, int slot, int timer)
    {
    }

    public void OnState(SimTime time, Component component, int slot, string state) =>
        Told(component.EntityName(slot)).Add((time.Nanoseconds, $" {state}"));

    public void OnSignal(SimTime time, Signal signal, bool value)
    {
        List<(long At, string What)> told = Told(_simulation!.Signals.NameOf(signal));
        if (told.Count > 0 && told[^1].At == time.Nanoseconds)
        {
            told.RemoveAt(told.Count - 1);
        }
        else
        {
            told.Add((time.Nanoseconds, value ? "+" : "-"));
        }
    }

    private ResultNames Names => _simulation!.NamesFor(SimDuration.FromSeconds(1));

    private static string Zone(int machine) => ((char)('a' + machine)).ToString();

    private List<(long At, string What)> Told(string name)
    {
        if (!_told.TryGetValue(name, out List<(long At, string What)>? told))
        {
            _told[name] = told = [];
        }
        return told;
    }

    private static string Shares(IReadOnlyList<long> shares, IReadOnlyList<string> names) =>
        string.Join(", ", shares.Select((share, i) => (Share: share, Name: names[i])).Where(s => s.Share > 0)
            .OrderBy(s => s.Name, StringComparer.Ordinal).Select(s => $"{s.Name} {Text(s.Share)}"));

    private static string Text(long nanoseconds) => (nanoseconds / 1e9m).ToString("0.#########", CultureInfo.InvariantCulture);

    private sealed class OneFault(
        ModelBuilder builder, string name, double at, double lasts, IVictims victims, int victim, Affliction what,
        bool restarted, double amount, string? cause, int stage)
        : Component(builder, name, 1, 2)
    {
        private readonly int _kind = builder.Cause(cause ?? name);

        protected internal override void Start() => ArmAfter(0, 0, SimDuration.FromSeconds(at));

        protected internal override void OnTimer(int slot, int timer)
        {
            if (timer == 0)
            {
                Simulation.Raise(_kind);
                victims.Strike(victim, what, amount, stage);
                ArmAfter(0, 1, SimDuration.FromSeconds(lasts));
            }
            else
            {
                victims.End(victim, what, amount, restarted);
            }
        }

        protected internal override void Encode(int slot, StateWriter writer)
        {
        }
    }
}
