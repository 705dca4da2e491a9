using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Supervision;

namespace FailoverSim.Models.Apiserver;

/// <summary>
/// kube-apiserver, one slot per process: it opens its port when it has found etcd, exits when it has not after a while, and
/// on a clean stop serves on for a delay.
/// </summary>
/// <remarks>Requests in flight at the end of the delay are taken to need no time.</remarks>
public sealed class Apiservers : Component, IGraceful
{
    private readonly ApiserverSet _set;
    private readonly Processes _processes;
    private readonly ApiserverOptions _options;
    private readonly ClusterStages _stages;
    private readonly State<Phase> _phases;

    /// <param name="builder">The model to join.</param>
    /// <param name="set">The signals.</param>
    /// <param name="processes">The component that runs the processes of <paramref name="set"/>.</param>
    /// <param name="options">Timers.</param>
    /// <param name="stages">What outages wait for.</param>
    public Apiservers(
        ModelBuilder builder, ApiserverSet set, Processes processes, ApiserverOptions options, ClusterStages stages)
        : base(builder, "apiservers", processes.Count, 1)
    {
        _set = set;
        _processes = processes;
        _options = options;
        _stages = stages;
        _phases = NewState<Phase>(Count);
        processes.OnStop(this);
        _ = new EtcdConnections(builder, set, options.EndpointRetry, stages);
        for (int slot = 0; slot < Count; slot++)
        {
            builder.Observe(set.Processes.Signals[slot].Alive, this, slot);
            builder.Observe(set.Processes.Signals[slot].Runs, this, slot);
            builder.Observe(set.Etcd[slot], this, slot);
        }
    }

    public override string EntityName(int slot) => $"apiservers/{_set.Processes.Signals[slot].Machine.Name}";

    /// <inheritdoc/>
    public void Stop(int slot)
    {
        if (_phases[slot] != Phase.Open)
        {
            _processes.Stopped(slot);
            return;
        }
        _phases[slot] = Phase.Draining;
        Simulation.Trace?.OnNote(Now, this, slot, "stops: not ready any more, serves on until it ends");
        Simulation.Drive(_set.NotDraining[slot], false, _stages.Maintenance);
        ArmAfter(slot, 0, _options.ShutdownDelay);
    }

    protected override void Start()
    {
    }

    protected override void OnTimer(int slot, int timer)
    {
        // One that hangs does neither; a stop then ends with the grace.
        if (!Simulation.Signals[_set.Processes.Signals[slot].Runs])
        {
            return;
        }
        if (_phases[slot] == Phase.Draining)
        {
            _processes.Stopped(slot);
        }
        else
        {
            _processes.Exit(slot);
        }
    }

    protected override void OnSignal(int slot)
    {
        ProcessSignals process = _set.Processes.Signals[slot];
        ref Phase phase = ref _phases[slot];
        if (!Simulation.Signals[process.Alive])
        {
            if (phase != Phase.Ended)
            {
                phase = Phase.Ended;
                Disarm(slot, 0);
                Simulation.Drive(_set.Open[slot], false, _stages.StartUp);
                Simulation.Yield(_set.Open[slot]);
                Simulation.Drive(_set.NotDraining[slot], true);
            }
            return;
        }
        if (phase == Phase.Ended)
        {
            phase = Phase.Seeking;
            ArmAfter(slot, 0, _options.EtcdPatience);
        }
        if (phase == Phase.Seeking)
        {
            if (Simulation.Signals[_set.Etcd[slot]] && Simulation.Signals[process.Runs])
            {
                phase = Phase.Open;
                Disarm(slot, 0);
                Simulation.Drive(_set.Open[slot], true);
                Simulation.Trace?.OnNote(Now, this, slot, "has found etcd and opens its port");
            }
            else if (!IsArmed(slot, 0) && Simulation.Signals[process.Runs])
            {
                // It hung when its patience was over.
                _processes.Exit(slot);
            }
        }
    }

    protected override void Encode(int slot, StateWriter writer) => writer.Add((long)_phases[slot]);

    protected override bool SlotsAreSymmetric => false;

    private enum Phase : byte
    {
        /// <summary>The port is open.</summary>
        Open,

        /// <summary>It stops, and serves on.</summary>
        Draining,

        /// <summary>There is no process, or not yet.</summary>
        Ended,

        /// <summary>The process has been started and looks for etcd.</summary>
        Seeking,
    }
}
