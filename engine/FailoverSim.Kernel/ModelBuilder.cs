using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Levels;
using FailoverSim.Kernel.Observation;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Structure;

namespace FailoverSim.Kernel;

/// <summary>Collects components, signals, laws and services, and builds the model that runs them.</summary>
public sealed class ModelBuilder
{
    private readonly List<Component> _components = [];
    private readonly List<IState> _states = [];
    private readonly List<SignalDeclaration> _signals = [];
    private readonly List<Law> _laws = [];
    private readonly Dictionary<Law, int> _numberOfLaw = [];
    private readonly List<(string Name, int Law)> _hazards = [];
    private readonly List<string> _causes = ["none"];
    private readonly List<string> _stages = ["none"];
    private readonly List<string> _counters = [];
    private readonly List<ServiceDeclaration> _services = [];
    private readonly List<(Signal Signal, Component Component, int Slot)> _observers = [];

    internal int LevelCount { get; private set; }

    internal Fleet? TheFleet { get; private set; }

    internal IReadOnlyList<Component> Components => _components;

    internal IReadOnlyList<IState> States => _states;

    internal IReadOnlyList<SignalDeclaration> Signals => _signals;

    internal IReadOnlyList<Law> Laws => _laws;

    internal IReadOnlyList<(string Name, int Law)> Hazards => _hazards;

    internal IReadOnlyList<string> Causes => _causes;

    internal IReadOnlyList<string> Stages => _stages;

    internal IReadOnlyList<string> Counters => _counters;

    internal IReadOnlyList<ServiceDeclaration> Services => _services;

    internal IReadOnlyList<(Signal Signal, Component Component, int Slot)> Observers => _observers;

    internal Lazy<IReadOnlyList<FaultDeclaration>> Faults { get; private set; } = new(() => []);

    /// <summary>A condition that a component drives.</summary>
    public Signal Condition(string name, bool initial = true) => Declare(new(name, false, initial, 0, []));

    /// <summary>True while at least <paramref name="needed"/> of the inputs are: n for all of them, 1 for any.</summary>
    public Signal Gate(string name, int needed, params Signal[] inputs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(needed, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs.Length, needed);
        return Declare(new(name, true, false, needed, inputs));
    }

    /// <summary>Registers a law that clocks may follow.</summary>
    public LawId Law(Law law)
    {
        if (!_numberOfLaw.TryGetValue(law, out int number))
        {
            number = _laws.Count;
            _laws.Add(law);
            _numberOfLaw[law] = number;
        }
        return new LawId(number);
    }

    /// <summary>
    /// Registers a law of its own, whose clocks can be scored together (<see cref="Simulation.Hazards"/>) if it has a hazard at all.
    /// </summary>
    /// <param name="name">What the clocks have in common; may be registered once.</param>
    /// <param name="law">The law that they follow.</param>
    public LawId Hazard(string name, Law law)
    {
        if (!law.IsContinuous || !double.IsFinite(law.Mean))
        {
            return Law(law);
        }
        if (_hazards.Exists(hazard => hazard.Name == name))
        {
            throw new ArgumentException($"There is a hazard '{name}' already.", nameof(name));
        }
        // Not shared with others that happen to follow the same law.
        _hazards.Add((name, _laws.Count));
        _laws.Add(law);
        return new LawId(_laws.Count - 1);
    }

    /// <summary>A kind of fault that down time can be charged to; the same name gives the same index.</summary>
    public int Cause(string name) => IndexOf(_causes, name, ushort.MaxValue);

    /// <summary>A stage that an outage can be in; the same name gives the same index.</summary>
    public int Stage(string name) => IndexOf(_stages, name, byte.MaxValue);

    /// <summary>Something to be counted, such as <c>etcd.elections</c>; the same name gives the same counter.</summary>
    public Counter Counter(string name) => new(IndexOf(_counters, name, ushort.MaxValue));

    /// <summary>The component's <see cref="Component.OnSignal"/> is called for the slot when the signal has changed.</summary>
    public void Observe(Signal signal, Component component, int slot) => _observers.Add((signal, component, slot));

    /// <summary>What is measured.</summary>
    /// <param name="name">Unique.</param>
    /// <param name="up">Up while this holds.</param>
    /// <param name="support">What must work for the service to come back unaided; the service's own signal if nothing heals by itself.</param>
    /// <param name="objectives">Objectives evaluated in windows of the horizon.</param>
    /// <param name="requests">How its requests fare; null where they are not measured.</param>
    /// <param name="structure">The static gates whose fall is its loss; null: those of the support.</param>
    public void Service(
        string name, Signal up, Signal support, IReadOnlyList<Objective> objectives, RequestOptions? requests = null,
        Signal? structure = null) =>
        _services.Add(new SignalServiceDeclaration(name, up, support, objectives, requests) { Structure = structure ?? support });

    /// <summary>
    /// What can go wrong, for whoever asks what it takes to bring a service down; worked out only then, and without effect on a run.
    /// </summary>
    public void FaultsAre(Func<IEnumerable<FaultDeclaration>> faults) => Faults = new(() => [.. faults()]);

    /// <summary>Rows tell how far services are from an outage. Off, it costs nothing.</summary>
    public bool MeasuresMargin { get; set; }

    /// <summary>A share that components set; whole at t = 0.</summary>
    public Level Level() => new(LevelCount++);

    /// <summary>What is measured, as a share: its availability is the average over time.</summary>
    public void Service(string name, Level level, IReadOnlyList<Objective> objectives) =>
        _services.Add(new LevelServiceDeclaration(name, level, objectives));

    /// <summary>Follows many like things, such as workloads, together; at most once in a model.</summary>
    /// <param name="name">What they are, such as <c>workloads</c>.</param>
    /// <param name="members">At least one, with different names.</param>
    public Fleet Fleet(string name, IReadOnlyList<FleetMember> members)
    {
        ArgumentOutOfRangeException.ThrowIfZero(members.Count);
        if (TheFleet is not null || members.DistinctBy(member => member.Name).Count() < members.Count)
        {
            throw new ArgumentException("A model has one fleet, of members with different names.", nameof(members));
        }
        return TheFleet = new Fleet(name, members);
    }

    /// <summary>What is measured, as the mean over members of the fleet: each counts alike.</summary>
    /// <param name="name">Unique.</param>
    /// <param name="fleet">What <see cref="Fleet"/> has returned.</param>
    /// <param name="members">Numbers, each once, in any order.</param>
    /// <param name="objectives">A window is judged by the mean of its members' down time in it.</param>
    public void MeanOver(string name, Fleet fleet, IReadOnlyList<int> members, IReadOnlyList<Objective> objectives) =>
        _services.Add(new MeanDeclaration(name, fleet, fleet.Sorted(members), objectives));

    /// <summary>
    /// What is measured, as a quantile over members of the fleet: in each replication the ⌈q n⌉-th lowest of their availabilities,
    /// of several alike that of the lowest number.
    /// </summary>
    /// <param name="name">Unique.</param>
    /// <param name="fleet">What <see cref="Fleet"/> has returned.</param>
    /// <param name="members">Numbers, each once, in any order.</param>
    /// <param name="quantile">q, from 0 (the worst) to 1 (the best).</param>
    /// <param name="objectives">A window is judged by the ⌈q n⌉-th most of its members' down times in it.</param>
    public void QuantileOver(
        string name, Fleet fleet, IReadOnlyList<int> members, double quantile, IReadOnlyList<Objective> objectives)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(quantile);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quantile, 1);
        if (objectives.Any(objective => objective.Rolls))
        {
            throw new ArgumentException("A quantile is another member in every window; it has no rolling one.", nameof(objectives));
        }
        // In decimal, where 0.07 of 100 is 7 and no more.
        int rank = Math.Max(1, (int)Math.Ceiling((decimal)quantile * members.Count));
        _services.Add(new QuantileDeclaration(name, fleet, fleet.Sorted(members), rank, objectives));
    }

    /// <summary>Builds the model; may be called once, since components belong to one simulation.</summary>
    public Simulation Build(ulong seed) => new(this, seed);

    internal void Join(Component component) => _components.Add(component);

    /// <summary>State that belongs to no component, such as what several of them share.</summary>
    public void Register(IState state) => _states.Add(state);

    private static int IndexOf(List<string> names, string name, int most)
    {
        int index = names.IndexOf(name);
        if (index < 0)
        {
            index = names.Count;
            ArgumentOutOfRangeException.ThrowIfGreaterThan(index, most);
            names.Add(name);
        }
        return index;
    }

    private Signal Declare(SignalDeclaration declaration)
    {
        _signals.Add(declaration);
        return new Signal(_signals.Count - 1);
    }
}
