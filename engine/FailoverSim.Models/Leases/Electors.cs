using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Observation;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;

namespace FailoverSim.Models.Leases;

/// <summary>
/// The candidates of one lease, as client-go's leader election makes them behave (tools/leaderelection of v0.37): one
/// holds it and renews it, the others poll it and take it when they have not seen it change for its duration.
/// </summary>
/// <remarks>
/// The record lives on the API server, the observations of it with each candidate and its own clock. A request that was cut off
/// by its client or by the end of its process is taken not to have happened.
/// </remarks>
public sealed partial class Electors : Component, IGraceful
{
    private const int StepTimer = 0;
    private const int SyncTimer = 1;

    /// <summary>Of slot 0: the record runs out for whoever saw it first.</summary>
    private const int StageTimer = 2;

    private static readonly Purpose First = Purpose.Named("first");
    private static readonly Purpose Gap = Purpose.Named("gap");
    private static readonly Purpose Reading = Purpose.Named("read");
    private static readonly Purpose Writing = Purpose.Named("write");
    private static readonly Purpose Leaping = Purpose.Named("leap");
    private static readonly Purpose Syncing = Purpose.Named("sync");

    private readonly ElectorOptions _options;
    private readonly ImmutableArray<LeaseCandidate> _candidates;
    private readonly ImmutableArray<Signal> _leads;
    private readonly ImmutableArray<LawId> _reads;
    private readonly ImmutableArray<LawId> _writes;
    private readonly ImmutableArray<LawId> _syncs;
    private readonly IProcesses _processes;
    private readonly ImmutableArray<IHolders> _followers;
    private readonly ClusterStages _stages;
    private readonly long _duration;
    private readonly long _deadline;
    private readonly long _retry;
    private readonly long _timeout;
    private readonly bool _sleeps;
    private readonly Counter _handOvers;
    private readonly Counter _falseHandOvers;
    private readonly State<Candidate> _slots;
    private readonly State<Standing> _standing;

    /// <param name="builder">The model to join.</param>
    /// <param name="options">What can be set.</param>
    /// <param name="candidates">Who competes; all whose processes exist at t = 0 have done so for long.</param>
    /// <param name="processes">Ends the processes of those that lose the lease; its slots are the candidates.</param>
    /// <param name="followers">Told who holds the lease, such as the address that goes with it.</param>
    /// <param name="stages">What outages wait for.</param>
    /// <param name="fidelity">Whether renewals and polls that change nothing are simulated.</param>
    public Electors(
        ModelBuilder builder,
        ElectorOptions options,
        IReadOnlyList<LeaseCandidate> candidates,
        IProcesses processes,
        IReadOnlyList<IHolders> followers,
        ClusterStages stages,
        Fidelity fidelity)
        : base(builder, $"lease/{options.Name}", candidates.Count, 3)
    {
        LeaseTimers timers = options.Timers;
        (_duration, _deadline, _retry) =
            (timers.Duration.Nanoseconds, timers.RenewDeadline.Nanoseconds, timers.RetryPeriod.Nanoseconds);
        if (_duration <= _deadline || _deadline <= LeaseTimers.Jitter * _retry || _retry <= 0)
        {
            throw new ArgumentException(
                $"{options.Name}: the lease duration must exceed the renew deadline, and that 1.2 retry periods.", nameof(options));
        }
        _timeout = timers.RequestTimeout.Nanoseconds;
        _options = options;
        _candidates = [.. candidates];
        _processes = processes;
        _followers = [.. followers];
        _stages = stages;
        _reads = [.. candidates.Select(c => builder.Law(c.Route.ReadTakes))];
        _writes = [.. candidates.Select(c => builder.Law(c.Route.WriteTakes))];
        _syncs = [.. candidates.Select(c => builder.Law(c.Sync))];
        _handOvers = builder.Counter($"lease-hand-overs:{options.Name}");
        _falseHandOvers = builder.Counter($"lease-hand-overs-false:{options.Name}");
        Held = builder.Condition($"{Name}.held");
        Acting = builder.Condition($"{Name}.acting");
        _leads = [.. candidates.Select(c => builder.Condition($"{Name}.leads/{c.Process.Name}", initial: false))];
        _sleeps = fidelity == Fidelity.Elided && QuietStaysQuiet();
        _slots = NewState<Candidate>(Count);
        _standing = NewState<Standing>(1);
        for (int slot = 0; slot < Count; slot++)
        {
            (ProcessSignals process, ApiRoute route) = (candidates[slot].Process, candidates[slot].Route);
            foreach (Signal signal in new[] { process.Alive, process.Runs, route.Accepts, route.Commits }.Distinct())
            {
                builder.Observe(signal, this, slot);
            }
        }
    }

    /// <summary>Somebody leads, as far as it knows, and its process runs.</summary>
    public Signal Held { get; }

    /// <summary>Somebody leads, its process runs, has filled its caches, and its requests to the API are answered.</summary>
    public Signal Acting { get; }

    /// <summary>A candidate leads as far as it knows: from winning until it gives up, is asked to stop or its process ends; true while it hangs.</summary>
    public Signal LeadsOf(int slot) => _leads[slot];

    /// <summary>The slot of the running process that leads, the holder on record if there are several; −1: none.</summary>
    public int HolderSlot
    {
        get
        {
            int holder = -1;
            for (int slot = 0; slot < Count; slot++)
            {
                if (Believes(in _slots[slot]) && Is(_candidates[slot].Process.Runs)
                    && (holder < 0 || _standing[0].Record.Holder == IdentityOf(slot)))
                {
                    holder = slot;
                }
            }
            return holder;
        }
    }

    /// <summary>How often the lease was won in this replication.</summary>
    public int Elections => _standing[0].Elections;

    /// <summary>How often it was won by another candidate than the last time.</summary>
    public long HandOvers => Simulation.CountOf(_handOvers);

    /// <summary>Those of <see cref="HandOvers"/> whose last holder had neither died nor been asked to stop while it led.</summary>
    public long FalseHandOvers => Simulation.CountOf(_falseHandOvers);

    /// <summary>How often it was won while another candidate that had been paused still believed that it led.</summary>
    public int Overlaps => _standing[0].Overlaps;

    public override string EntityName(int slot) => $"{Name}/{_candidates[slot].Process.Name}";

    /// <summary>The record names its holder.</summary>
    protected override bool SlotsAreSymmetric => false;

    /// <summary>Asks a candidate to stop cleanly: a leader hands over as its options say, then its process is told that it may end.</summary>
    public void Stop(int slot)
    {
        ref Candidate candidate = ref _slots[slot];
        if (candidate.Role == Role.Down)
        {
            return;
        }
        Rouse(slot);
        // The way out is charged to who asked for it.
        candidate.Trouble = Simulation.Cause;
        if (Is(_candidates[slot].Process.Runs))
        {
            BeginStop(slot);
            Review();
        }
        else
        {
            candidate.StopAsked = true;
        }
    }

    protected override void OnTimer(int slot, int timer)
    {
        ref Candidate candidate = ref _slots[slot];
        if (timer == StepTimer)
        {
            Simulation.Resume(candidate.Trouble);
            Step(slot);
        }
        else if (timer == SyncTimer)
        {
            candidate.Synced = true;
        }
        Review();
    }

    protected override void OnSignal(int slot)
    {
        ref Candidate candidate = ref _slots[slot];
        bool calm = IsCalm(slot);
        if (candidate.Asleep && calm)
        {
            return;
        }
        Rouse(slot);
        if (!calm && candidate.Trouble.IsNone)
        {
            candidate.Trouble = Simulation.Cause;
        }
        if (!Is(_candidates[slot].Process.Alive))
        {
            Die(slot);
        }
        else if (candidate.Role == Role.Down)
        {
            Appear(slot);
        }
        else
        {
            Adapt(slot);
        }
        Review();
    }

    protected override void Encode(int slot, StateWriter writer)
    {
        ref Candidate candidate = ref _slots[slot];
        long now = Now.Nanoseconds;
        writer.Add(((long)candidate.Role << 16) | ((long)candidate.Phase << 8) | (long)candidate.Call);
        int flags = (candidate.Overslept ? 1 : 0) | (candidate.Succeeded ? 2 : 0) | (candidate.Paused ? 4 : 0)
            | (candidate.Synced ? 8 : 0) | (candidate.Claims ? 16 : 0) | (candidate.StopAsked ? 32 : 0)
            | (candidate.Obeys ? 64 : 0) | (candidate.InRound ? 128 : 0) | (candidate.Asleep ? 256 : 0)
            | (candidate.Looked ? 512 : 0) | (candidate.Observed.Holder == IdentityOf(slot) ? 1024 : 0)
            | (candidate.Observed.Holder == _standing[0].Record.Holder ? 2048 : 0);
        writer.Add((long)flags);
        writer.Add(candidate.Ticks);
        writer.Add(candidate.NextAt - now);
        writer.Add(candidate.AttemptAt - now);
        writer.Add(candidate.CallEnds - now);
        writer.Add(candidate.GivesUpAt - now);
        writer.Add(candidate.RoundAt - now);
        writer.Add(candidate.ObservedAt - now);
        writer.Add(_standing[0].Record.Revision - candidate.Observed.Revision);
        writer.Add(_standing[0].Record.Revision - candidate.Seen.Revision);
        writer.Add(_standing[0].Record.Holder == IdentityOf(slot) ? 1L : 0);
    }

    private bool Is(Signal signal) => Simulation.Signals[signal];

    /// <summary>Its process runs and its requests are answered.</summary>
    private bool IsCalm(int slot)
    {
        LeaseCandidate candidate = _candidates[slot];
        return Is(candidate.Process.Runs) && Is(candidate.Route.Accepts) && Is(candidate.Route.Commits);
    }

    /// <summary>It acts as the leader: also while it releases after it has given up, until its process is told.</summary>
    private static bool Believes(in Candidate candidate) =>
        candidate.Role == Role.Leading || (candidate.Role == Role.Releasing && !candidate.Obeys);

    /// <summary>What a candidate writes into the record: unique to its node, or to this start of its process.</summary>
    private long IdentityOf(int slot) =>
        1 + slot + (_options.NodeIdentity ? 0 : Count * _slots[slot].Incarnation);

    private long TimeOf(int slot, LawId law, Purpose purpose, long attempt, int call) =>
        SimDuration.FromSeconds(Draw(slot, law, purpose, (attempt << 2) + call)).Nanoseconds;

    /// <summary>What is known about the lease as a whole.</summary>
    private struct Standing
    {
        /// <summary>What the server keeps.</summary>
        public LeaseRecord Record;

        /// <summary>The leader whose renewals are not simulated at present, plus 1; 0: none. Other candidates sleep only while it does.</summary>
        public int Sleeper;

        /// <summary>Whoever won last, plus 1.</summary>
        public int LastHolder;

        /// <summary>Whoever won last has died or been asked to stop while it led: somebody else is needed.</summary>
        public bool IsBroken;

        public int Elections;
        public int Overlaps;
        public Shown Held;
        public Shown Acting;
    }
}
