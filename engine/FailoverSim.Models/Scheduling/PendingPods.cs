using FailoverSim.Kernel;

namespace FailoverSim.Models.Scheduling;

/// <summary>Where pods without a node wait: in line for the scheduler, out of line for a while, or until something happens that could help.</summary>
internal sealed class PendingPods
{
    private const int Active = 0;
    private const int FirstStep = 1;

    private readonly int _steps;
    private readonly LinkedLists _pods;

    /// <summary>The workloads that have unschedulable pods, as one list.</summary>
    private readonly LinkedLists _workloads;

    /// <param name="builder">The model to join.</param>
    /// <param name="pods">Pods in all.</param>
    /// <param name="workloads">Workloads in all.</param>
    /// <param name="steps">Seconds that the longest back-off can last, as the back-off loop counts them.</param>
    public PendingPods(ModelBuilder builder, int pods, int workloads, int steps)
    {
        _steps = steps;
        _pods = new LinkedLists(builder, pods, FirstStep + steps + workloads);
        _workloads = new LinkedLists(builder, workloads, 1);
    }

    /// <summary>activeQ: the pod that is tried next, −1 for none.</summary>
    public int FirstActive => _pods.First(Active);

    /// <summary>First workload with unschedulable pods, −1 for none.</summary>
    public int FirstWorkload => _workloads.First(0);

    /// <summary>Ticks of the back-off loop that can be told apart.</summary>
    public int Steps => _steps;

    public bool AnyUnschedulable => _workloads.Count(0) > 0;

    public bool IsPending(int pod) => _pods.ListOf(pod) >= 0;

    public bool IsUnschedulable(int pod) => _pods.ListOf(pod) >= FirstStep + _steps;

    /// <summary>The next workload with unschedulable pods; to be asked for before pods of this one leave.</summary>
    public int NextWorkload(int workload) => _workloads.Next(workload);

    public int CountUnschedulable(int workload) => _pods.Count(FirstStep + _steps + workload);

    /// <summary>unschedulablePods of a workload: the one that has waited longest, −1 for none.</summary>
    public int FirstUnschedulable(int workload) => _pods.First(FirstStep + _steps + workload);

    /// <summary>backoffQ: first of the pods that are due at a tick of the back-off loop.</summary>
    public int FirstAt(long tick) => _pods.First(StepOf(tick));

    /// <summary>The next one in the same list; to be asked for before the pod leaves.</summary>
    public int Next(int pod) => _pods.Next(pod);

    public void AddActive(int pod) => _pods.Add(Active, pod);

    public void AddAt(long tick, int pod) => _pods.Add(StepOf(tick), pod);

    public void AddUnschedulable(int workload, int pod)
    {
        if (CountUnschedulable(workload) == 0)
        {
            _workloads.Add(0, workload);
        }
        _pods.Add(FirstStep + _steps + workload, pod);
    }

    /// <summary>Takes a pod out, wherever it waits.</summary>
    public void Remove(int pod)
    {
        int workload = _pods.ListOf(pod) - FirstStep - _steps;
        _pods.Remove(pod);
        if (workload >= 0 && CountUnschedulable(workload) == 0)
        {
            _workloads.Remove(workload);
        }
    }

    /// <summary>The first tick from a given one on at which pods are due, −1 for none.</summary>
    public long NextTick(long from)
    {
        for (long tick = from; tick < from + _steps; tick++)
        {
            if (_pods.Count(StepOf(tick)) > 0)
            {
                return tick;
            }
        }
        return -1;
    }

    private int StepOf(long tick) => FirstStep + (int)(tick % _steps);
}
