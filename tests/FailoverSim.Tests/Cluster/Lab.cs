using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;

namespace FailoverSim.Tests.Cluster;

/// <summary>A bench for one mechanism: machines and processes whose signals the test switches, without the components that drive them in a cluster.</summary>
internal sealed class Lab
{
    private readonly List<MachineSignals> _machines = [];
    private readonly Dictionary<string, Signal> _notHung = [];

    public ModelBuilder Builder { get; } = new();

    public IReadOnlyList<MachineSignals> Machines => _machines;

    public MachineSignals Machine(string name, string zone = "a")
    {
        Signal powered = Builder.Condition($"{name}.powered");
        _notHung[name] = Builder.Condition($"{name}.not-hung");
        Signal up = Builder.Gate($"{name}.up", 2, powered, _notHung[name]);
        MachineSignals machine = new(name, zone, powered, up, Builder.Condition($"{name}.network"));
        _machines.Add(machine);
        return machine;
    }

    public ProcessSignals Process(string kind, MachineSignals machine)
    {
        string name = $"{kind}@{machine.Name}";
        Signal alive = Builder.Condition($"{name}.alive");
        _notHung[name] = Builder.Condition($"{name}.not-hung");
        Signal runs = Builder.Gate($"{name}.runs", 3, machine.Up, alive, _notHung[name]);
        return new ProcessSignals(name, machine, alive, runs, Builder.Condition($"{name}.disk"));
    }

    /// <summary>The condition that is false while a machine or process hangs.</summary>
    public Signal NotHung(string name) => _notHung[name];

    /// <summary>To be called when all machines are known.</summary>
    public Network Network(Law rtt) => new(Builder, _machines, (_, _) => rtt);

    /// <summary>Does something at an instant.</summary>
    public void At(double seconds, Action<Simulation> act) =>
        _ = new Actor(Builder, $"~at/{_actors++}", seconds, (simulation, _) =>
        {
            act(simulation);
            return double.PositiveInfinity;
        });

    /// <summary>Does something again and again; it says after how many seconds next, ∞ for never.</summary>
    public void Repeatedly(double first, Func<Simulation, Draws, double> act) =>
        _ = new Actor(Builder, $"~repeat/{_actors++}", first, act);

    private int _actors;

    private sealed class Actor : Component
    {
        private static readonly Purpose Luck = Purpose.Named("luck");
        private readonly double _first;
        private readonly Func<Simulation, Draws, double> _act;
        private readonly State<long> _times;

        public Actor(ModelBuilder builder, string name, double first, Func<Simulation, Draws, double> act)
            : base(builder, name, 1, 1)
        {
            _first = first;
            _act = act;
            _times = NewState<long>(1);
        }

        protected internal override void Start() => ArmAt(0, 0, SimTime.Zero + SimDuration.FromSeconds(_first));

        protected internal override void OnTimer(int slot, int timer)
        {
            double next = _act(Simulation, DrawsFor(0, Luck, _times[0]++));
            if (double.IsFinite(next))
            {
                ArmAfter(0, 0, SimDuration.FromSeconds(next));
            }
        }

        protected internal override void Encode(int slot, StateWriter writer) => writer.Add(_times[0]);
    }
}

/// <summary>Processes that come back so long after they end, and note what they were told.</summary>
internal sealed class LabProcesses : Component, IProcesses
{
    private readonly IReadOnlyList<ProcessSignals> _processes;
    private readonly SimDuration _restart;

    public LabProcesses(ModelBuilder builder, string name, IReadOnlyList<ProcessSignals> processes, SimDuration restart)
        : base(builder, name, processes.Count, 1)
    {
        _processes = processes;
        _restart = restart;
    }

    public List<(double At, int Slot, string What)> Told { get; } = [];

    public void Exit(int slot) => End(slot, "exit");

    public void Stopped(int slot) => End(slot, "stopped");

    public double SlownessOf(int slot) => 1;

    protected internal override void Start()
    {
    }

    protected internal override void OnTimer(int slot, int timer) => Simulation.Drive(_processes[slot].Alive, true);

    protected internal override void Encode(int slot, StateWriter writer)
    {
    }

    private void End(int slot, string what)
    {
        Told.Add((Now.Seconds, slot, what));
        Simulation.Drive(_processes[slot].Alive, false);
        if (!_restart.IsNever)
        {
            ArmAfter(slot, 0, _restart);
        }
    }
}
