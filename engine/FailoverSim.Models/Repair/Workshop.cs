using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;

namespace FailoverSim.Models.Repair;

/// <summary>All crews of a scenario, the jobs that wait for them, and the parts that the jobs need.</summary>
/// <remarks>
/// A job starts when somebody is free and on duty and its part is in stock; it waits for either without holding the other.
/// What it means to its users: engine/docs/language.md, crews and spares.
/// </remarks>
public sealed partial class Workshop : Component
{
    private const int None = -1;
    private const int NoShelf = -1;

    private readonly ImmutableArray<CrewOptions> _crews;
    private readonly ImmutableArray<LawId?> _answers;
    private readonly ImmutableArray<Line> _lines;
    private readonly ImmutableArray<int> _lineOfInterrupted;
    private readonly ImmutableArray<int> _contestOf;
    private readonly ImmutableArray<SpareShelf> _shelves;

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
        _answers = [.. crews.Select(c => c.Answer is { } answer ? builder.Law(answer) : (LawId?)null)];
        _shelves = [.. spares.Select((s, i) => new SpareShelf(builder, s, () => PartsArrived(i)))];
        _busy = NewState<int>(Count);
        _jobs = NewState<Job>(jobs);
        // One line per class, and one more for interrupted jobs where there can be any: those have their part already.
        ImmutableArray<JobClass> interruptible = [.. classes.Where(c => c.Crews.Any(crew => MayInterrupt(crew)))];
        _lines = [.. classes.Concat(interruptible).Select((c, i) => new Line(
            c, i < classes.Count ? c.Shelf : NoShelf, new JobQueue(NewState<int>(jobs + 1), _jobs)))];
        _contestOf = Contests(classes, spares.Count, interruptible);
        _lineOfInterrupted = [.. classes.Select(c => classes.Count + interruptible.IndexOf(c))];
    }

    public override string EntityName(int slot) => slot < _crews.Length ? $"crews/{_crews[slot].Name}" : Name;

    /// <summary>Calls a crew for a job.</summary>
    /// <returns>From when on it takes its time to answer, and how long; null: it is there at once.</returns>
    public (SimTime From, LawId? Answer) Call(JobClass jobClass)
    {
        if (jobClass.Crews.Length == 0)
        {
            return (Now, null);
        }
        int called = jobClass.Crews[0];
        if (jobClass.Crews.Length == 1 && _answers[called] is null)
        {
            return (Now, null);
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
        return _answers[called] is { } answer ? (onDuty, answer) : (Now, null);
    }

    /// <summary>There is a need that a call will follow later: jobs wait in the order of needs.</summary>
    public void Foresee(int job, JobClass jobClass, long since) =>
        _jobs[job] = new Job { Line = jobClass.Index, Since = since, Crew = Job.Nobody, IsForeseen = true };

    /// <summary>A job joins the line of its class; it is started, if it can be, when the round has settled.</summary>
    /// <param name="job">Number of the job.</param>
    /// <param name="jobClass">What it needs.</param>
    /// <param name="since">When the need arose (time of failure, in nanoseconds): the order of the line.</param>
    public void Join(int job, JobClass jobClass, long since)
    {
        _jobs[job] = new Job { Line = jobClass.Index, Since = since, Crew = Job.Nobody };
        _lines[jobClass.Index].Queue.Add(job);
        OwnerOf(job, out int slot).AwaitTurn(slot, IsPartMissing(_lines[jobClass.Index]));
        ReactWhenSettled(0);
    }

    /// <summary>A job has ended: whoever did it is free.</summary>
    public void Done(int job)
    {
        if (_jobs[job].Crew >= 0)
        {
            _busy[_jobs[job].Crew]--;
        }
        _jobs[job].Crew = Job.Nobody;
        ReactWhenSettled(0);
    }

    /// <summary>A job is called off, whether it waits or is in hand: whoever did it is free; a part that it has used is gone.</summary>
    public void Withdraw(int job)
    {
        if (_jobs[job].Crew == Job.Nobody)
        {
            _lines[_jobs[job].Line].Queue.Remove(job);
            _jobs[job].IsPaused = false;
        }
        else
        {
            Done(job);
        }
    }

    /// <summary>How many jobs of its line stand before a waiting job; −1: it does not wait.</summary>
    internal int PlaceOf(int job) => _lines.IsEmpty ? -1 : _lines[_jobs[job].Line].Queue.PlaceOf(job);

    /// <summary>Who has a job in hand: a crew, or one of the constants of <see cref="Job"/>.</summary>
    internal int CrewOf(int job) => _jobs[job].Crew;

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
        for (int job = 0; job < _jobs.Count; job++)
        {
            _jobs[job].Crew = Job.Nobody;
        }
    }

    /// <summary>A crew comes on duty.</summary>
    protected override void OnTimer(int slot, int timer) => ReactWhenSettled(0);

    /// <summary>
    /// Starts every job that can be started. All that happened at once has settled: which services are down, who has failed.
    /// </summary>
    protected override void OnSignal(int slot)
    {
        do
        {
            while (StartOne())
            {
            }
        }
        while (InterruptOne());
    }

    /// <summary>Slots are crews with names of their own.</summary>
    protected override bool SlotsAreSymmetric => false;

    private void PartsArrived(int shelf)
    {
        Restate(shelf);
        ReactWhenSettled(0);
    }

    /// <summary>
    /// Each crew would start the first job in its order; of these the oldest need comes first, as they may want the same part.
    /// </summary>
    private bool StartOne()
    {
        int line = None;
        int crew = Job.Nobody;
        for (int candidate = Job.NobodyNeeded; candidate < _crews.Length; candidate++)
        {
            int best = Best(candidate, interrupting: false);
            if (best != None && (line == None || JobQueue.Compare(_jobs, _lines[best].Queue.First, _lines[line].Queue.First) < 0))
            {
                line = best;
                crew = candidate;
            }
        }
        if (line == None)
        {
            return false;
        }
        Begin(_lines[line].Queue.TakeFirst(), crew);
        return true;
    }

    /// <summary>A crew that allows it drops the least urgent of its jobs for a strictly more urgent one.</summary>
    private bool InterruptOne()
    {
        for (int crew = 0; crew < _crews.Length; crew++)
        {
            if (!MayInterrupt(crew) || !_crews[crew].Duty.IsOnDuty(Now) || Best(crew, interrupting: true) is not (>= 0 and int line))
            {
                continue;
            }
            int least = LeastUrgent(crew);
            if (least != None && Distance(ClassOf(least)) > Distance(_lines[line].Class))
            {
                Interrupt(least, crew);
                return true;
            }
        }
        return false;
    }

    /// <summary>The line whose first job the crew would take next.</summary>
    /// <param name="crew">A crew, or the constant for jobs that need nobody.</param>
    /// <param name="interrupting">Whether jobs count that the crew may do, free or not; otherwise those that are its to start now.</param>
    private int Best(int crew, bool interrupting)
    {
        int best = None;
        for (int i = 0; i < _lines.Length; i++)
        {
            ref readonly Line line = ref _lines.ItemRef(i);
            if (line.Queue.IsEmpty || IsPartMissing(line)
                || !(interrupting ? line.Class.Crews.Contains(crew) : CrewFor(line.Class) == crew))
            {
                continue;
            }
            // Urgency is weighed between rivals only: it walks through the services.
            if (best == None || ComesBefore(in line, in _lines.ItemRef(best), crew >= 0 && _crews[crew].MostUrgentFirst))
            {
                best = i;
            }
        }
        return best;
    }

    private bool ComesBefore(in Line one, in Line other, bool mostUrgentFirst)
    {
        int urgency = mostUrgentFirst ? Distance(one.Class).CompareTo(Distance(other.Class)) : 0;
        return urgency < 0 || (urgency == 0 && JobQueue.Compare(_jobs, one.Queue.First, other.Queue.First) < 0);
    }

    /// <summary>The first crew, in the order of preference, that is on duty and has somebody free; those off duty will come back.</summary>
    private int CrewFor(JobClass jobClass)
    {
        if (jobClass.Crews.Length == 0)
        {
            return Job.NobodyNeeded;
        }
        foreach (int crew in jobClass.Crews)
        {
            if (_busy[crew] < _crews[crew].Size)
            {
                if (_crews[crew].Duty.IsOnDuty(Now))
                {
                    return crew;
                }
                WakeUp(crew);
            }
        }
        return Job.Nobody;
    }

    private void Begin(int job, int crew)
    {
        ref Job state = ref _jobs[job];
        int shelf = _lines[state.Line].Shelf;
        bool resumed = state.IsPaused;
        state.Crew = crew;
        state.IsPaused = false;
        if (crew >= 0)
        {
            _busy[crew]++;
        }
        if (shelf != NoShelf)
        {
            _shelves[shelf].Take();
            if (_shelves[shelf].IsEmpty)
            {
                Restate(shelf);
            }
        }
        OwnerOf(job, out int slot).Begin(slot, resumed);
    }

    private void Interrupt(int job, int crew)
    {
        ref Job state = ref _jobs[job];
        state.Line = _lineOfInterrupted[ClassOf(job).Index];
        state.Crew = Job.Nobody;
        state.IsPaused = true;
        _busy[crew]--;
        IJobOwner owner = OwnerOf(job, out int slot);
        owner.Pause(slot);
        owner.AwaitTurn(slot, partMissing: false);
        _lines[state.Line].Queue.Add(job);
    }

    /// <summary>Of the jobs that a crew has in hand; of equally urgent ones the youngest.</summary>
    private int LeastUrgent(int crew)
    {
        int least = None;
        int urgencyOfLeast = 0;
        for (int job = 0; job < _jobs.Count; job++)
        {
            if (_jobs[job].Crew != crew)
            {
                continue;
            }
            int urgency = Distance(ClassOf(job));
            if (least == None
                || urgency > urgencyOfLeast
                || (urgency == urgencyOfLeast && JobQueue.Compare(_jobs, job, least) > 0))
            {
                least = job;
                urgencyOfLeast = urgency;
            }
        }
        return least;
    }

    private void WakeUp(int crew)
    {
        if (!IsArmed(crew, 0))
        {
            ArmAt(crew, 0, _crews[crew].Duty.NextOnDuty(Now));
        }
    }

    private bool MayInterrupt(int crew) => _crews[crew].Preempt && _crews[crew].MostUrgentFirst;

    private JobClass ClassOf(int job) => _lines[_jobs[job].Line].Class;

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

    private bool IsPartMissing(in Line line) => line.Shelf != NoShelf && _shelves[line.Shelf].IsEmpty;

    /// <summary>A shelf is empty, or no longer: the jobs that wait for its parts now wait for something else.</summary>
    private void Restate(int shelf)
    {
        foreach (Line line in _lines)
        {
            if (line.Shelf == shelf)
            {
                for (int i = 0; i < line.Queue.Count; i++)
                {
                    OwnerOf(line.Queue[i], out int slot).AwaitTurn(slot, _shelves[shelf].IsEmpty);
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

    /// <summary>Where like jobs wait.</summary>
    /// <param name="Class">What they are.</param>
    /// <param name="Shelf">The part that they still need, or none.</param>
    /// <param name="Queue">The jobs.</param>
    private readonly record struct Line(JobClass Class, int Shelf, JobQueue Queue);
}
