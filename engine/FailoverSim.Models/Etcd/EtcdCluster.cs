using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Links;
using FailoverSim.Kernel.Observation;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Kernel.Signals;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Laws;

namespace FailoverSim.Models.Etcd;

/// <summary>
/// An etcd cluster: members that elect a leader by Raft, commit what a quorum has on disk, hang, stall, restart, fall
/// behind and catch up. One slot per member.
/// </summary>
/// <remarks>
/// Not modelled: learners and changes of membership, space quotas and alarms, the time that a slow (not stalled) disk takes
/// from the member's clock. Followers that reach the leader have equal logs: entries under way at a crash are left out.
/// </remarks>
public sealed partial class EtcdCluster : Component, IGraceful
{
    private const int TickTimer = 0;
    private const int StartTimer = 1;
    private const int MeetTimer = 2;
    private const int CopyTimer = 3;
    private const int StopTimer = 4;

    private static readonly Purpose Phase = Purpose.Named("tick-phase");
    private static readonly Purpose Timeout = Purpose.Named("election-timeout");
    private static readonly Purpose Fsync = Purpose.Named("fsync");
    private static readonly Purpose Meet = Purpose.Named("next-write");
    private static readonly Purpose Startup = Purpose.Named("start");
    private static readonly Purpose FirstLeader = Purpose.Named("first-leader");

    private readonly EtcdOptions _options;
    private readonly RaftRules _rules;
    private readonly Fidelity _fidelity;
    private readonly Network _network;
    private readonly IProcesses _supervisor;
    private readonly ClusterStages _stages;
    private readonly RaftLinks _links;
    private readonly LawId _fsync;
    private readonly LawId _startup;
    private readonly long _tick;
    private readonly ImmutableArray<ProcessSignals> _processes;
    private readonly ImmutableArray<int> _machines;
    private readonly ImmutableArray<Signal> _paths;
    private readonly ImmutableArray<Signal> _clean;
    private readonly ImmutableArray<bool> _isRegular;
    private readonly ImmutableArray<int> _lookback;
    private readonly ImmutableArray<Signal> _takesIn;
    private readonly ImmutableArray<Signal> _hasData;
    private readonly ImmutableArray<Signal> _lost;
    private readonly Signal _led;
    private readonly Signal _commits;
    private readonly Counter _elections;
    private readonly Counter _falseElections;
    private readonly Counter _dataLosses;
    private readonly State<EtcdMember> _members;
    private readonly State<EtcdPair> _pairs;
    private readonly State<EtcdTotals> _totals;

    /// <param name="builder">The model to join.</param>
    /// <param name="name">Unique, such as <c>etcd</c>.</param>
    /// <param name="members">The processes of the members, one to nine.</param>
    /// <param name="network">Their machines are among those of the network.</param>
    /// <param name="supervisor">Hears of clean stops, and says how slow a member is at present.</param>
    /// <param name="stages">The stages of the model.</param>
    /// <param name="options">What can be set.</param>
    /// <param name="fidelity">Whether heartbeats that change nothing are events.</param>
    public EtcdCluster(
        ModelBuilder builder,
        string name,
        IReadOnlyList<ProcessSignals> members,
        Network network,
        IProcesses supervisor,
        ClusterStages stages,
        EtcdOptions options,
        Fidelity fidelity)
        : base(builder, name, members.Count, timersPerSlot: 5)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(members.Count, EtcdOptions.MostMembers);
        _options = options;
        _fidelity = fidelity;
        _network = network;
        _supervisor = supervisor;
        _stages = stages;
        _tick = options.Heartbeat.Nanoseconds;
        _rules = new RaftRules(Count, (int)(options.ElectionTimeout.Nanoseconds / _tick), options.PreVote);
        _fsync = builder.Law(options.Fsync);
        _startup = builder.Law(options.Start);
        _processes = [.. members];
        List<MachineSignals> machines = [.. network.Machines];
        _machines = [.. members.Select(m => machines.IndexOf(m.Machine))];
        int n = Count;
        _paths = [.. PairsOf((i, j) => network.Path(_machines[i], _machines[j]))];
        _clean = [.. PairsOf((i, j) => network.Clean(_machines[i], _machines[j]))];
        _hasData = [.. members.Select((_, i) => builder.Condition($"{name}/has-data-{i + 1}"))];
        _lost = [.. members.Select((_, i) => builder.Condition($"{name}/lost-{i + 1}", initial: false))];
        _takesIn = [.. members.Select((_, i) => builder.Condition($"{name}/takes-in-{i + 1}"))];
        _led = builder.Condition($"{name}/led");
        _commits = builder.Condition($"{name}/commits");
        _elections = builder.Counter($"{name}.elections");
        _falseElections = builder.Counter($"{name}.elections-false");
        _dataLosses = builder.Counter($"{name}.data-losses");
        Signal quorum = QuorumOf(builder);
        Signals = new EtcdSignals(
            builder.Gate($"{name}/leader", 2, quorum, _led),
            builder.Gate($"{name}/write", 2, quorum, _commits),
            quorum,
            [.. members.Select((_, i) => builder.Condition($"{name}/serves-{i + 1}"))],
            builder.Gate($"{name}/majority-lost-for-good", n - _rules.Quorum + 1, [.. _lost]));
        _members = NewState<EtcdMember>(n);
        _pairs = NewState<EtcdPair>(n * n);
        _totals = NewState<EtcdTotals>(1);
        Signal always = builder.Condition($"{name}/under-way");
        Law[] rtt = [.. PairsOf((i, j) => i == j ? new Constant(0) : network.Rtt(_machines[i], _machines[j]))];
        _isRegular = [.. rtt.Select(law => LongestOf(law) < 2 * (_rules.ElectionTicks - 2))];
        _lookback = [.. rtt.Select(law => 2 + (int)LongestOf(law))];
        _links = new RaftLinks(
            builder,
            $"{name}/links",
            this,
            [.. PairsOf((i, j) => EndsOf(i, j, always))],
            [.. rtt.Select(builder.Law)]);
        ObserveAll(builder);
    }

    /// <summary>What others may depend on.</summary>
    public EtcdSignals Signals { get; }

    /// <summary>The member that leads, as far as the members know; −1: none.</summary>
    public int LeaderSlot
    {
        get
        {
            int leader = -1;
            for (int i = 0; i < Count; i++)
            {
                if (_members[i].IsLeader && (leader < 0 || _members[i].Raft.Term > _members[leader].Raft.Term))
                {
                    leader = i;
                }
            }
            return leader;
        }
    }

    /// <summary>Those of <see cref="Elections"/> that replaced a leader which had neither died nor been asked to stop.</summary>
    public long FalseElections => Simulation.CountOf(_falseElections);

    /// <summary>Leaders elected in this replication.</summary>
    public long Elections => Simulation.CountOf(_elections);

    /// <summary>Restorations in this replication that gave up committed writes.</summary>
    public long DataLosses => Simulation.CountOf(_dataLosses);

    /// <summary>How often members have tried to lead in this replication.</summary>
    public EtcdCounters Counters => _totals[0].Counters;

    /// <summary>The term that a member is in.</summary>
    public long TermOf(int slot) => _members[slot].Raft.Term;

    /// <summary>Slots differ in where they run.</summary>
    protected override bool SlotsAreSymmetric => false;

    protected override void Start()
    {
        int leader = DrawsFor(0, FirstLeader, 0).NextIndex(Count);
        int all = (1 << Count) - 1;
        ref EtcdTotals totals = ref _totals[0];
        totals = new EtcdTotals
        {
            IsLed = true,
            IsCommitting = true,
            Writer = leader,
            WriterBase = 1,
            HighestTerm = 1,
            Unbroken = leader + 1,
        };
        totals.Watch.Begin(logTerm: 1, logIndex: 1);
        totals.Watch.Elect(leader, term: 1, new RaftState { LogTerm = 1, LogIndex = 1 });
        for (int i = 0; i < Count; i++)
        {
            ref EtcdMember member = ref _members[i];
            Draws phase = DrawsFor(i, Phase, member.Starts++);
            member.Life = MemberLife.Running;
            member.TickerStart = -(long)(phase.NextUniform() * _tick);
            member.DiedAt = -1;
            member.IsServing = true;
            member.Raft = new RaftState
            {
                Role = i == leader ? RaftRole.Leader : RaftRole.Follower,
                Lead = leader,
                Vote = leader,
                Transferee = -1,
                Term = 1,
                LogTerm = 1,
                LogIndex = 1,
                HasCommitted = i == leader,
                Acked = i == leader ? all : 0,
                Recent = i == leader ? all : 0,
                // The leader is somewhere between two checks of its quorum.
                CountedFrom = i == leader ? -phase.NextIndex(_rules.ElectionTicks) : 0,
            };
            DrawTimeout(i);
        }
        for (int j = 0; j < Count; j++)
        {
            Pair(leader, j).IsQuiet = j != leader && _fidelity == Fidelity.Elided && IsRegular(leader, j);
            Pair(leader, j).IsAnswered = true;
            Pair(leader, j).QuietFrom = 1;
            Pair(leader, j).FirstAnswer = AnswerTo(leader, j, 1, ArrivalOf(leader, j, 1, arrivalBefore: 0), answerBefore: 0);
        }
        RearmAll();
    }

    protected override void OnTimer(int slot, int timer)
    {
        SettleLogs();
        switch (timer)
        {
            case TickTimer:
                _members[slot].TickDue = 0;
                Refresh(slot, throughTick: TickAt(slot) - 1);
                RunTick(slot);
                break;
            case StartTimer when _members[slot].Life == MemberLife.Starting:
                TakePart(slot);
                break;
            case StartTimer:
                LookForPeers(slot);
                break;
            case MeetTimer:
                Stick(slot);
                break;
            case CopyTimer:
                EndCopy(slot);
                break;
            case StopTimer:
                PollStop(slot);
                break;
        }
        Conclude();
    }

    protected override void Encode(int slot, StateWriter writer)
    {
        ref readonly EtcdMember member = ref _members[slot];
        ref readonly RaftState raft = ref member.Raft;
        long now = Now.Nanoseconds;
        writer.Add(((long)raft.Role << 8) | ((long)member.Life << 4) | (member.IsHung ? 1L : 0) | (member.IsStuck ? 2L : 0)
            | (member.IsCopying ? 4L : 0) | (raft.IsEmpty ? 8L : 0));
        writer.Add((long)raft.Lead);
        writer.Add((long)raft.Vote);
        writer.Add(((long)raft.Granted << 48) | ((long)raft.Refused << 32) | ((long)raft.Acked << 16) | (long)raft.Recent);
        writer.Add((long)raft.RandomTimeout);
        writer.Add(raft.Term);
        writer.Add(raft.LogTerm);
        writer.Add(raft.LogIndex);
        writer.Add(TickAt(slot) - raft.CountedFrom);
        writer.Add(now - member.TickerStart - (TickAt(slot) * _tick));
        writer.Add(Math.Max(0, member.SavedAt - now));
        for (int j = 0; j < Count; j++)
        {
            writer.Add(Pair(slot, j).IsQuiet ? 1L : 0L);
        }
    }

    private ref EtcdPair Pair(int from, int to) => ref _pairs[(from * Count) + to];

    private bool IsTrue(Signal signal) => Simulation.Signals[signal];

    private bool HasPath(int from, int to) => IsTrue(_paths[(from * Count) + to]);

    /// <summary>The last tick of a member's clock up to now, if it has had its turn, or to another instant.</summary>
    private long TickAt(int member) => TickAt(member, PassedUntil(member, TickTimer));

    private long TickAt(int member, long instant)
    {
        long elapsed = instant - _members[member].TickerStart;
        return elapsed >= 0 ? elapsed / _tick : -1 - ((-1 - elapsed) / _tick);
    }

    private long TimeOf(int member, long tick) => _members[member].TickerStart + (tick * _tick);

    private void DrawTimeout(int slot)
    {
        ref EtcdMember member = ref _members[slot];
        Draws draws = DrawsFor(slot, Timeout, member.Timeouts++);
        member.Raft.RandomTimeout = _rules.ElectionTicks + draws.NextIndex(_rules.ElectionTicks);
    }

    private void Report(int slot, string state) => Simulation.Trace?.OnState(Now, this, slot, state);

    private IEnumerable<T> PairsOf<T>(Func<int, int, T> make)
    {
        for (int pair = 0; pair < Count * Count; pair++)
        {
            yield return make(pair / Count, pair % Count);
        }
    }

    /// <summary>The longest round trip in ticks, but for one in 10¹² of them.</summary>
    private double LongestOf(Law rtt) => Math.Min(2 * _rules.ElectionTicks, rtt.Quantile(1 - 1e-12) * 1e9 / _tick);

    /// <remarks>Who is dead takes messages in and drops them: to Raft a refusal is no news, and it must not hold up what follows.</remarks>
    private LinkEnds EndsOf(int from, int to, Signal always) => from == to
        ? new LinkEnds(always, always, always, _processes[to].Machine.Up, always, _takesIn[to])
        : _network.Ends(_machines[from], _machines[to], _processes[to], _takesIn[to]) with
        {
            FromNetwork = always,
            ToProcess = always,
        };

    /// <summary>Some member is linked both ways to a majority, itself included, all of which run, have their data and can write.</summary>
    private Signal QuorumOf(ModelBuilder builder)
    {
        Signal[] able = [.. _processes.Select((p, i) => builder.Gate($"{Name}/able-{i + 1}", 3, p.Runs, p.Disk, _hasData[i]))];
        return builder.Gate($"{Name}/quorum", 1, [.. able.Select((_, i) => CentreOf(builder, able, i))]);
    }

    private Signal CentreOf(ModelBuilder builder, Signal[] able, int i)
    {
        if (_rules.Quorum == 1)
        {
            return able[i];
        }
        Signal[] linked = [.. Enumerable.Range(0, Count).Where(j => j != i).Select(j => builder.Gate(
            $"{Name}/linked-{i + 1}-{j + 1}", 3, able[j], _paths[(i * Count) + j], _paths[(j * Count) + i]))];
        Signal others = builder.Gate($"{Name}/others-{i + 1}", _rules.Quorum - 1, linked);
        return builder.Gate($"{Name}/centre-{i + 1}", 2, able[i], others);
    }

    /// <summary>Whatever changes, the cluster looks at all of it: what it depends on changes rarely.</summary>
    private void ObserveAll(ModelBuilder builder)
    {
        foreach (ProcessSignals process in _processes)
        {
            builder.Observe(process.Alive, this, 0);
            builder.Observe(process.Runs, this, 0);
            builder.Observe(process.Disk, this, 0);
        }
        foreach (Signal signal in _paths.Concat(_clean).Distinct())
        {
            builder.Observe(signal, this, 0);
        }
    }
}
