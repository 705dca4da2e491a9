using FailoverSim.Kernel.Time;

namespace FailoverSim.Models.Scheduling;

/// <summary>Back-off, and the loops that let pods try again. Their ticks are events only while a pod is due, or any waits.</summary>
public sealed partial class Scheduler
{
    /// <summary>Of flushBackoffQCompleted.</summary>
    private static readonly SimDuration BackoffPeriod = SimDuration.FromSeconds(1);

    /// <summary>Of flushUnschedulablePodsLeftover.</summary>
    private static readonly SimDuration FlushPeriod = SimDuration.FromSeconds(30);

    /// <summary>An unschedulable pod gets back in line, once its back-off is over.</summary>
    private void Retry(int pod)
    {
        _pending.Remove(pod);
        long due = _pods[pod].FailedAt + BackoffAfter(_pods[pod].Attempts);
        if (due <= Now.Nanoseconds)
        {
            _pending.AddActive(pod);
            return;
        }
        long tick = (due - State.Since + BackoffPeriod.Nanoseconds - 1) / BackoffPeriod.Nanoseconds;
        _pending.AddAt(tick, pod);
        SimTime at = InstantOf(BackoffPeriod, tick);
        if (!IsArmed(0, BackoffTimer) || at.Nanoseconds < State.BackoffDue)
        {
            ArmBackoff(at);
        }
    }

    private long BackoffAfter(int attempts)
    {
        long most = _options.PodMaxBackoff.Nanoseconds;
        long backoff = _options.PodInitialBackoff.Nanoseconds;
        for (int i = 1; i < attempts && backoff < most; i++)
        {
            backoff = backoff > most / 2 ? most : 2 * backoff;
        }
        return Math.Min(backoff, most);
    }

    private void EndBackoffs()
    {
        long tick = (Now.Nanoseconds - State.Since) / BackoffPeriod.Nanoseconds;
        for (int pod = _pending.FirstAt(tick); pod >= 0; pod = _pending.FirstAt(tick))
        {
            _pending.Remove(pod);
            _pending.AddActive(pod);
        }
        long next = _pending.NextTick(tick + 1);
        if (next >= 0)
        {
            ArmBackoff(InstantOf(BackoffPeriod, next));
        }
    }

    /// <summary>Pods that have waited too long are tried whether or not there is a reason; those that fail again only take time.</summary>
    private void Flush()
    {
        State.FreeAt = Math.Max(State.FreeAt, Now.Nanoseconds);
        int nextWorkload;
        for (int workload = _pending.FirstWorkload; workload >= 0; workload = nextWorkload)
        {
            nextWorkload = _pending.NextWorkload(workload);
            int next;
            for (int pod = _pending.FirstUnschedulable(workload); pod >= 0; pod = next)
            {
                next = _pending.Next(pod);
                if (_pods[pod].FailedAt >= Now.Nanoseconds - _options.UnschedulableFlush.Nanoseconds)
                {
                    continue;
                }
                if (NodeFor(pod) >= 0)
                {
                    Retry(pod);
                }
                else
                {
                    _pods[pod].Attempts++;
                    _pods[pod].FailedAt = Now.Nanoseconds;
                    State.FreeAt += _options.Cycle.Nanoseconds;
                }
            }
        }
        if (_pending.AnyUnschedulable)
        {
            ArmQuietly(FlushTimer, Now + FlushPeriod);
        }
    }

    private void ArmBackoff(SimTime at)
    {
        State.BackoffDue = at.Nanoseconds;
        ArmQuietly(BackoffTimer, at);
    }

    /// <summary>Number of the next tick of a loop that began with the scheduler.</summary>
    private long NextTick(SimDuration period) => (Now.Nanoseconds - State.Since) / period.Nanoseconds + 1;

    private SimTime InstantOf(SimDuration period, long tick) => new(State.Since + tick * period.Nanoseconds);
}
