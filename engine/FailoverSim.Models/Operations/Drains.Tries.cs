using FailoverSim.Kernel.Time;
using FailoverSim.Models.Nodes;

namespace FailoverSim.Models.Operations;

/// <content>What a try does, and when enough is enough.</content>
public sealed partial class Drains
{
    /// <summary>One try, or only a look whether all pods are gone.</summary>
    private void Act(int node, bool isTry)
    {
        ref Drain drain = ref _drains[node];
        if (isTry)
        {
            _nodes.Mark(node, NodeMarks.Cordoned, true);
            if (drain.IsLate || !_drainers[drain.Drainer].Options.RespectsBudgets)
            {
                DeleteAll(node);
            }
            else
            {
                EvictAll(node);
            }
        }
        if (IsOver(node))
        {
            Finish(node);
        }
    }

    /// <summary>Who is late waits for pods that end, but not for a kubelet that says nothing.</summary>
    private bool IsOver(int node) =>
        _pods.CountOn(node) == 0 || (_drains[node].IsLate && _nodes.Is(node, NodeMarks.NotReady));

    private void DeleteAll(int node)
    {
        int next;
        for (int pod = _pods.FirstOn(node); pod >= 0; pod = next)
        {
            next = _pods.NextOn(pod);
            _pods.Delete(pod);
        }
    }

    /// <summary>Those that are being deleted are not met any more: after the first try, only the refused ones are.</summary>
    private void EvictAll(int node)
    {
        ref Drain drain = ref _drains[node];
        bool isRefused = false;
        bool hasProgress = false;
        int next;
        for (int pod = _pods.FirstOn(node); pod >= 0; pod = next)
        {
            next = _pods.NextOn(pod);
            if (_pods.TryEvict(pod))
            {
                hasProgress = true;
            }
            else
            {
                isRefused = true;
            }
        }
        if (isRefused && (hasProgress || !drain.IsRefused))
        {
            drain.StuckSince = Now;
            Report(node, "refused");
        }
        if (isRefused || drain.IsRefused)
        {
            drain.IsRefused = isRefused;
            ArmLimit(node);
        }
    }

    private void Finish(int node)
    {
        ref Drain drain = ref _drains[node];
        drain.Step = Step.Drained;
        Leave(node);
        Disarm(node, Next);
        Disarm(node, Limit);
        Report(node, "drained");
        _drainers[drain.Drainer].Drainer.Drained(node);
    }

    private void Free(int node)
    {
        Leave(node);
        _drains[node].Step = Step.Free;
        _nodes.Mark(node, NodeMarks.Cordoned, false);
        Report(node, "uncordoned");
    }

    /// <summary>Whether it is the time-out, so that something is to be done now.</summary>
    private bool ReachLimit(int node)
    {
        ref Drain drain = ref _drains[node];
        bool isTimeout = Now == TimeoutOf(in drain);
        if (isTimeout)
        {
            drain.IsLate = true;
            drain.IsRefused = false;
            Simulation.Count(_timeouts);
            Report(node, "timed out");
        }
        else
        {
            drain.IsCounted = true;
            Simulation.Count(_blocked);
            Report(node, "blocked");
        }
        ArmLimit(node);
        return isTimeout;
    }

    private void ArmLimit(int node)
    {
        ref Drain drain = ref _drains[node];
        SimTime limit = drain.IsLate ? SimTime.Never : TimeoutOf(in drain);
        if (drain is { IsRefused: true, IsCounted: false } && drain.StuckSince + Patience < limit)
        {
            limit = drain.StuckSince + Patience;
        }
        if (limit.IsNever)
        {
            Disarm(node, Limit);
        }
        else
        {
            ArmAt(node, Limit, limit);
        }
    }

    private SimTime TimeoutOf(in Drain drain) =>
        _drainers[drain.Drainer].Options.Timeout is { } timeout ? drain.Began + timeout : SimTime.Never;
}
