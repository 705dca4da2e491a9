using FailoverSim.Kernel.Randomness;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Supervision;

namespace FailoverSim.Models.Workloads;

/// <content>What faults make of pods, and what the kubelet's probes do about it.</content>
public sealed partial class Pods
{
    /// <summary>Pods come and go: no gate knows them by their places.</summary>
    public Signal? ConditionOf(int slot, Affliction what) => null;

    /// <inheritdoc/>
    public void Strike(int slot, Affliction what, double amount, int stage)
    {
        if (what is not (Affliction.Down or Affliction.Hang))
        {
            throw new ArgumentOutOfRangeException(nameof(what), what, "A pod is down or hangs.");
        }
        _strikes!.Add(slot, what, amount, Simulation.Cause, stage);
        ref Pod state = ref _pods[slot];
        if (what == Affliction.Down && RemainsOf(state.Phase) != Remains.Nothing)
        {
            Disarm(slot, Life);
            Enter(slot, PodPhase.Dead);
        }
        else if (what == Affliction.Hang && state.Phase == PodPhase.Ready)
        {
            BeginHang(slot);
        }
        else if (state.Phase == PodPhase.Dead)
        {
            Show(slot, ref state);
        }
    }

    /// <inheritdoc/>
    public void Waiting(int slot, Affliction what, int stage)
    {
        if (_strikes!.SetStage(slot, what, Simulation.Cause, stage))
        {
            Show(slot, ref _pods[slot]);
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
        if (phase == PodPhase.Dead)
        {
            // Where another fault holds it still, it stays dead.
            StartContainer(slot);
        }
        else if (phase is PodPhase.Hanging or PodPhase.Failing && !_strikes.Any(slot, Hangs) && (restarted || _pods[slot].Mark > Now.Nanoseconds))
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
        Enter(pod, PodPhase.Hanging);
        WorkloadOptions options = OptionsOf(pod);
        SimTime unready = FailsAt(pod, options.Readiness);
        SimTime killed = options.Liveness is { } liveness ? FailsAt(pod, liveness) : SimTime.Never;
        SimTime ended = killed + options.Grace;
        _pods[pod].Mark = killed.Nanoseconds;
        ArmAt(pod, Life, ended < unready ? ended : unready);
    }

    /// <summary>To the next run of a probe, whose phase is uniform.</summary>
    private SimDuration ProbeRest(int pod, ProbeOptions probe)
    {
        Draws draws = DrawsFor(pod, ProbePhase, _pods[pod].Changes++);
        return SimDuration.FromSeconds(draws.NextUniform() * probe.Period.Seconds);
    }

    /// <summary>When a probe whose phase is uniform has failed often enough, if the application hangs from now on.</summary>
    private SimTime FailsAt(int pod, ProbeOptions probe) =>
        Now + ProbeRest(pod, probe) + new SimDuration(((probe.Failures - 1) * probe.Period.Nanoseconds) + probe.Timeout.Nanoseconds);

    /// <summary>
    /// The readiness probe has failed often enough, or the container has ended before. One whose liveness probe failed first
    /// counts as ready all the same while it is being stopped.
    /// </summary>
    private void FailReadiness(int pod)
    {
        SimTime killed = new(_pods[pod].Mark);
        if (killed + OptionsOf(pod).Grace <= Now)
        {
            RestartWithBackoff(pod);
        }
        else if (killed <= Now)
        {
            Kill(pod);
        }
        else
        {
            Enter(pod, PodPhase.Failing);
            if (!killed.IsNever)
            {
                ArmAt(pod, Life, killed);
            }
        }
    }

    /// <summary>A hung application does not act on SIGTERM: the kubelet waits for the whole grace period.</summary>
    private void Kill(int pod)
    {
        Enter(pod, PodPhase.Killed);
        ArmAt(pod, Life, new SimTime(_pods[pod].Mark) + OptionsOf(pod).Grace);
    }

    /// <summary>CrashLoopBackOff: at once the first time, then after 10, 20, 40 … s from the end. Without a runtime nothing is killed.</summary>
    private void RestartWithBackoff(int pod)
    {
        ref Pod state = ref _pods[pod];
        if (_nodePods[state.Node].IsIdle)
        {
            Enter(pod, PodPhase.Killed);
            return;
        }
        RestartBackoff backoff = OptionsOf(pod).Backoff;
        if (Now.Nanoseconds - state.RestartedAt > backoff.Reset.Nanoseconds)
        {
            state.Restarts = 0;
        }
        long delay = DelayOf(state.Restarts, backoff);
        state.RestartedAt = Now.Nanoseconds + delay;
        if (state.Restarts < byte.MaxValue)
        {
            state.Restarts++;
        }
        if (delay == 0)
        {
            StartContainer(pod);
            return;
        }
        Enter(pod, PodPhase.BackingOff);
        ArmAfter(pod, Life, new SimDuration(delay));
    }

    private static long DelayOf(int restarts, RestartBackoff backoff)
    {
        long delay = restarts == 0 ? 0 : backoff.First.Nanoseconds;
        for (int i = 1; i < restarts && delay < backoff.Max.Nanoseconds; i++)
        {
            delay *= 2;
        }
        return Math.Min(delay, backoff.Max.Nanoseconds);
    }
}
