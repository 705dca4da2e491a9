using FailoverSim.Kernel.Randomness;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Infrastructure;

namespace FailoverSim.Models.Workloads;

/// <content>What faults make of pods, and what the kubelet's probes do about it.</content>
public sealed partial class Pods
{
    /// <inheritdoc/>
    public void Strike(int slot, Affliction what, double amount, int stage)
    {
        if (what is not (Affliction.Down or Affliction.Hang))
        {
            throw new ArgumentOutOfRangeException(nameof(what), what, "A pod is down or hangs.");
        }
        _strikes!.Add(slot, what, amount, Simulation.Cause, stage);
        ref Pod state = ref _pods[slot];
        bool runs = state.Phase is PodPhase.Starting or PodPhase.Started or PodPhase.Ready or PodPhase.Hanging or PodPhase.Failing
            or PodPhase.Killed or PodPhase.BackingOff;
        if (what == Affliction.Down && runs)
        {
            Disarm(slot, Life);
            state.Cause = Simulation.Cause;
            state.EndedAt = Now.Nanoseconds;
            Enter(slot, PodPhase.Dead);
        }
        else if (what == Affliction.Hang && state.Phase == PodPhase.Ready)
        {
            BeginHang(slot);
        }
    }

    /// <inheritdoc/>
    public void Waiting(int slot, Affliction what, int stage)
    {
        if (_strikes!.SetStage(slot, what, Simulation.Cause, stage))
        {
            Show(slot);
        }
    }

    /// <inheritdoc/>
    public void End(int slot, Affliction what, double amount, bool restarted)
    {
        if (!_strikes!.Remove(slot, what, Simulation.Cause))
        {
            return;
        }
        PodPhase phase = _pods[slot].Phase;
        bool hangs = _strikes.Any(slot, Strikes.Only(Affliction.Hang));
        if (phase == PodPhase.Dead && !_strikes.Any(slot, Strikes.Deaths))
        {
            StartContainer(slot);
        }
        else if (what == Affliction.Hang && !hangs && phase is PodPhase.Hanging or PodPhase.Failing)
        {
            Disarm(slot, Life);
            if (restarted)
            {
                StartContainer(slot);
            }
            else if (phase == PodPhase.Hanging)
            {
                Enter(slot, PodPhase.Ready);
            }
            else
            {
                // The next run of its readiness probe passes.
                Enter(slot, PodPhase.Started);
                ArmAfter(slot, Life, ProbeRest(slot, OptionsOf(slot).Readiness));
            }
        }
    }

    private void BeginHang(int pod)
    {
        ref Pod state = ref _pods[pod];
        state.Cause = Simulation.Cause;
        Enter(pod, PodPhase.Hanging);
        WorkloadOptions options = OptionsOf(pod);
        SimTime unready = FailsAt(pod, options.Readiness);
        SimTime killed = options.Liveness is { } liveness ? FailsAt(pod, liveness) : SimTime.Never;
        state.KillAt = killed.Nanoseconds;
        ArmAt(pod, Life, killed < unready ? killed : unready);
    }

    /// <summary>To the next run of a probe, whose phase is uniform.</summary>
    private SimDuration ProbeRest(int pod, ProbeOptions probe)
    {
        Draws draws = DrawsFor(pod, ProbePhase, _pods[pod].Hangs++);
        return SimDuration.FromSeconds(draws.NextUniform() * (probe.Period.Nanoseconds * 1e-9));
    }

    /// <summary>When a probe whose phase is uniform has failed often enough, if the application hangs from now on.</summary>
    private SimTime FailsAt(int pod, ProbeOptions probe) =>
        Now + ProbeRest(pod, probe) + SimDuration.FromSeconds(
            ((probe.Failures - 1) * (probe.Period.Nanoseconds * 1e-9)) + (probe.Timeout.Nanoseconds * 1e-9));

    /// <summary>A probe has failed often enough: the readiness probe, unless the liveness probe came first.</summary>
    private void FailReadiness(int pod)
    {
        ref Pod state = ref _pods[pod];
        if (state.KillAt <= Now.Nanoseconds)
        {
            Kill(pod);
            return;
        }
        Enter(pod, PodPhase.Failing);
        if (OptionsOf(pod).Liveness is not null)
        {
            ArmAt(pod, Life, new SimTime(state.KillAt));
        }
    }

    private void Kill(int pod)
    {
        Enter(pod, PodPhase.Killed);
        // A hung application does not act on SIGTERM: the kubelet waits for the whole grace period.
        ArmAfter(pod, Life, OptionsOf(pod).Grace);
    }

    private void EndKilled(int pod)
    {
        ref Pod state = ref _pods[pod];
        _strikes!.Clear(pod, Strikes.Only(Affliction.Hang));
        RestartBackoffOf(pod, ref state);
    }

    /// <summary>CrashLoopBackOff: at once the first time, then after 10, 20, 40 … s from the end.</summary>
    private void RestartBackoffOf(int pod, ref Pod state)
    {
        Supervision.RestartBackoff backoff = OptionsOf(pod).Backoff;
        long last = state.EndedAt;
        state.EndedAt = Now.Nanoseconds;
        if (state.Backoff > 0 && Now.Nanoseconds - last > state.Backoff + backoff.Reset.Nanoseconds)
        {
            state.Backoff = 0;
        }
        long delay = state.Backoff;
        state.Backoff = delay == 0 ? backoff.First.Nanoseconds : Math.Min(2 * delay, backoff.Max.Nanoseconds);
        if (delay == 0)
        {
            StartContainer(pod);
            return;
        }
        Enter(pod, PodPhase.BackingOff);
        ArmAfter(pod, Life, new SimDuration(delay));
    }
}
