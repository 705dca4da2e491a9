using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Loops;

namespace FailoverSim.Models.Nodes;

/// <summary>
/// The container runtime of each node, as its kubelet finds it (pkg/kubelet, updateRuntimeUp and runtimeState): polled every 5 s, and down
/// when no poll has been answered for 30 s. Containers that run have shims of their own and go on.
/// </summary>
/// <remarks>
/// A poll takes no time; one that hangs with the runtime is answered when it goes on, which the next tick of the loop stands for. A kubelet that
/// is started polls at once, and one that finds no runtime then exits and is started again by systemd. While a machine hangs nothing on it does
/// anything: its runtime is not told from the rest.
/// </remarks>
public sealed class RuntimeHealth : Component
{
    private const int PollTimer = 0;
    private const int DoubtTimer = 1;
    private const int SyncTimer = 2;

    /// <summary>Period of updateRuntimeUp (pkg/kubelet/kubelet.go).</summary>
    private const long PollPeriod = 5 * SimDuration.NanosecondsPerSecond;

    /// <summary>maxWaitForContainerRuntime (pkg/kubelet/kubelet.go).</summary>
    private const long LongestSilence = 30 * SimDuration.NanosecondsPerSecond;

    /// <summary>RestartSec of kubeadm's unit.</summary>
    private const long RestartPeriod = 10 * SimDuration.NanosecondsPerSecond;

    /// <summary>Waits of the loop that looks after pods while the runtime is down (syncLoop).</summary>
    private static readonly DoublingWaits SyncWaits = new(SimDuration.NanosecondsPerSecond / 10, 5 * SimDuration.NanosecondsPerSecond);

    private static readonly Purpose Phase = Purpose.Named("phase");

    private readonly RuntimeSet _set;
    private readonly ClusterStages _stages;
    private readonly bool _isExhaustive;
    private readonly State<View> _views;

    /// <param name="builder">The model to join.</param>
    /// <param name="set">The runtimes.</param>
    /// <param name="stages">What outages wait for.</param>
    /// <param name="fidelity">Whether polls that find nothing new are simulated.</param>
    public RuntimeHealth(ModelBuilder builder, RuntimeSet set, ClusterStages stages, Fidelity fidelity)
        : base(builder, "runtime-health", set.Nodes.Length, 3)
    {
        _set = set;
        _stages = stages;
        _isExhaustive = fidelity == Fidelity.Exhaustive;
        _views = NewState<View>(Count);
        for (int node = 0; node < Count; node++)
        {
            builder.Observe(set.Kubelets[node].Alive, this, node);
            builder.Observe(set.Kubelets[node].Runs, this, node);
            builder.Observe(set.Runtimes[node].Runs, this, node);
            builder.Observe(set.Kubelets[node].Machine.Up, this, node);
        }
    }

    public override string EntityName(int slot) => $"{Name}/{_set.Nodes[slot].Name}";

    protected override void Start()
    {
        for (int node = 0; node < Count; node++)
        {
            bool exists = _set.Nodes[node].Exists;
            ref View view = ref _views[node];
            view = new View { Attached = exists, Polls = exists, Answers = exists, Healthy = true };
            view.PolledFrom = (long)(DrawsFor(node, Phase, 0).NextUniform() * PollPeriod) - PollPeriod;
            view.SeenAt = view.PolledFrom;
            if (exists && _isExhaustive)
            {
                ArmAt(node, PollTimer, new SimTime(view.PolledFrom + PollPeriod));
            }
        }
    }

    protected override void OnTimer(int slot, int timer)
    {
        switch (timer)
        {
            case PollTimer:
                Poll(slot);
                break;
            case DoubtTimer:
                LoseTrust(slot);
                break;
            default:
                Simulation.Drive(_set.Signals[slot].Usable, true);
                break;
        }
    }

    protected override void OnSignal(int slot)
    {
        Cause cause = Simulation.Cause;
        ref View view = ref _views[slot];
        bool polls = Is(_set.Kubelets[slot].Runs);
        if (view.Polls && !polls)
        {
            StopPolling(slot);
        }
        if (!Is(_set.Kubelets[slot].Alive))
        {
            view.Attached = false;
            Simulation.Drive(_set.Signals[slot].Attached, false, _stages.Restart);
        }
        if (Is(_set.Kubelets[slot].Machine.Up) && view.Answers != Is(_set.Runtimes[slot].Runs))
        {
            Turn(slot, !view.Answers);
        }
        if (polls && !view.Polls)
        {
            view.Polls = true;
            view.PolledFrom = Now.Nanoseconds;
            Poll(slot);
            Doubt(slot);
        }
        // Others react to the same change after this.
        Simulation.Resume(cause);
    }

    protected override void Encode(int slot, StateWriter writer)
    {
        ref readonly View view = ref _views[slot];
        long now = Now.Nanoseconds;
        writer.Add((view.Attached ? 1L : 0) | (view.Polls ? 2L : 0) | (view.Answers ? 4L : 0) | (view.Healthy ? 8L : 0));
        writer.Add(view.Polls ? LoopOf(in view).Next(now) - now : 0);
        writer.Add(view.Healthy && !(view.Polls && view.Answers) ? Math.Max(view.SeenAt - now, -LongestSilence) : 0);
        writer.Add(view.Healthy ? 0 : view.DoubtedAt - now);
    }

    protected override bool SlotsAreSymmetric => false;

    private static PeriodicLoop LoopOf(in View view) => new(view.PolledFrom, view.Attached ? PollPeriod : RestartPeriod);

    private bool Is(Signal signal) => Simulation.Signals[signal];

    /// <summary>The kubelet ends, or hangs.</summary>
    private void StopPolling(int node)
    {
        ref View view = ref _views[node];
        See(node, ref view);
        view.Polls = false;
        Disarm(node, PollTimer);
        Disarm(node, DoubtTimer);
    }

    /// <summary>The runtime answers no more, or again.</summary>
    private void Turn(int node, bool answers)
    {
        ref View view = ref _views[node];
        See(node, ref view);
        view.Answers = answers;
        if (!answers)
        {
            Disarm(node, SyncTimer);
            Simulation.Drive(_set.Signals[node].Usable, false, _stages.Restart);
            Doubt(node);
        }
        else if (view.Polls)
        {
            ArmAt(node, PollTimer, new SimTime(LoopOf(in view).Next(PassedUntil(node, PollTimer))));
        }
    }

    /// <summary>Works out when the runtime was last seen, if it has answered until now. While a poll is armed, that is the first to find it.</summary>
    private void See(int node, ref View view)
    {
        if (view.Polls && view.Attached && view.Answers && !IsArmed(node, PollTimer))
        {
            view.SeenAt = Math.Max(view.SeenAt, LoopOf(in view).Last(PassedUntil(node, PollTimer)));
        }
    }

    /// <summary>A runtime that answers nothing is down in a while.</summary>
    private void Doubt(int node)
    {
        ref View view = ref _views[node];
        if (view.Polls && view.Attached && !view.Answers && view.Healthy)
        {
            ArmAt(node, DoubtTimer, new SimTime(Math.Max(Now.Nanoseconds, view.SeenAt + LongestSilence)));
        }
    }

    private void LoseTrust(int node)
    {
        ref View view = ref _views[node];
        view.Healthy = false;
        view.DoubtedAt = Now.Nanoseconds;
        Simulation.Drive(_set.Signals[node].Healthy, false, _stages.Restart);
    }

    /// <summary>The kubelet asks the runtime how it is.</summary>
    private void Poll(int node)
    {
        ref View view = ref _views[node];
        if (view.Answers)
        {
            Find(node, ref view);
        }
        if (_isExhaustive)
        {
            ArmAt(node, PollTimer, new SimTime(LoopOf(in view).Next(Now.Nanoseconds)));
        }
    }

    private void Find(int node, ref View view)
    {
        RuntimeSignals signals = _set.Signals[node];
        long now = Now.Nanoseconds;
        // The loop that looks after pods has slept meanwhile; a new kubelet's has not.
        long syncs = view.Healthy || !view.Attached ? now : SyncWaits.Next(view.DoubtedAt, now);
        if (!view.Attached)
        {
            view.Attached = true;
            view.PolledFrom = now;
            Simulation.Drive(signals.Attached, true);
        }
        view.SeenAt = now;
        Disarm(node, DoubtTimer);
        if (!view.Healthy)
        {
            view.Healthy = true;
            Simulation.Drive(signals.Healthy, true);
        }
        if (syncs > now)
        {
            ArmAt(node, SyncTimer, new SimTime(syncs));
        }
        else if (!IsArmed(node, SyncTimer))
        {
            Simulation.Drive(signals.Usable, true);
        }
    }

    /// <summary>What a kubelet knows of its runtime. Instants in nanoseconds.</summary>
    private struct View
    {
        /// <summary>Instant of one of its polls; of one that has not met its runtime, of one of its starts.</summary>
        public long PolledFrom;

        /// <summary>Last poll that was answered, as far as that has been worked out.</summary>
        public long SeenAt;

        /// <summary>When it took the runtime to be down.</summary>
        public long DoubtedAt;

        /// <summary>It has met its runtime.</summary>
        public bool Attached;

        /// <summary>It runs.</summary>
        public bool Polls;

        /// <summary>The runtime answers who asks.</summary>
        public bool Answers;

        /// <summary>It takes the runtime to be up.</summary>
        public bool Healthy;
    }
}
