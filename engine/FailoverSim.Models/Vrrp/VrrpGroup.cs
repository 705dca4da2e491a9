using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Links;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;

namespace FailoverSim.Models.Vrrp;

/// <summary>
/// Instances of VRRP (RFC 5798, as keepalived 2.4 runs it), one per slot: the one of highest priority holds an address and
/// says so in every advertisement interval; who hears nothing for three intervals and a skew takes it.
/// </summary>
/// <remarks>
/// Nothing but silence tells a backup of a crash, and nothing arbitrates: instances that cannot hear each other are masters
/// all. A process that is killed leaves its address on the interface, where traffic still finds it until another one
/// announces the address; it is removed when the process starts again, or with the power of the machine. Machines that lose
/// their network keep their link up: that is no FAULT. An advertisement takes half the mean round trip. At t = 0 the instance of
/// highest priority is master, at a random phase of its advertisements.
/// </remarks>
public sealed partial class VrrpGroup : Component, IGraceful
{
    /// <summary>Ahead of the other: after a hang both are due at once, and an advertisement says what the script has found.</summary>
    private const int ScriptTimer = 0;

    private const int ProtocolTimer = 1;

    private static readonly Purpose Phase = Purpose.Named("phase");
    private static readonly Purpose ScriptPhase = Purpose.Named("script-phase");

    private readonly VrrpOptions _options;
    private readonly ImmutableArray<VrrpInstance> _instances;
    private readonly IProcesses _processes;
    private readonly ImmutableArray<IHolders> _followers;
    private readonly ClusterStages _stages;
    private readonly Fidelity _fidelity;
    private readonly ImmutableArray<Signal> _isMaster;
    private readonly ImmutableArray<Signal> _paths;
    private readonly ImmutableArray<long> _latencies;
    private readonly ImmutableArray<long> _farthest;
    private readonly Advertisements? _advertisements;
    private readonly long _interval;
    private readonly State<InstanceState> _states;
    private readonly State<GroupState> _group;

    /// <param name="builder">The model to join.</param>
    /// <param name="name">Unique.</param>
    /// <param name="options">Of the group.</param>
    /// <param name="instances">At least one.</param>
    /// <param name="network">Between their machines.</param>
    /// <param name="processes">Told when an instance has stopped cleanly; its slots are the instances.</param>
    /// <param name="followers">Told who holds the address.</param>
    /// <param name="stages">Stages of the model.</param>
    /// <param name="fidelity">Whether advertisements and scripts that change nothing are events.</param>
    public VrrpGroup(
        ModelBuilder builder,
        string name,
        VrrpOptions options,
        IReadOnlyList<VrrpInstance> instances,
        Network network,
        IProcesses processes,
        IReadOnlyList<IHolders> followers,
        ClusterStages stages,
        Fidelity fidelity)
        : base(builder, name, instances.Count, 2)
    {
        _options = options;
        _instances = [.. instances];
        _processes = processes;
        _followers = [.. followers];
        _stages = stages;
        _fidelity = fidelity;
        _interval = options.AdvertInterval.Nanoseconds;
        _isMaster = [.. instances.Select(instance => builder.Condition($"{name}/{instance.Process.Name}.master", initial: false))];
        _states = NewState<InstanceState>(Count);
        _group = NewState<GroupState>(1);
        List<Signal> paths = [];
        List<long> latencies = [];
        List<LinkEnds> ends = [];
        // The sender's own network counts when it sends, which it asks for itself.
        Signal sent = builder.Condition($"{name}.sent");
        for (int from = 0; from < Count; from++)
        {
            for (int to = 0; to < Count; to++)
            {
                (VrrpInstance sender, VrrpInstance receiver) = (instances[from], instances[to]);
                paths.Add(network.Path(sender.Machine, receiver.Machine));
                latencies.Add(SimDuration.FromSeconds(network.Rtt(sender.Machine, receiver.Machine).Mean / 2).Nanoseconds);
                if (from != to)
                {
                    LinkEnds link = network.Ends(sender.Machine, receiver.Machine, receiver.Process, receiver.Process.Runs);
                    ends.Add(link with { FromNetwork = sent });
                }
            }
        }
        _paths = [.. paths];
        _latencies = [.. latencies];
        _farthest = [.. latencies.Chunk(Count).Select(row => row.Max())];
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(latencies.Max(), _interval, nameof(network));
        _advertisements = Count > 1 ? new Advertisements(builder, $"{name}/adverts", ends, this) : null;
        ObserveAll(builder);
    }

    /// <summary>A condition: the instance is MASTER as far as it knows; true while it hangs.</summary>
    public Signal IsMaster(int slot) => _isMaster[slot];

    /// <summary>The instance with a process that is MASTER, the one that announced the address last if there are several; −1: none.</summary>
    public int HolderSlot
    {
        get
        {
            int holder = _group[0].Announcer;
            for (int slot = 0; _states[holder].Role != VrrpRole.Master && slot < Count; slot++)
            {
                holder = _states[slot].Role == VrrpRole.Master ? slot : holder;
            }
            return _states[holder].Role == VrrpRole.Master ? holder : -1;
        }
    }

    protected override bool SlotsAreSymmetric => false;

    public override string EntityName(int slot) => $"{Name}/{_instances[slot].Process.Name}";

    /// <summary>Asks an instance to stop cleanly: a master says so (priority 0) and takes the address down.</summary>
    public void Stop(int slot)
    {
        ref InstanceState state = ref _states[slot];
        if (state.Role is VrrpRole.Off or VrrpRole.Stopped)
        {
            return;
        }
        if (!Is(_instances[slot].Process.Runs))
        {
            state.MustStop = true;
            return;
        }
        _group[0].Cause = Simulation.Cause;
        Wake();
        Leave(slot, VrrpRole.Stopped);
        state.Script = default;
        Disarm(slot, ScriptTimer);
        _processes.Stopped(slot);
    }

    protected override void OnTimer(int slot, int timer)
    {
        if (!_group[0].Cause.IsNone)
        {
            Simulation.Resume(_group[0].Cause);
        }
        if (timer == ScriptTimer)
        {
            OnScriptTimer(slot);
        }
        else if (_states[slot].Role == VrrpRole.Backup)
        {
            BecomeMaster(slot);
        }
        else if (!TryRest(slot))
        {
            Advertise(slot);
        }
    }

    protected override void OnSignal(int slot)
    {
        Cause cause = Simulation.Cause;
        React(slot);
        // Others react to the same change after this.
        Simulation.Resume(cause);
    }

    protected override void Encode(int slot, StateWriter writer)
    {
        ref InstanceState state = ref _states[slot];
        writer.Add((long)state.Role);
        writer.Add((state.HasAddress ? 1L : 0) + (state.IsSettled ? 2L : 0) + (state.Spares ? 4L : 0) + (state.MustStop ? 8L : 0));
        writer.Add(state.Spares ? state.PreemptAt - Now.Nanoseconds : 0);
        writer.Add(state.Due - Now.Nanoseconds);
        writer.Add((long)state.Under);
        writer.Add((long)state.UnderPriority);
        writer.Add((state.Script.IsRunning ? 1L : 0) + (state.Script.IsQuiet ? 2L : 0) + (state.Script.IsFirst ? 4L : 0));
        writer.Add((long)state.Script.Health);
        writer.Add(state.Script.Start - Now.Nanoseconds);
        writer.Add(state.Script.Due - Now.Nanoseconds);
        writer.Add(_group[0].IsQuiet ? 1L : 0L);
        writer.Add((long)_group[0].Announcer);
    }

    private bool Is(Signal signal) => Simulation.Signals[signal];

    /// <summary>It has a process on a machine with power.</summary>
    private bool Exists(int slot) =>
        Is(_instances[slot].Process.Alive) && Is(_instances[slot].Process.Machine.Powered);

    private bool Reaches(int from, int to) => Is(_paths[(from * Count) + to]);

    private void React(int slot)
    {
        ref InstanceState state = ref _states[slot];
        bool runs = Exists(slot) && Is(_instances[slot].Process.Runs);
        if (_group[0].Cause.IsNone || (state.Role == VrrpRole.Master && !runs))
        {
            _group[0].Cause = Simulation.Cause;
        }
        Simulation.Resume(_group[0].Cause);
        Wake();
        WakeScript(slot);
        if (state.HasAddress && !Is(_instances[slot].Process.Machine.Powered))
        {
            DropAddress(slot);
        }
        if (!Exists(slot))
        {
            Die(slot);
            return;
        }
        if (state.Role == VrrpRole.Off)
        {
            Launch(slot);
        }
        if (!runs)
        {
            Disarm(slot, ProtocolTimer);
            Disarm(slot, ScriptTimer);
            if (state.Role == VrrpRole.Master)
            {
                Tell(_stages.Expire);
            }
            return;
        }
        if (state.MustStop)
        {
            Stop(slot);
            return;
        }
        Continue(slot);
        if (state.Role == VrrpRole.Master)
        {
            // A master that runs keeps its address, unless its script is about to find out.
            Tell(Tracks(slot) && !SubjectWorks(slot) ? _stages.Detect : 0);
        }
        LookAtSubject(slot);
    }

    private void ObserveAll(ModelBuilder builder)
    {
        for (int slot = 0; slot < Count; slot++)
        {
            VrrpInstance instance = _instances[slot];
            builder.Observe(instance.Process.Alive, this, slot);
            builder.Observe(instance.Process.Runs, this, slot);
            builder.Observe(instance.Process.Machine.Powered, this, slot);
            builder.Observe(instance.Process.Machine.Up, this, slot);
            builder.Observe(instance.Process.Machine.Network, this, slot);
            for (int from = 0; from < Count; from++)
            {
                if (from != slot)
                {
                    builder.Observe(_paths[(from * Count) + slot], this, slot);
                }
            }
            if (_options.Script is not null && instance.Subject is { } subject)
            {
                builder.Observe(subject.Works, this, slot);
                if (subject.Asked is { } asked)
                {
                    builder.Observe(asked.Alive, this, slot);
                    builder.Observe(asked.Runs, this, slot);
                }
            }
        }
    }

    /// <summary>Arms what is due next; what is overdue after a hang happens now.</summary>
    private void Continue(int slot)
    {
        ref InstanceState state = ref _states[slot];
        if (state.Role is VrrpRole.Master or VrrpRole.Backup && Is(_instances[slot].Process.Runs))
        {
            state.Due = Math.Max(state.Due, Now.Nanoseconds);
            ArmAt(slot, ProtocolTimer, new SimTime(state.Due));
        }
    }

    private void Tell(int stage)
    {
        foreach (IHolders follower in _followers)
        {
            follower.Waiting(stage);
        }
    }
}
