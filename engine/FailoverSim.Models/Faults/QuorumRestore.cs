using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Repair;

namespace FailoverSim.Models.Faults;

/// <summary>
/// The procedure for a cluster whose majority has lost its data: as soon as that is so, people restore it as a whole, in
/// place of what the members' own procedures would do.
/// </summary>
/// <remarks>It is called off, and the members' own procedures begin anew, if the majority is there again before it is done.</remarks>
public sealed class QuorumRestore : Component, IJobOwner
{
    private static readonly Purpose Takes = Purpose.Named("takes");
    private static readonly Purpose Answer = Purpose.Named("answer");

    private readonly QuorumRestoreOptions _options;
    private readonly Signal _lost;
    private readonly ImmutableArray<(FaultClocks Fault, int Slot)> _members;
    private readonly IRestorable _cluster;
    private readonly Workshop _workshop;
    private readonly int _job;
    private readonly LawId _takes;
    private readonly ClusterStages _stages;
    private readonly State<Progress> _progress;

    /// <param name="builder">The model to join.</param>
    /// <param name="options">What can be set.</param>
    /// <param name="lost">A signal: the majority has lost its data for good.</param>
    /// <param name="members">Faults that lose the data of a member, each with the target that is the member.</param>
    /// <param name="cluster">What is restored.</param>
    /// <param name="workshop">Where people are asked for.</param>
    /// <param name="job">The number of its one job there, where <see cref="QuorumRestoreOptions.JobClass"/> is given.</param>
    public QuorumRestore(
        ModelBuilder builder,
        QuorumRestoreOptions options,
        Signal lost,
        IReadOnlyList<(FaultClocks Fault, int Target)> members,
        IRestorable cluster,
        Workshop workshop,
        int job)
        : base(builder, $"repair/{options.Name}", 1, 1)
    {
        _options = options;
        _lost = lost;
        _members = [.. members.SelectMany(m => m.Fault.SlotsOf(m.Target).Select(slot => (m.Fault, slot)))];
        _cluster = cluster;
        _workshop = workshop;
        _job = job;
        _takes = builder.Law(options.Takes);
        _stages = new ClusterStages(builder);
        _progress = NewState<Progress>(1);
        if (options.JobClass is not null)
        {
            workshop.Employ(this, job, 1);
        }
        builder.Observe(lost, this, 0);
    }

    /// <inheritdoc/>
    public void Begin(int slot, bool resumed)
    {
        ref Progress progress = ref _progress[0];
        Simulation.Resume(progress.Cause);
        progress.Phase = Phase.Repairing;
        TakeOver(_stages.Repair);
        Report("repair");
        if (resumed)
        {
            SetSpeed(0, 0, 1);
        }
        else
        {
            StartClock(0, 0, _takes, Takes, progress.Calls - 1);
        }
    }

    /// <inheritdoc/>
    public void Pause(int slot)
    {
        SetSpeed(0, 0, 0);
        _progress[0].Phase = Phase.Queued;
    }

    /// <inheritdoc/>
    public void EncodeJob(int slot, StateWriter writer) => writer.Add(_job);

    /// <inheritdoc/>
    public void AwaitTurn(int slot, bool partMissing)
    {
        TakeOver(_stages.Crew);
        Report("waiting for crew");
    }

    protected override void Start()
    {
    }

    protected override void OnSignal(int slot)
    {
        bool isLost = Simulation.Signals[_lost];
        Phase phase = _progress[0].Phase;
        if (isLost && phase == Phase.None)
        {
            Call();
        }
        else if (!isLost && phase != Phase.None)
        {
            CallOff();
        }
    }

    protected override void OnTimer(int slot, int timer)
    {
        if (_progress[0].Phase == Phase.Answering)
        {
            Join();
        }
        else
        {
            Restore();
        }
    }

    protected override void Encode(int slot, StateWriter writer)
    {
        ref readonly Progress progress = ref _progress[0];
        writer.Add((long)progress.Phase);
        if (_options.JobClass is not null)
        {
            writer.Add((long)_workshop.CrewOf(_job));
            writer.Add((long)_workshop.PlaceOf(_job));
            writer.Add(progress.Phase == Phase.Answering ? Now.Nanoseconds - progress.Since : 0L);
        }
    }

    private void Call()
    {
        ref Progress progress = ref _progress[0];
        progress.Calls++;
        progress.Cause = YoungestCause();
        Simulation.Resume(progress.Cause);
        progress.Since = Now.Nanoseconds;
        if (_options.JobClass is not { } jobClass)
        {
            Begin(0, resumed: false);
            return;
        }
        (SimTime onDuty, LawId? answer) = _workshop.Call(jobClass);
        SimTime answered = answer is { } law ? onDuty + SimDuration.FromSeconds(Draw(0, law, Answer, progress.Calls - 1)) : Now;
        if (answered > Now)
        {
            progress.Phase = Phase.Answering;
            TakeOver(_stages.Answer);
            Report("waiting for crew");
            ArmAt(0, 0, answered);
        }
        else
        {
            Join();
        }
    }

    private void Join()
    {
        _progress[0].Phase = Phase.Queued;
        _workshop.Join(_job, _options.JobClass!, _progress[0].Since);
    }

    private void Restore()
    {
        ref Progress progress = ref _progress[0];
        progress.Phase = Phase.None;
        Report("over");
        _cluster.Restore(_options.LosesData);
        foreach ((FaultClocks fault, int slot) in _members)
        {
            fault.Complete(slot);
        }
        if (_options.JobClass is not null)
        {
            _workshop.Done(_job);
        }
        Simulation.Resume(progress.Cause);
    }

    private void CallOff()
    {
        Disarm(0, 0);
        _progress[0].Phase = Phase.None;
        Report("called off");
        if (_options.JobClass is not null)
        {
            _workshop.Withdraw(_job);
        }
        foreach ((FaultClocks fault, int slot) in _members)
        {
            fault.HandBack(slot);
        }
    }

    /// <summary>Of the member that was lost last: with it the majority went.</summary>
    private Cause YoungestCause()
    {
        Cause youngest = default;
        foreach ((FaultClocks fault, int slot) in _members)
        {
            Cause cause = fault.CauseOf(slot);
            youngest = cause > youngest ? cause : youngest;
        }
        return youngest;
    }

    private void TakeOver(int stage)
    {
        foreach ((FaultClocks fault, int slot) in _members)
        {
            fault.TakeOver(slot, stage);
        }
    }

    private void Report(string what) => Simulation.Trace?.OnState(Now, this, 0, what);

    private enum Phase : byte
    {
        None,
        Answering,
        Queued,
        Repairing,
    }

    private struct Progress
    {
        /// <summary>The fault that took the majority.</summary>
        public Cause Cause;

        public long Since;

        /// <summary>Calls so far: numbers the draws.</summary>
        public int Calls;

        public Phase Phase;
    }
}

/// <summary>How a cluster is restored.</summary>
/// <param name="Name">Name of the procedure.</param>
/// <param name="Takes">Elapsed time of the work.</param>
/// <param name="JobClass">Who does it; null: nobody is needed.</param>
/// <param name="LosesData">What was written since the last snapshot is lost.</param>
public sealed record QuorumRestoreOptions(string Name, Law Takes, JobClass? JobClass, bool LosesData);
