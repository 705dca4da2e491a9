using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Observation;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Infrastructure;

namespace FailoverSim.Models.Supervision;

/// <summary>
/// The processes of one kind and their supervisor: they die with their machine or by themselves, and are started again
/// when the machine is back, when a repair has ended, or by the supervisor with back-off.
/// </summary>
/// <remarks>A new process has none of the hangs of the old one. The restart of a machine, or of the process by a repair,
/// ends all faults of the process.</remarks>
public sealed partial class Processes : Component, IVictims, IProcesses
{
    private static readonly Purpose StartUp = Purpose.Named("start");
    private static readonly Purpose Restarts = Purpose.Named("restart");

    /// <summary>What a process takes with it when it ends.</summary>
    private static readonly int Volatile = Strikes.Only(Affliction.Hang) | Strikes.Only(Affliction.DropsTraffic);

    private readonly ProcessSet _set;
    private readonly ProcessOptions _options;
    private readonly Machines _machines;
    private readonly ClusterStages _stages;
    private readonly LawId _start;
    private readonly LawId _restart;
    private readonly Strikes _strikes;
    private readonly Counter _exits;
    private readonly State<Process> _processes;

    [Wiring]
    private IGraceful? _graceful;

    [Wiring]
    private readonly List<IDisk> _disks = [];

    /// <param name="builder">The model to join.</param>
    /// <param name="set">The processes and their signals.</param>
    /// <param name="options">How they are started and stopped.</param>
    /// <param name="machines">Where they run.</param>
    /// <param name="stages">What outages wait for.</param>
    public Processes(ModelBuilder builder, ProcessSet set, ProcessOptions options, Machines machines, ClusterStages stages)
        : base(builder, $"processes/{set.Kind}", set.Signals.Length, 1)
    {
        _set = set;
        _options = options;
        _machines = machines;
        _stages = stages;
        _start = builder.Law(options.Start);
        _restart = builder.Law(options.Restart);
        _strikes = new Strikes(builder, Count);
        _exits = builder.Counter($"process-exits:{set.Kind}");
        _processes = NewState<Process>(Count);
        for (int slot = 0; slot < Count; slot++)
        {
            machines.Run(set.Machines[slot], this, slot);
            builder.Observe(set.Signals[slot].Machine.Powered, this, slot);
            builder.Observe(set.Signals[slot].Machine.Up, this, slot);
        }
    }

    public ProcessSet Set => _set;

    /// <summary>When it is stopped, among the processes of a machine.</summary>
    internal int StopOrder => _options.StopOrder;

    public override string EntityName(int slot) => $"process/{_set.Signals[slot].Name}";

    /// <summary>What the processes do when they are asked to stop; without it they end at once. Only while the model is built.</summary>
    public void OnStop(IGraceful graceful) => _graceful = graceful;

    /// <summary>Somebody wants to know when the data of a process is lost; only while the model is built.</summary>
    public void OnDataLost(IDisk disk) => _disks.Add(disk);

    /// <summary>When the present process of a slot was started; t = 0 for the first one.</summary>
    public SimTime StartedAt(int slot) => new(_processes[slot].StartedAt);

    /// <inheritdoc/>
    public double SlownessOf(int slot) => _strikes.Slowness(slot) * _machines.SlownessOf(_set.Machines[slot]);

    /// <inheritdoc/>
    public Signal? ConditionOf(int slot, Affliction what) => what switch
    {
        Affliction.Down or Affliction.LostForGood => _set.Alive[slot],
        Affliction.Hang => _set.NotHung[slot],
        Affliction.Stall => _set.Disk[slot],
        Affliction.DropsTraffic => _set.OwnTraffic[slot],
        _ => null,
    };

    /// <inheritdoc/>
    public void Strike(int slot, Affliction what, double amount, int stage)
    {
        if (what is Affliction.Partition or Affliction.Lossy)
        {
            throw new ArgumentOutOfRangeException(nameof(what), what, "Machines and ways between zones are cut, processes are not.");
        }
        _strikes.Add(slot, what, amount, Simulation.Cause, stage);
        if (what is Affliction.Down or Affliction.LostForGood && _processes[slot].Phase < Phase.Down)
        {
            Die(slot, stage);
            AfterDeath(slot, Phase.Down);
        }
        DriveAll(slot);
        if (what == Affliction.LostForGood)
        {
            LoseData(slot);
        }
    }

    /// <inheritdoc/>
    public void Waiting(int slot, Affliction what, int stage)
    {
        if (_strikes.SetStage(slot, what, Simulation.Cause, stage))
        {
            DriveAll(slot);
        }
    }

    /// <inheritdoc/>
    public void End(int slot, Affliction what, double amount, bool restarted)
    {
        if (!_strikes.Remove(slot, what, Simulation.Cause))
        {
            // It has been restarted meanwhile: there is nothing left to mend.
            return;
        }
        ref Process process = ref _processes[slot];
        if (restarted)
        {
            _strikes.Clear(slot, Strikes.All);
            Replace(slot);
        }
        else if (process.Phase == Phase.Down && !_strikes.Any(slot, Strikes.Deaths))
        {
            Begin(slot);
        }
        DriveAll(slot);
    }

    /// <summary>The data of a process is gone.</summary>
    internal void LoseData(int slot)
    {
        foreach (IDisk disk in _disks)
        {
            disk.DataLost(slot);
        }
    }

    /// <summary>A fault has begun or ended that may change how fast the process gets on.</summary>
    internal void ChangePace(int slot)
    {
        if (_processes[slot].Phase == Phase.Starting)
        {
            SetSpeed(slot, 0, Speed(slot));
        }
    }

    protected override void Start()
    {
        for (int slot = 0; slot < Count; slot++)
        {
            if (!_machines.Set.Options[_set.Machines[slot]].Exists)
            {
                _processes[slot].Phase = Phase.Off;
            }
        }
    }

    protected override void OnTimer(int slot, int timer)
    {
        switch (_processes[slot].Phase)
        {
            case Phase.Alive:
                // It has been asked to stop and has not: the grace is over.
                FinishStop(slot);
                break;
            case Phase.Restarting when Simulation.Signals[_set.Signals[slot].Machine.Up]:
                Begin(slot);
                break;
            case Phase.Starting:
                _processes[slot].Phase = Phase.Alive;
                Simulation.Drive(_set.Alive[slot], true);
                Report(slot, "alive");
                break;
        }
    }

    protected override void OnSignal(int slot)
    {
        MachineSignals machine = _set.Signals[slot].Machine;
        ref Process process = ref _processes[slot];
        bool powered = Simulation.Signals[machine.Powered];
        if (!powered && process.Phase != Phase.Off)
        {
            LosePower(slot);
        }
        else if (powered && process.Phase == Phase.Off)
        {
            _strikes.Clear(slot, Strikes.All);
            // kubelet keeps its back-offs in memory.
            process.Delay = 0;
            Simulation.Resume(process.PowerCause);
            Begin(slot);
            DriveAll(slot);
        }
        else if (process.Phase == Phase.Restarting && !IsArmed(slot, 0) && Simulation.Signals[machine.Up])
        {
            // The back-off ended while the machine, and with it kubelet, hung.
            Begin(slot);
        }
        ChangePace(slot);
    }

    protected override void Encode(int slot, StateWriter writer)
    {
        ref Process process = ref _processes[slot];
        writer.Add((long)process.Phase);
        writer.Add((long)process.Ending);
        writer.Add(process.Delay);
        writer.Add(Math.Max(0, process.StartedAt + _options.Backoff.Reset.Nanoseconds - Now.Nanoseconds));
        _strikes.Encode(slot, writer);
    }

    protected override bool SlotsAreSymmetric => false;

    private void LosePower(int slot)
    {
        ref Process process = ref _processes[slot];
        process.PowerCause = Simulation.Cause;
        process.Ending = Ending.None;
        Die(slot, process.Phase == Phase.Halted ? _stages.Maintenance : _stages.Outage);
        process.Phase = Phase.Off;
        // As long as the machine is off, the machine is what is waited for.
        Simulation.Yield(_set.Alive[slot]);
        DriveAll(slot);
        Report(slot, "off");
    }

    /// <summary>A repair puts a new process in the place of the old one, unless there is to be none.</summary>
    private void Replace(int slot)
    {
        ref Process process = ref _processes[slot];
        if (process.Phase >= Phase.Halted)
        {
            return;
        }
        Die(slot, _stages.StartUp);
        if (process.Ending == Ending.Halt)
        {
            AfterDeath(slot, Phase.Halted);
        }
        else
        {
            process.Ending = Ending.None;
            Begin(slot);
        }
    }

    /// <summary>The process ends, whatever it was doing; it is charged to the present cause.</summary>
    private void Die(int slot, int stage)
    {
        Disarm(slot, 0);
        _strikes.Clear(slot, Volatile);
        Simulation.Drive(_set.Alive[slot], false, stage);
    }

    /// <summary>A new process is started.</summary>
    private void Begin(int slot)
    {
        ref Process process = ref _processes[slot];
        _strikes.Clear(slot, Volatile);
        process.Phase = Phase.Starting;
        process.StartedAt = Now.Nanoseconds;
        Simulation.Drive(_set.Alive[slot], false, _stages.StartUp);
        StartClock(slot, 0, _start, StartUp, process.Starts++, Speed(slot));
        Report(slot, "starting");
    }

    private double Speed(int slot)
    {
        bool stands = _strikes.Any(slot, Strikes.Only(Affliction.Hang)) || !Simulation.Signals[_set.Signals[slot].Machine.Up];
        return stands ? 0 : 1 / SlownessOf(slot);
    }

    private void DriveAll(int slot)
    {
        if (_processes[slot].Phase == Phase.Down)
        {
            _strikes.Drive(Simulation, _set.Alive[slot], slot, Strikes.Deaths);
        }
        _strikes.Drive(Simulation, _set.NotHung[slot], slot, Strikes.Only(Affliction.Hang));
        _strikes.Drive(Simulation, _set.Disk[slot], slot, Strikes.Only(Affliction.Stall));
        _strikes.Drive(Simulation, _set.OwnTraffic[slot], slot, Strikes.Only(Affliction.DropsTraffic));
        ChangePace(slot);
    }

    private void Report(int slot, string state) => Simulation.Trace?.OnState(Now, this, slot, state);

    /// <summary>What the process of a slot is doing.</summary>
    private enum Phase : byte
    {
        Alive,

        /// <summary>It has been started and does not listen yet.</summary>
        Starting,

        /// <summary>It has ended, and the supervisor will start another one.</summary>
        Restarting,

        /// <summary>A fault keeps it down.</summary>
        Down,

        /// <summary>It has stopped for planned work, and waits for its machine to go off.</summary>
        Halted,

        /// <summary>Its machine is off.</summary>
        Off,
    }

    private struct Process
    {
        /// <summary>What took the power of its machine.</summary>
        public Cause PowerCause;

        /// <summary>When it was started last; <see cref="RestartBackoff"/> counts from there how long it ran.</summary>
        public long StartedAt;

        /// <summary>How long the next restart waits from the end of the process on; 0: not at all.</summary>
        public long Delay;

        public int Starts;
        public int Exits;
        public Phase Phase;
        public Ending Ending;
    }
}
