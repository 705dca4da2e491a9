using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Observation;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Kernel.Signals;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Supervision;

namespace FailoverSim.Models.Infrastructure;

/// <summary>
/// The machines: each runs while its site is there, it has booted since, it has not failed and is not out for planned work.
/// Places may be empty: machines come and go.
/// </summary>
/// <remarks>
/// Boot is spent when a site returns and by a new machine. The end of a fault of the machine itself, and the return from planned work, find it
/// booted: what they take includes the boot.
/// </remarks>
public sealed partial class Machines : Component, IVictims
{
    private static readonly Purpose Boot = Purpose.Named("boot");

    /// <summary>What does not survive a loss of power.</summary>
    private static readonly int Volatile = Strikes.Only(Affliction.Hang) | Strikes.Only(Affliction.Slow);

    private readonly MachineSet _set;
    private readonly ClusterStages _stages;
    private readonly ImmutableArray<LawId> _boots;
    private readonly Strikes _strikes;
    private readonly Counter _replacements;
    private readonly State<Machine> _machines;

    [Wiring]
    private readonly List<(Processes Processes, int Slot)>[] _processes;

    [Wiring]
    private readonly List<IDisk> _disks = [];

    /// <param name="builder">The model to join.</param>
    /// <param name="set">The machines and their signals.</param>
    /// <param name="stages">What outages wait for.</param>
    public Machines(ModelBuilder builder, MachineSet set, ClusterStages stages)
        : base(builder, "machines", set.Options.Length, 1)
    {
        _set = set;
        _stages = stages;
        _boots = [.. set.Options.Select(m => builder.Law(m.Boot))];
        _strikes = new Strikes(builder, Count);
        _replacements = builder.Counter("machine-replacements");
        _machines = NewState<Machine>(Count);
        _processes = [.. set.Options.Select(_ => new List<(Processes, int)>())];
        for (int slot = 0; slot < Count; slot++)
        {
            if (set.Site[slot] is { } site)
            {
                builder.Observe(site, this, slot);
            }
        }
    }

    public MachineSet Set => _set;

    public override string EntityName(int slot) => $"machine/{_set.Options[slot].Name}";

    /// <summary>Somebody wants to know when the data of a machine is lost; only while the model is built.</summary>
    public void OnDataLost(IDisk disk) => _disks.Add(disk);

    /// <summary>How many times longer than usual everything takes on a machine.</summary>
    public double SlownessOf(int slot) => _strikes.Slowness(slot);

    /// <summary>Whether it is out for planned work, or being stopped for it, or not there at all.</summary>
    public bool IsOut(int slot) => _machines[slot].Stopping || _machines[slot].Out || !Exists(slot);

    /// <summary>
    /// Takes a machine out for planned work: its processes are asked to stop, those that need others of them first, and when
    /// the last one has stopped the power goes off (<see cref="MachineSet.InService"/> falls). Charged to the present cause.
    /// </summary>
    public void StopCleanly(int slot)
    {
        if (IsOut(slot))
        {
            return;
        }
        ref Machine machine = ref _machines[slot];
        machine.Stopping = true;
        machine.StopCause = Simulation.Cause;
        machine.StopOrder = 0;
        Report(slot, "stopping");
        StopNext(slot);
    }

    /// <summary>Powers a machine on again after planned work, booted; one that has been replaced meanwhile goes its own way.</summary>
    public void Return(int slot)
    {
        if (!_machines[slot].Out)
        {
            return;
        }
        _machines[slot].Out = false;
        Simulation.Drive(_set.InService[slot], true);
        SkipBoot(slot);
        Report(slot, "in service");
    }

    /// <inheritdoc/>
    public void Strike(int slot, Affliction what, double amount, int stage)
    {
        if (what == Affliction.Lossy)
        {
            throw new ArgumentOutOfRangeException(nameof(what), what, "Ways between zones are lossy, machines are not.");
        }
        if (!Exists(slot))
        {
            return;
        }
        _strikes.Add(slot, what, amount, Simulation.Cause, stage);
        if (what is Affliction.Down or Affliction.LostForGood && _machines[slot].Stopping)
        {
            TakeOut(slot);
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
            // It has been restarted or replaced meanwhile: there is nothing left to mend.
            return;
        }
        if (what == Affliction.LostForGood)
        {
            Simulation.Count(_replacements);
        }
        if (restarted)
        {
            Restart(slot);
        }
        DriveAll(slot);
    }

    /// <summary>A process has stopped, as it was asked to.</summary>
    internal void HasStopped(int slot)
    {
        ref Machine machine = ref _machines[slot];
        if (machine.Stopping && --machine.StillRunning == 0)
        {
            machine.StopOrder++;
            StopNext(slot);
        }
    }

    /// <summary>A process runs on a machine; only while the model is built.</summary>
    internal void Run(int slot, Processes processes, int process) => _processes[slot].Add((processes, process));

    protected override void Start()
    {
    }

    /// <summary>It has booted.</summary>
    protected override void OnTimer(int slot, int timer)
    {
        _machines[slot].IsNew = false;
        Simulation.Drive(_set.Booted[slot], true);
        Report(slot, "booted");
    }

    protected override void OnSignal(int slot)
    {
        ref Machine machine = ref _machines[slot];
        if (machine.Restarting)
        {
            machine.Restarting = false;
            DriveAll(slot);
        }
        bool there = _set.Site[slot] is not { } site || Simulation.Signals[site];
        if (there == machine.SiteOut)
        {
            machine.SiteOut = !there;
            if (!Exists(slot))
            {
                return;
            }
            if (there)
            {
                BeginBoot(slot);
            }
            else
            {
                LoseSite(slot);
            }
        }
    }

    protected override void Encode(int slot, StateWriter writer)
    {
        ref Machine machine = ref _machines[slot];
        writer.Add((machine.SiteOut ? 1 : 0) | (machine.Stopping ? 2 : 0) | (machine.Out ? 4 : 0) | (machine.IsNew ? 8 : 0)
            | (Exists(slot) ? 16 : 0));
        writer.Add(machine.StillRunning);
        writer.Add((long)machine.StopOrder);
        _strikes.Encode(slot, writer);
    }

    protected override bool SlotsAreSymmetric => false;

    private void LoseSite(int slot)
    {
        ref Machine machine = ref _machines[slot];
        machine.BootCause = Simulation.Cause;
        Disarm(slot, 0);
        AwaitSite(slot);
        _strikes.Clear(slot, Volatile);
        if (machine.Stopping)
        {
            TakeOut(slot);
        }
        DriveAll(slot);
        Report(slot, "off");
    }

    private void AwaitSite(int slot)
    {
        Simulation.Drive(_set.Booted[slot], false, _stages.Boot);
        // As long as the site is out, the site is what is waited for.
        Simulation.Yield(_set.Booted[slot]);
    }

    private void BeginBoot(int slot)
    {
        ref Machine machine = ref _machines[slot];
        Cause present = Simulation.Cause;
        Simulation.Resume(machine.BootCause);
        Simulation.Drive(_set.Booted[slot], false, _stages.Boot);
        StartClock(slot, 0, _boots[slot], Boot, machine.Boots++);
        Simulation.Resume(present);
        Report(slot, "booting");
    }

    /// <summary>Whoever brought the machine back has booted it; without its site it must boot again later.</summary>
    private void SkipBoot(int slot)
    {
        if (!_machines[slot].SiteOut)
        {
            Disarm(slot, 0);
            _machines[slot].IsNew = false;
            Simulation.Drive(_set.Booted[slot], true);
        }
    }

    /// <summary>Off and on again at this instant, which ends all that it suffered, and its processes.</summary>
    private void Restart(int slot)
    {
        _strikes.Clear(slot, Strikes.All);
        if (_machines[slot].Stopping)
        {
            TakeOut(slot);
        }
        SkipBoot(slot);
        Simulation.Drive(_set.Own[slot], false, _stages.Boot);
        _machines[slot].Restarting = true;
        ReactWhenSettled(slot);
        Report(slot, "restarted");
    }

    private void TakeOut(int slot)
    {
        ref Machine machine = ref _machines[slot];
        machine.Stopping = false;
        machine.Out = true;
        Cause present = Simulation.Cause;
        Simulation.Resume(machine.StopCause);
        Simulation.Drive(_set.InService[slot], false, _stages.Maintenance);
        Simulation.Resume(present);
        _strikes.Clear(slot, Volatile);
        Report(slot, "out");
    }

    private void LoseData(int slot)
    {
        foreach ((Processes processes, int process) in _processes[slot])
        {
            processes.LoseData(process);
        }
        foreach (IDisk disk in _disks)
        {
            disk.DataLost(slot);
        }
    }

    /// <inheritdoc/>
    public Signal? ConditionOf(int slot, Affliction what) => what switch
    {
        Affliction.Down or Affliction.LostForGood => _set.Own[slot],
        Affliction.Hang => _set.NotHung[slot],
        Affliction.Partition => _set.Signals[slot].Network,
        Affliction.Stall => _set.Disk[slot],
        Affliction.DropsTraffic => _set.Traffic[slot],
        _ => null,
    };

    private void DriveAll(int slot)
    {
        if (!_machines[slot].Restarting)
        {
            _strikes.Drive(Simulation, _set.Own[slot], slot, Strikes.Deaths);
        }
        _strikes.Drive(Simulation, _set.NotHung[slot], slot, Strikes.Only(Affliction.Hang));
        _strikes.Drive(Simulation, _set.Signals[slot].Network, slot, Strikes.Only(Affliction.Partition));
        _strikes.Drive(Simulation, _set.Disk[slot], slot, Strikes.Only(Affliction.Stall));
        _strikes.Drive(Simulation, _set.Traffic[slot], slot, Strikes.Only(Affliction.DropsTraffic));
        foreach ((Processes processes, int process) in _processes[slot])
        {
            processes.ChangePace(process);
        }
    }

    /// <summary>Asks the processes that are next to stop, or takes the machine out when there are none left.</summary>
    private void StopNext(int slot)
    {
        ref Machine machine = ref _machines[slot];
        Simulation.Resume(machine.StopCause);
        bool isUp = Simulation.Signals[_set.Signals[slot].Up];
        if (!isUp || machine.StopOrder > ProcessOptions.LastToStop)
        {
            TakeOut(slot);
            DriveAll(slot);
            return;
        }
        // One more than there are: nobody who stops at once is the last one before all have been asked.
        machine.StillRunning = 1;
        foreach ((Processes processes, int process) in _processes[slot])
        {
            if (processes.StopOrder == machine.StopOrder)
            {
                machine.StillRunning++;
                processes.Halt(process);
            }
        }
        HasStopped(slot);
    }

    private void Report(int slot, string state) => Simulation.Trace?.OnState(Now, this, slot, state);

    private struct Machine
    {
        public Cause BootCause;
        public Cause StopCause;
        public int Boots;

        /// <summary>Processes that have been asked to stop and have not yet.</summary>
        public int StillRunning;

        /// <summary>Whose turn it is to stop (<see cref="ProcessOptions.StopOrder"/>).</summary>
        public int StopOrder;

        public bool SiteOut;

        /// <summary>It is off for no time, so that everybody sees it.</summary>
        public bool Restarting;

        public bool Stopping;
        public bool Out;

        /// <summary>There is a machine where there was none at t = 0, or the other way round.</summary>
        public bool Changed;

        /// <summary>It has never booted.</summary>
        public bool IsNew;
    }
}
