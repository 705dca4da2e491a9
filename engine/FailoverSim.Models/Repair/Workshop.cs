using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;

namespace FailoverSim.Models.Repair;

/// <summary>All crews of a scenario, the jobs that wait for them, and the parts that the jobs need.</summary>
/// <remarks>
/// A job starts when somebody is free and on duty and its part is in stock; it waits for either without holding the other.
/// Semantics: scenario language §6, points 27 to 33.
/// </remarks>
public sealed class Workshop : Component
{
    private readonly ImmutableArray<CrewOptions> _crews;
    private readonly ImmutableArray<JobClass> _classes;
    private readonly ImmutableArray<JobClass> _classesWithoutCrew;
    private readonly ImmutableArray<ImmutableArray<JobClass>> _classesOfCrew;
    private readonly ImmutableArray<SpareShelf> _shelves;
    private readonly ImmutableArray<JobQueue> _queues;

    [Wiring]
    private readonly SortedList<int, IJobOwner> _owners = [];

    private readonly State<Job> _jobs;
    private readonly State<int> _busy;

    /// <param name="builder">The model to join.</param>
    /// <param name="crews">In the order in which <c>crew: any</c> tries them; may be empty.</param>
    /// <param name="classes">Kinds of jobs.</param>
    /// <param name="spares">Parts: name, stock, level that triggers an order, time of delivery.</param>
    /// <param name="jobs">Number of jobs there can be: one per unit and per unit inspected.</param>
    public Workshop(
        ModelBuilder builder,
        IReadOnlyList<CrewOptions> crews,
        IReadOnlyList<JobClass> classes,
        IReadOnlyList<SpareOptions> spares,
        int jobs)
        : base(builder, "workshop/crews", Math.Max(1, crews.Count), 1)
    {
        _crews = [.. crews];
        _classes = [.. classes];
        _classesWithoutCrew = [.. classes.Where(c => c.Crews.Length == 0)];
        _classesOfCrew = [.. crews.Select((_, crew) => classes.Where(c => c.Crews.Contains(crew)).ToImmutableArray())];
        _shelves = [.. spares.Select((s, i) => new SpareShelf(builder, s, () => PartsArrived(i)))];
        _busy = NewState<int>(Count);
        _jobs = NewState<Job>(jobs);
        _queues = [.. classes.Select(_ => new JobQueue(NewState<int>(jobs + 1), _jobs))];
    }

    public override string EntityName(int slot) => slot < _crews.Length ? $"crews/{_crews[slot].Name}" : Name;

    /// <summary>When the crew that is called for a job now will have answered.</summary>
    public SimTime AnsweredAt(JobClass jobClass, ref Draws draws)
    {
        if (jobClass.Crews.Length == 0)
        {
            return Now;
        }
        int called = jobClass.Crews[0];
        if (jobClass.Crews.Length == 1 && _crews[called].Answer is null)
        {
            return Now;
        }
        SimTime onDuty = _crews[called].Duty.NextOnDuty(Now);
        foreach (int crew in jobClass.Crews)
        {
            SimTime other = _crews[crew].Duty.NextOnDuty(Now);
            if (other < onDuty)
            {
                called = crew;
                onDuty = other;
            }
        }
        return _crews[called].Answer is { } answer ? onDuty + SimDuration.FromSeconds(answer.Draw(ref draws)) : Now;
    }

    /// <summary>A job joins the queue of its class.</summary>
    /// <param name="job">Number of the job.</param>
    /// <param name="jobClass">What it needs.</param>
    /// <param name="since">When the need arose (time of failure, in nanoseconds): the order of the queue.</param>
    public void Join(int job, JobClass jobClass, long since)
    {
        _jobs[job] = new Job { Class = jobClass.Index, Since = since, Crew = Job.Nobody };
        _queues[jobClass.Index].Add(job);
        Preempt(jobClass);
        Dispatch();
        if (_jobs[job].Crew == Job.Nobody)
        {
            OwnerOf(job, out int slot).AwaitTurn(slot, IsPartMissing(jobClass));
        }
    }

    /// <summary>A job has ended: whoever did it is free.</summary>
    public void Done(int job)
    {
        if (_jobs[job].Crew >= 0)
        {
            _busy[_jobs[job].Crew]--;
        }
        _jobs[job].Crew = Job.Nobody;
        Dispatch();
    }

    /// <summary>Whose jobs these are; only while the model is built.</summary>
    internal void Employ(IJobOwner owner, int firstJob, int count)
    {
        if (firstJob + count > _jobs.Count)
        {
            throw new ArgumentOutOfRangeException(nameof(count), count, "More jobs than the workshop was built for.");
        }
        _owners.Add(firstJob, owner);
    }

    protected override void Start()
    {
    }

    /// <summary>A crew comes on duty.</summary>
    protected override void OnTimer(int slot, int timer) => Dispatch();

    protected override void Encode(int slot, StateWriter writer)
    {
        writer.Add(_busy[slot]);
        if (slot == 0)
        {
            foreach (JobQueue queue in _queues)
            {
                queue.Encode(writer);
            }
        }
    }

    /// <summary>Slots are crews with names of their own.</summary>
    protected override bool SlotsAreSymmetric => false;

    private void PartsArrived(int shelf)
    {
        Dispatch();
        Restate(shelf);
    }

    /// <summary>Starts every job that can be started.</summary>
    private void Dispatch()
    {
        foreach (JobClass jobClass in _classesWithoutCrew)
        {
            while (!_queues[jobClass.Index].IsEmpty && !IsPartMissing(jobClass))
            {
                Begin(_queues[jobClass.Index].TakeFirst(), Job.NobodyNeeded);
            }
        }
        for (int crew = 0; crew < _crews.Length; crew++)
        {
            while (_busy[crew] < _crews[crew].Size && Best(crew) is int best)
            {
                if (!_crews[crew].Duty.IsOnDuty(Now))
                {
                    WakeUp(crew);
                    break;
                }
                Begin(_queues[best].TakeFirst(), crew);
            }
        }
    }

    /// <summary>The class whose first job the crew would take next, on duty or not; null if there is none.</summary>
    private int? Best(int crew)
    {
        JobClass? best = null;
        foreach (JobClass jobClass in _classesOfCrew[crew])
        {
            if (!_queues[jobClass.Index].IsEmpty && !IsPartMissing(jobClass)
                && (best is null || ComesBefore(jobClass, best, _crews[crew].MostUrgentFirst)))
            {
                best = jobClass;
            }
        }
        return best?.Index;
    }

    private bool ComesBefore(JobClass one, JobClass other, bool mostUrgentFirst)
    {
        int urgency = mostUrgentFirst ? Distance(one).CompareTo(Distance(other)) : 0;
        return urgency < 0 || (urgency == 0 && JobQueue.Compare(_jobs, _queues[one.Index].First, _queues[other.Index].First) < 0);
    }

    private void Begin(int job, int crew)
    {
        ref Job state = ref _jobs[job];
        JobClass jobClass = _classes[state.Class];
        bool resumed = state.IsPaused;
        state.Crew = crew;
        state.IsPaused = false;
        if (crew >= 0)
        {
            _busy[crew]++;
        }
        if (jobClass.Shelf >= 0 && !state.HasPart)
        {
            _shelves[jobClass.Shelf].Take();
            state.HasPart = true;
            Restate(jobClass.Shelf);
        }
        OwnerOf(job, out int slot).Begin(slot, resumed);
    }

    /// <summary>A crew that allows it drops the least urgent of its jobs for a strictly more urgent one.</summary>
    private void Preempt(JobClass jobClass)
    {
        foreach (int crew in jobClass.Crews)
        {
            CrewOptions options = _crews[crew];
            if (!options.Preempt || !options.MostUrgentFirst || _busy[crew] < options.Size
                || !options.Duty.IsOnDuty(Now) || IsPartMissing(jobClass))
            {
                continue;
            }
            int least = -1;
            for (int job = 0; job < _jobs.Count; job++)
            {
                if (_jobs[job].Crew == crew && _busy[crew] > 0
                    && (least < 0 || Distance(_classes[_jobs[job].Class]) >= Distance(_classes[_jobs[least].Class])))
                {
                    least = job;
                }
            }
            if (Distance(_classes[_jobs[least].Class]) > Distance(jobClass))
            {
                Interrupt(least, crew);
                return;
            }
        }
    }

    private void Interrupt(int job, int crew)
    {
        ref Job state = ref _jobs[job];
        state.Crew = Job.Nobody;
        state.IsPaused = true;
        _busy[crew]--;
        IJobOwner owner = OwnerOf(job, out int slot);
        owner.Pause(slot);
        owner.AwaitTurn(slot, partMissing: false);
        _queues[state.Class].Add(job);
    }

    private void WakeUp(int crew)
    {
        SimTime next = _crews[crew].Duty.NextOnDuty(Now);
        if (!next.IsNever)
        {
            ArmAt(crew, 0, next);
        }
    }

    /// <summary>Least distance of a service from an outage; a service that is down comes first.</summary>
    private int Distance(JobClass jobClass)
    {
        int least = int.MaxValue;
        foreach (Signal service in jobClass.Services)
        {
            least = Math.Min(least, Simulation.Signals.Distance(service));
        }
        return least;
    }

    /// <summary>Whether the first job of a class lacks its part; a job that was interrupted has it already.</summary>
    private bool IsPartMissing(JobClass jobClass) =>
        jobClass.Shelf >= 0
        && _shelves[jobClass.Shelf].IsEmpty
        && (_queues[jobClass.Index].IsEmpty || !_jobs[_queues[jobClass.Index].First].HasPart);

    /// <summary>The stock of a part has changed: the jobs that wait now wait for something else.</summary>
    private void Restate(int shelf)
    {
        foreach (JobClass jobClass in _classes)
        {
            if (jobClass.Shelf == shelf)
            {
                JobQueue queue = _queues[jobClass.Index];
                for (int i = 0; i < queue.Count; i++)
                {
                    int job = queue[i];
                    OwnerOf(job, out int slot).AwaitTurn(slot, _shelves[shelf].IsEmpty && !_jobs[job].HasPart);
                }
            }
        }
    }

    private IJobOwner OwnerOf(int job, out int slot)
    {
        int owner = _owners.Count - 1;
        while (_owners.Keys[owner] > job)
        {
            owner--;
        }
        slot = job - _owners.Keys[owner];
        return _owners.Values[owner];
    }
}
