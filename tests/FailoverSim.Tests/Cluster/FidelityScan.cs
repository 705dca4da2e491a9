using System.Globalization;
using System.Text;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Observation;
using FailoverSim.Kernel.Results;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using Xunit;

namespace FailoverSim.Tests.Cluster;

/// <summary>A fault of a schedule, in nanoseconds.</summary>
/// <param name="What">Which of the faults of the subject.</param>
/// <param name="From">When it begins.</param>
/// <param name="Until">When it ends.</param>
/// <param name="IsFirst">It begins and ends before all else that is due at the same instant; otherwise after.</param>
internal readonly record struct ScheduledFault(int What, long From, long Until, bool IsFirst)
{
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"({What}, {From}L, {Until}L, {(IsFirst ? "true" : "false")})");
}

/// <summary>A model that can be struck.</summary>
/// <param name="Builder">The model, not built yet.</param>
/// <param name="Watched">Signals whose changes make its story; what they are down for is compared, too.</param>
/// <param name="Faults">Each begins (true) and ends (false) something; those that hold the same victim do not overlap.</param>
internal sealed record ScanSubject(ModelBuilder Builder, Signal[] Watched, Action<Simulation, bool>[] Faults)
{
    /// <summary>Builds it, where the subject itself has to know the simulation.</summary>
    public Func<Simulation>? Build { get; init; }

    /// <summary>Whether what outages are charged to is compared.</summary>
    public bool ComparesCauses { get; init; } = true;

    /// <summary>Called before and after a run: what else there is to compare.</summary>
    public Func<string>? Tells { get; init; }

    /// <summary>A fault that drives a condition.</summary>
    public static Action<Simulation, bool> Falls(Signal condition) => (simulation, begins) => simulation.Drive(condition, !begins);

    /// <summary>A fault that is done when it has begun.</summary>
    public static Action<Simulation, bool> Once(Action<Simulation> act) => (simulation, begins) =>
    {
        if (begins)
        {
            act(simulation);
        }
    };
}

/// <summary>
/// Plays random schedules of faults in both fidelities and holds their stories against each other, to the nanosecond. Faults come at
/// any time, at the instant of another one, and, as the exhaustive run tells when its loops tick, at the instant of a tick and next to it.
/// </summary>
internal sealed class FidelityScan
{
    private readonly Player[] _players;
    private readonly double _horizon;
    private readonly double[] _lengths;

    /// <param name="build">Gives the same model, but for its fidelity.</param>
    /// <param name="horizon">Length of a schedule, seconds; the faults are over at 0.7 of it.</param>
    /// <param name="lengths">Mean lengths of faults, seconds, each as likely; 0 among them: over at once.</param>
    public FidelityScan(Func<Fidelity, ScanSubject> build, double horizon, params double[] lengths)
    {
        _players = [new Player(build(Fidelity.Elided), horizon), new Player(build(Fidelity.Exhaustive), horizon)];
        _horizon = horizon;
        _lengths = lengths;
    }

    /// <summary>Changes in all stories so far.</summary>
    public long Changes { get; private set; }

    /// <summary>Events elided and exhaustive.</summary>
    public (long Elided, long Exhaustive) Events { get; private set; }

    public static long Nanoseconds(double seconds) => SimDuration.FromSeconds(seconds).Nanoseconds;

    /// <summary>Both fidelities tell the same of so many schedules; if not, the least that differs is shown.</summary>
    public void Run(int schedules, int faults = 8, int seed = 1)
    {
        List<string> differences = [];
        for (int s = 0; s < schedules; s++)
        {
            List<ScheduledFault> schedule = Random(new Random((seed * 1_000_003) + s), faults, s);
            if (!IsSame(schedule, s))
            {
                differences.Add($"schedule {s}: {Describe(Shrink(schedule, s), s)}");
            }
        }
        Assert.True(differences.Count == 0, $"{differences.Count} of {schedules} differ:\n{string.Join('\n', differences.OrderBy(d => d.Length).Take(4))}");
        Assert.True(Events.Elided < Events.Exhaustive, $"{Events} events");
        Assert.True(Changes > schedules / 2, $"only {Changes} changes");
    }

    /// <summary>One schedule.</summary>
    public void Check(long replication, params ScheduledFault[] schedule) =>
        Assert.True(IsSame([.. schedule], replication), Describe([.. schedule], replication));

    private bool IsSame(List<ScheduledFault> schedule, long replication)
    {
        string[] stories = [.. _players.Select(p => p.Play(schedule, replication))];
        Changes += _players[1].Changes;
        Events = (Events.Elided + _players[0].Events, Events.Exhaustive + _players[1].Events);
        return stories[0] == stories[1];
    }

    private List<ScheduledFault> Random(Random random, int most, long replication)
    {
        List<ScheduledFault> schedule = [];
        int count = random.Next(1, most + 1);
        long end = Nanoseconds(0.7 * _horizon);
        for (int k = 0; k < count; k++)
        {
            long from = schedule.Count > 0 && random.Next(6) == 0
                ? random.Next(2) == 0 ? schedule[^1].From : schedule[^1].Until
                : random.NextInt64(1, end);
            double length = -Math.Log(1 - random.NextDouble()) * _lengths[random.Next(_lengths.Length)];
            schedule.Add(new(random.Next(_players[0].Faults), from, Math.Min(end, from + Nanoseconds(length)), random.Next(2) == 0));
        }
        for (int k = 0; k < count; k++)
        {
            // What is moved changes what comes after it, so one at a time.
            if (random.Next(3) > 0)
            {
                _ = _players[1].Play(schedule, replication);
                bool begin = random.Next(2) == 0;
                ScheduledFault fault = schedule[k];
                long at = _players[1].TickNear(begin ? fault.From : fault.Until, random);
                schedule[k] = begin ? fault with { From = at, Until = Math.Max(at, at + fault.Until - fault.From) } : fault with { Until = Math.Max(fault.From, at) };
            }
        }
        return schedule;
    }

    private List<ScheduledFault> Shrink(List<ScheduledFault> schedule, long replication)
    {
        for (int i = 0; i < schedule.Count;)
        {
            List<ScheduledFault> less = [.. schedule.Where((_, k) => k != i)];
            if (IsSame(less, replication))
            {
                i++;
            }
            else
            {
                (schedule, i) = (less, 0);
            }
        }
        for (int i = 0; i < schedule.Count; i++)
        {
            foreach (long unit in (long[])[1_000_000_000, 1_000_000, 1000])
            {
                List<ScheduledFault> rounder = [.. schedule];
                ScheduledFault f = schedule[i];
                rounder[i] = f with { From = f.From / unit * unit };
                schedule = rounder[i].From > 0 && !IsSame(rounder, replication) ? rounder : schedule;
                rounder = [.. schedule];
                rounder[i] = schedule[i] with { Until = Math.Max(schedule[i].From, f.Until / unit * unit) };
                schedule = IsSame(rounder, replication) ? schedule : rounder;
            }
        }
        return schedule;
    }

    private string Describe(List<ScheduledFault> schedule, long replication)
    {
        string[] stories = [.. _players.Select(p => p.Play(schedule, replication))];
        string[][] words = [.. stories.Select(s => s.Split(' '))];
        int same = words[0].Zip(words[1]).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"{string.Join(", ", schedule)}\n  elided     {Around(words[0])}\n  exhaustive {Around(words[1])}";

        string Around(string[] story) => string.Join(' ', story.Skip(Math.Max(0, same - 6)).Take(14));
    }

    /// <summary>One of the two models, with the schedule that it is to play.</summary>
    private sealed class Player : ITrace
    {
        private readonly ScanSubject _subject;
        private readonly Simulation _simulation;
        private readonly ResultNames _names;
        private readonly Script[] _scripts;
        private readonly double _horizon;
        private readonly List<long> _ticks = [];
        private readonly List<(long At, Signal Signal, bool Value)> _told = [];

        public Player(ScanSubject subject, double horizon)
        {
            _subject = subject;
            _horizon = horizon;
            foreach (Signal watched in subject.Watched.Distinct())
            {
                subject.Builder.Service($"~{watched}", watched, watched, []);
            }
            // Names order what is simultaneous.
            _scripts = [new Script(subject, "!script"), new Script(subject, "~script")];
            _simulation = subject.Build?.Invoke() ?? subject.Builder.Build(7);
            _names = _simulation.NamesFor(SimDuration.FromSeconds(horizon));
            _simulation.Trace = this;
        }

        public int Faults => _subject.Faults.Length;

        public long Events => _simulation.Events;

        public int Changes { get; private set; }

        public string Play(List<ScheduledFault> schedule, long replication)
        {
            _ticks.Clear();
            _told.Clear();
            int[] held = new int[Faults];
            foreach (Script script in _scripts)
            {
                script.Take(schedule.Where(f => f.IsFirst == (script == _scripts[0])), held);
            }
            _ = _subject.Tells?.Invoke();
            ServiceRow[] rows;
            try
            {
                rows = _simulation.Run(replication, SimDuration.Zero, SimDuration.FromSeconds(_horizon));
            }
            catch (InvariantViolationException violation)
            {
                return violation.Message;
            }
            StringBuilder story = new();
            foreach ((long at, Signal signal, bool value) in _told)
            {
                story.Append(CultureInfo.InvariantCulture, $"{at / 1e9m:0.#########}{(value ? '+' : '-')}{_simulation.Signals.NameOf(signal)} ");
            }
            for (int r = 0; r < rows.Length; r++)
            {
                story.Append(CultureInfo.InvariantCulture, $"| {(_subject.ComparesCauses ? string.Join(',', rows[r].DownByCause) : "")} / {Shares(rows[r].DownByStage)} ");
            }
            string more = _subject.Tells?.Invoke() ?? "";
            Changes = _told.Count + more.Count(c => c == ' ');
            return story.Append(more).ToString();
        }

        /// <summary>The instant of a timer about then, or one nanosecond beside it.</summary>
        public long TickNear(long at, Random random)
        {
            int i = _ticks.BinarySearch(at);
            i = (i < 0 ? ~i : i) + random.Next(-1, 2);
            long tick = _ticks.Count == 0 ? at : _ticks[Math.Clamp(i, 0, _ticks.Count - 1)];
            int beside = random.Next(8);
            return Math.Max(1, tick + (beside == 0 ? 1 : beside == 1 ? -1 : 0));
        }

        public void OnTimer(SimTime time, Component component, int slot, int timer)
        {
            if (component is not Script)
            {
                _ticks.Add(time.Nanoseconds);
            }
        }

        public void OnState(SimTime time, Component component, int slot, string state)
        {
        }

        public void OnSignal(SimTime time, Signal signal, bool value)
        {
            if (Array.IndexOf(_subject.Watched, signal) < 0)
            {
                return;
            }
            int twin = _told.FindLastIndex(t => t.At == time.Nanoseconds && t.Signal == signal);
            if (twin >= 0)
            {
                // What lasts no time leaves no mark.
                _told.RemoveAt(twin);
            }
            else
            {
                _told.Add((time.Nanoseconds, signal, value));
            }
        }

        private string Shares(IReadOnlyList<long> shares) =>
            string.Join(' ', shares.Select((share, i) => (share, i)).Where(s => s.share > 0).Select(s => $"{_names.Stages[s.i]} {s.share}"));
    }

    private sealed class Script : Component
    {
        private readonly ScanSubject _subject;
        private readonly State<int> _next;
        private readonly int[] _kinds;

        [Wiring]
        private readonly List<(long At, int What, bool Begins)> _steps = [];

        [Wiring]
        private int[] _held = [];

        public Script(ScanSubject subject, string name)
            : base(subject.Builder, name, 1, 1)
        {
            _subject = subject;
            _kinds = [.. subject.Faults.Select((_, i) => subject.Builder.Cause($"fault-{i}"))];
            _next = NewState<int>(1);
        }

        public void Take(IEnumerable<ScheduledFault> schedule, int[] held)
        {
            _held = held;
            _steps.Clear();
            _steps.AddRange(schedule.SelectMany(f => new[] { (f.From, f.What, true), (f.Until, f.What, false) }));
            // Stable: of one instant, in the order of the schedule.
            (long, int, bool)[] ordered = [.. _steps.OrderBy(s => s.At)];
            _steps.Clear();
            _steps.AddRange(ordered);
        }

        protected internal override void Start() => Await();

        protected internal override void OnTimer(int slot, int timer)
        {
            (_, int what, bool begins) = _steps[_next[0]++];
            _held[what] += begins ? 1 : -1;
            if (_held[what] == (begins ? 1 : 0))
            {
                if (begins)
                {
                    Simulation.Raise(_kinds[what]);
                }
                _subject.Faults[what](Simulation, begins);
            }
            Await();
        }

        protected internal override void Encode(int slot, StateWriter writer) => writer.Add((long)_next[0]);

        private void Await()
        {
            if (_next[0] < _steps.Count)
            {
                ArmAt(0, 0, new SimTime(_steps[_next[0]].At));
            }
        }
    }
}
