using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;

namespace FailoverSim.Models.Supervision;

/// <summary>
/// kubelet's liveness probes of the processes of one kind: who fails too many in a row is killed and restarted.
/// </summary>
/// <remarks>
/// Probes start at the ticks of a clock with a uniform phase, or at once where the last one outlasted a tick
/// (pkg/kubelet/prober/worker.go: a ticker keeps one tick). A probe that finds the process well takes no time and, with
/// <see cref="Fidelity.Elided"/>, is no event. Until a new process has answered well once, its startup probe counts
/// instead; the time before it listens does not. A kubelet whose machine hangs asks nobody.
/// </remarks>
public sealed class Liveness : Component
{
    private static readonly Purpose Phases = Purpose.Named("phase");

    private readonly Processes _processes;
    private readonly ImmutableArray<ProcessSignals> _signals;
    private readonly ImmutableArray<Signal> _live;
    private readonly LivenessOptions _options;
    private readonly Fidelity _fidelity;
    private readonly State<Probe> _probes;

    /// <param name="builder">The model to join.</param>
    /// <param name="processes">Who is probed, and killed.</param>
    /// <param name="live">What the probe asks, per process: false while it would fail or not be answered.</param>
    /// <param name="options">Timers.</param>
    /// <param name="fidelity">Whether probes that succeed are events.</param>
    public Liveness(
        ModelBuilder builder, Processes processes, IReadOnlyList<Signal> live, LivenessOptions options, Fidelity fidelity)
        : base(builder, $"liveness/{processes.Set.Kind}", processes.Count, 1)
    {
        _processes = processes;
        _signals = processes.Set.Signals;
        _live = [.. live];
        _options = options;
        _fidelity = fidelity;
        _probes = NewState<Probe>(Count);
        for (int slot = 0; slot < Count; slot++)
        {
            builder.Observe(_live[slot], this, slot);
            builder.Observe(_signals[slot].Alive, this, slot);
            builder.Observe(_signals[slot].Runs, this, slot);
            builder.Observe(_signals[slot].Machine.Up, this, slot);
        }
    }

    public override string EntityName(int slot) => $"liveness/{_signals[slot].Name}";

    protected override void Start()
    {
        for (int slot = 0; slot < Count; slot++)
        {
            BeQuiet(slot);
        }
    }

    protected override void OnTimer(int slot, int timer)
    {
        ref Probe probe = ref _probes[slot];
        switch (probe.Phase)
        {
            case Phase.Quiet:
                Simulation.Resume(default);
                Succeed(slot);
                BeQuiet(slot);
                break;
            case Phase.Waiting:
                Ask(slot);
                break;
            case Phase.Asking:
                Fail(slot);
                break;
        }
    }

    protected override void OnSignal(int slot)
    {
        ref Probe probe = ref _probes[slot];
        if (!Simulation.Signals[_signals[slot].Alive])
        {
            Disarm(slot, 0);
            probe = new Probe { Phase = Phase.Away, IsNew = true };
        }
        else if (probe.Phase != Phase.Killed)
        {
            Follow(slot);
        }
    }

    protected override void Encode(int slot, StateWriter writer)
    {
        ref Probe probe = ref _probes[slot];
        writer.Add((long)probe.Phase);
        writer.Add(probe.Failures);
        writer.Add(probe.IsNew ? 1 : 0);
        writer.Add(NextTick(slot, Now.Nanoseconds) - Now.Nanoseconds);
        writer.Add(Now.Nanoseconds - (probe.Phase == Phase.Asking ? probe.AskedAt : Now.Nanoseconds));
        // Only whether a probe has succeeded since matters.
        writer.Add(probe.Phase == Phase.Quiet && HasSucceeded(slot) ? 1 : 0);
    }

    private void Follow(int slot)
    {
        ref Probe probe = ref _probes[slot];
        bool supervised = Simulation.Signals[_signals[slot].Machine.Up];
        bool live = Simulation.Signals[_live[slot]];
        if (probe.Phase == Phase.Quiet && !(supervised && live) && HasSucceeded(slot))
        {
            Succeed(slot);
        }
        if (!supervised)
        {
            Disarm(slot, 0);
            probe.Phase = Phase.Away;
        }
        else if (live)
        {
            if (probe.Phase == Phase.Asking)
            {
                Succeed(slot);
            }
            if (probe.Phase != Phase.Quiet)
            {
                Disarm(slot, 0);
                probe.LiveSince = NotYet(slot);
                BeQuiet(slot);
            }
        }
        else if (probe.Phase == Phase.Asking)
        {
            if (probe.Ran != Simulation.Signals[_signals[slot].Runs])
            {
                AwaitAnswer(slot);
            }
        }
        else if (probe.Phase != Phase.Waiting)
        {
            AwaitTick(slot, NotYet(slot));
        }
    }

    /// <summary>A probe starts, of a process that is not well.</summary>
    private void Ask(int slot)
    {
        _probes[slot].Phase = Phase.Asking;
        _probes[slot].AskedAt = Now.Nanoseconds;
        AwaitAnswer(slot);
    }

    /// <summary>One that runs says that it is not well; one that hangs says nothing.</summary>
    private void AwaitAnswer(int slot)
    {
        ref Probe probe = ref _probes[slot];
        probe.Ran = Simulation.Signals[_signals[slot].Runs];
        SimTime patience = new SimTime(probe.AskedAt) + _options.Timeout;
        SimTime answer = Now + _options.FailsAfter;
        ArmAt(slot, 0, probe.Ran && answer < patience ? answer : patience);
    }

    private void Fail(int slot)
    {
        ref Probe probe = ref _probes[slot];
        probe.Failures++;
        if (probe.Failures >= (probe.IsNew ? _options.StartupFailures : _options.Failures))
        {
            probe.Phase = Phase.Killed;
            _processes.Kill(slot);
        }
        else if (NextTick(slot, probe.AskedAt + 1) <= Now.Nanoseconds)
        {
            Ask(slot);
        }
        else
        {
            AwaitTick(slot, NotYet(slot));
        }
    }

    private void Succeed(int slot)
    {
        _probes[slot].Failures = 0;
        _probes[slot].IsNew = false;
    }

    private void BeQuiet(int slot)
    {
        _probes[slot].Phase = Phase.Quiet;
        if (_fidelity == Fidelity.Exhaustive)
        {
            ArmAt(slot, 0, new SimTime(NextTick(slot, Math.Max(NotYet(slot), FirstProbe(slot)))));
        }
    }

    private void AwaitTick(int slot, long from)
    {
        _probes[slot].Phase = Phase.Waiting;
        ArmAt(slot, 0, new SimTime(NextTick(slot, Math.Max(from, FirstProbe(slot)))));
    }

    /// <summary>Whether a probe that was no event has started since the process has been well.</summary>
    private bool HasSucceeded(int slot) => _fidelity == Fidelity.Elided
        && NextTick(slot, Math.Max(_probes[slot].LiveSince, FirstProbe(slot))) < NotYet(slot);

    /// <summary>A probe that is due at this instant or after it has not started.</summary>
    private long NotYet(int slot) => PassedUntil(slot, 0) + 1;

    /// <summary>Earliest instant of a probe of the present process; those of t = 0 have run for long.</summary>
    private long FirstProbe(int slot)
    {
        long started = _processes.StartedAt(slot).Nanoseconds;
        return started == 0 ? 0 : started + _options.InitialDelay.Nanoseconds;
    }

    /// <summary>The first tick at or after an instant.</summary>
    private long NextTick(int slot, long from)
    {
        long period = _options.Period.Nanoseconds;
        long phase = (long)(DrawsFor(slot, Phases, 0).NextUniform() * period);
        return from <= phase ? phase : phase + ((from - phase + period - 1) / period * period);
    }

    private enum Phase : byte
    {
        /// <summary>The process is well.</summary>
        Quiet,

        /// <summary>There is nobody to ask, or nobody who asks.</summary>
        Away,

        /// <summary>The process is not well; the next probe will show it.</summary>
        Waiting,

        /// <summary>A probe is under way.</summary>
        Asking,

        /// <summary>The process has been killed and has not ended.</summary>
        Killed,
    }

    private struct Probe
    {
        /// <summary>Since when the process is well, while it is.</summary>
        public long LiveSince;

        public long AskedAt;

        /// <summary>In a row.</summary>
        public int Failures;

        public Phase Phase;

        /// <summary>It has not succeeded yet since it was started: the startup probe counts.</summary>
        public bool IsNew;

        /// <summary>The process ran when the answer was worked out.</summary>
        public bool Ran;
    }
}
