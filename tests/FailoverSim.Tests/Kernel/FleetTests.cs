using FailoverSim.Kernel;
using FailoverSim.Kernel.Levels;
using FailoverSim.Kernel.Observation;
using FailoverSim.Kernel.Results;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FsCheck;
using FsCheck.Xunit;
using Xunit;

namespace FailoverSim.Tests.Kernel;

public class FleetTests
{
    private const long Horizon = 1000;
    private const long WarmUp = 100;

    [Property(MaxTest = 200)]
    public void Fleet_says_of_each_member_what_a_service_of_its_own_says(PositiveInt seed)
    {
        RandomFleet random = new(seed.Get, members: 5);
        Fleet fleet = random.Declare();
        for (int m = 0; m < fleet.Members.Length; m++)
        {
            FleetMember member = fleet.Members[m];
            // One service per member, as the yardstick; and a quantile over it alone, to see all that the fleet knows.
            random.Builder.Service(
                member.Name, member.Up, member.Support, Objectives(), member.Share is { } share ? new RequestOptions(share) : null);
            random.Builder.QuantileOver($"only-{member.Name}", fleet, [m], 0.5, Objectives());
        }
        ServiceRow[] rows = random.Run(WarmUp, Horizon);
        Dictionary<int, MemberRow> members = rows[0].Members.ToDictionary(row => row.Member);
        for (int m = 0; m < fleet.Members.Length; m++)
        {
            ServiceRow service = rows[2 * m], view = rows[(2 * m) + 1];
            Assert.Equal(service.DownNanoseconds, view.DownNanoseconds);
            Assert.Equal(service.UpNanoseconds, view.UpNanoseconds);
            Assert.Equal(service.FailoverNanoseconds, view.FailoverNanoseconds);
            Assert.Equal(service.DownByCause, view.DownByCause);
            Assert.Equal(service.DownByStage, view.DownByStage);
            Assert.Equal(service.LossByStage, view.LossByStage);
            Assert.Equal(service.LostRequestNanoseconds, view.LostRequestNanoseconds);
            Assert.Equal((service.OutageCount, service.LossCount), (view.MemberOutages, view.MemberLosses));
            Assert.Equal((0L, 0L, 0), (view.OutageCount, view.LossCount, view.Outages.Count));
            Assert.Equal(service.SloWindowsMet[2 * m], view.SloWindowsMet[(2 * m) + 1]);
            MemberRow row = members.GetValueOrDefault(m, new MemberRow(m, 0, 0, 0, 0, 0));
            Assert.Equal(
                new MemberRow(
                    m, service.DownNanoseconds, service.OutageCount, service.LongestOutage, service.LostRequestNanoseconds ?? 0,
                    service.DownNanoseconds - service.Outages.Sum(o => o.Duration)),
                row);
        }

        Objective[] Objectives() => [new("slo", new SimDuration(70), new SimDuration(9), SimDuration.Never)];
    }

    [Property(MaxTest = 200)]
    public void Mean_is_the_sum_divided_and_its_parts_make_it_up(PositiveInt seed)
    {
        RandomFleet random = new(seed.Get, members: 2 + (seed.Get % 6));
        Fleet fleet = random.Declare();
        int[] some = [.. Enumerable.Range(0, fleet.Members.Length).Where(m => m % 3 != 1)];
        Objective objective = new("slo", new SimDuration(70), new SimDuration(9), SimDuration.Never);
        random.Builder.MeanOver("mean", fleet, [.. some.Reverse()], [objective]);
        foreach (int m in some)
        {
            FleetMember member = fleet.Members[m];
            random.Builder.Service(
                member.Name, member.Up, member.Support, [], member.Share is { } share ? new RequestOptions(share) : null);
        }
        ServiceRow[] rows = random.Run(WarmUp, Horizon);
        ServiceRow mean = rows[0];
        ServiceRow[] members = rows[1..];
        Assert.Equal(members.Sum(row => row.DownNanoseconds) / some.Length, mean.DownNanoseconds);
        Assert.Equal(Horizon, mean.UpNanoseconds + mean.DownNanoseconds);
        Assert.Equal(mean.DownNanoseconds, mean.DownByCause.Sum());
        Assert.Equal(mean.DownNanoseconds, mean.DownByStage.Sum());
        Assert.Equal(members.Sum(row => row.FailoverNanoseconds) / some.Length, mean.FailoverNanoseconds);
        Assert.Equal(members.Sum(row => row.OutageCount), mean.MemberOutages);
        Assert.Equal(members.Sum(row => row.LossCount), mean.MemberLosses);
        Assert.Equal(
            members.All(row => row.LostRequestNanoseconds is not null) ? members.Sum(row => row.LostRequestNanoseconds) / some.Length : null,
            mean.LostRequestNanoseconds);
        // A part may be a nanosecond off its own quotient, either way.
        for (int cause = 0; cause < mean.DownByCause.Count; cause++)
        {
            Assert.InRange(mean.DownByCause[cause] - (members.Sum(row => row.DownByCause[cause]) / some.Length), 0, 1);
        }
        for (int stage = 0; stage < mean.DownByStage.Count; stage++)
        {
            Assert.InRange(mean.DownByStage[stage] - (members.Sum(row => row.DownByStage[stage]) / some.Length), 0, 1);
            Assert.InRange(mean.LossByStage[stage], 0, mean.DownByStage[stage]);
            Assert.InRange(mean.LossByStage[stage] - (members.Sum(row => row.LossByStage[stage]) / some.Length), 0, 1);
        }
        int met = Enumerable.Range(0, 14).Count(w => members.Sum(row => DownIn(row, w)) <= 9 * some.Length);
        Assert.Equal(met, mean.SloWindowsMet[0]);
        for (int w = 0; w < 14; w++)
        {
            Assert.Equal(members.Sum(row => DownIn(row, w)) / some.Length, PartsIn(mean, 0, w));
        }
    }

    [Property(MaxTest = 200)]
    public void Quantile_is_the_member_of_that_rank_and_so_are_its_windows(PositiveInt seed)
    {
        const int Count = 7;
        RandomFleet random = new(seed.Get, Count);
        Fleet fleet = random.Declare();
        double[] quantiles = [0, 0.1, 0.14, 0.3, 0.5, 1];
        int[] ranks = [1, 1, 1, 3, 4, 7];
        Objective objective = new("slo", new SimDuration(70), new SimDuration(9), SimDuration.Never);
        foreach (double quantile in quantiles)
        {
            random.Builder.QuantileOver($"q{quantile}", fleet, [.. Enumerable.Range(0, Count)], quantile, [objective]);
        }
        foreach (FleetMember member in fleet.Members)
        {
            // With its requests, whose changes cut an outage where the fleet's do: remainders of the split are then the same.
            random.Builder.Service(
                member.Name, member.Up, member.Support, [], member.Share is { } share ? new RequestOptions(share) : null);
        }
        ServiceRow[] rows = random.Run(WarmUp, Horizon);
        ServiceRow[] members = rows[quantiles.Length..];
        for (int q = 0; q < quantiles.Length; q++)
        {
            long down = members.Select(row => row.DownNanoseconds).OrderDescending().ElementAt(ranks[q] - 1);
            ServiceRow member = members.First(row => row.DownNanoseconds == down);
            Assert.Equal(down, rows[q].DownNanoseconds);
            Assert.Equal(member.DownByCause, rows[q].DownByCause);
            Assert.Equal(member.DownByStage, rows[q].DownByStage);
            Assert.Equal((member.OutageCount, member.LossCount), (rows[q].MemberOutages, rows[q].MemberLosses));
            int met = Enumerable.Range(0, 14).Count(w =>
                members.Select(row => DownIn(row, w)).OrderDescending().ElementAt(ranks[q] - 1) <= 9);
            Assert.Equal(met, rows[q].SloWindowsMet[q]);
            for (int w = 0; w < 14; w++)
            {
                Assert.Equal(members.Select(row => DownIn(row, w)).OrderDescending().ElementAt(ranks[q] - 1), PartsIn(rows[q], q, w));
            }
        }
    }

    [Theory]
    [InlineData(0.01, 200, 2)]
    [InlineData(0.07, 100, 7)]
    [InlineData(0.01, 1, 1)]
    [InlineData(0.011, 200, 3)]
    public void Rank_is_rounded_up_and_never_by_the_error_of_a_double(double quantile, int members, int rank)
    {
        ModelBuilder builder = new();
        Signal[] up = [.. Enumerable.Range(0, members).Select(m => builder.Condition($"w-{m}"))];
        Fleet fleet = builder.Fleet("workloads", [.. up.Select((s, m) => new FleetMember($"w-{m}", "w", s, s))]);
        builder.QuantileOver("q", fleet, [.. Enumerable.Range(0, members)], quantile, []);
        // Member m is down for its number of nanoseconds: the k-th worst for n − k of them.
        _ = new Script(builder, "script", [.. up.SelectMany((s, m) => new (long, Action<Script>)[]
        {
            (500, script => script.Fall(s)), (500 + m, script => script.Rise(s)),
        })]);
        Assert.Equal(members - rank, builder.Build(1).Run(0, SimDuration.Zero, new SimDuration(Horizon))[0].DownNanoseconds);
    }

    [Fact]
    public void Names_tell_of_members_and_of_services_that_are_figures()
    {
        ModelBuilder builder = new();
        Signal up = builder.Condition("up");
        builder.Service("plain", up, up, []);
        Fleet fleet = builder.Fleet("workloads", [new("a-1", "a", up, up, builder.Level()), new("b", "b", up, up)]);
        builder.MeanOver("mean", fleet, [1, 0], []);
        builder.Service("share", builder.Level(), []);
        builder.QuantileOver("worst", fleet, [0], 0, []);
        ResultNames names = builder.Build(1).NamesFor(new SimDuration(Horizon));
        Assert.Equal([new MemberName("a-1", "a", true), new MemberName("b", "b", false)], names.Fleet);
        Assert.Equal(
            [new ServiceView(1, ViewKind.Mean, 2), new ServiceView(2, ViewKind.Level, 0), new ServiceView(3, ViewKind.Quantile, 1)],
            names.Views);
        Assert.Null(names.ViewOf(0));
    }

    [Fact]
    public void Members_are_told_once_per_replication_and_only_those_that_something_befell()
    {
        ModelBuilder builder = new();
        Signal a = builder.Condition("a"), b = builder.Condition("b"), c = builder.Condition("c");
        Level share = builder.Level();
        builder.Service("plain", a, a, []);
        Fleet fleet = builder.Fleet("workloads", [new("a", "g", a, a), new("b", "g", b, b), new("c", "g", c, c, share)]);
        builder.MeanOver("mean", fleet, [0, 1, 2], []);
        _ = new Script(builder, "script", (10, s => s.Fall(b)), (30, s => s.Rise(b)), (40, s => s.SetLevel(share, Level.Whole / 2)));
        Simulation simulation = builder.Build(1);
        simulation.Run(0, SimDuration.Zero, new SimDuration(100));
        ServiceRow[] rows = simulation.Run(1, new SimDuration(15), new SimDuration(85));
        Assert.Equal([new MemberRow(1, 15, 0, 0, 0, 15), new MemberRow(2, 0, 0, 0, 30, 0)], rows[0].Members);
        Assert.Empty(rows[1].Members);
        Assert.Null(rows[1].LostRequestNanoseconds);
    }

    [Fact]
    public void What_cannot_be_told_apart_is_refused()
    {
        ModelBuilder builder = new();
        Signal up = builder.Condition("up");
        Assert.Throws<ArgumentException>(() => builder.Fleet("workloads", [new("a", "g", up, up), new("a", "h", up, up)]));
        Fleet fleet = builder.Fleet("workloads", [new("a", "g", up, up), new("b", "g", up, up)]);
        Assert.Throws<ArgumentException>(() => builder.Fleet("others", [new("a", "g", up, up)]));
        Assert.Throws<ArgumentException>(() => builder.MeanOver("mean", fleet, [], []));
        Assert.Throws<ArgumentException>(() => builder.MeanOver("mean", fleet, [0, 0], []));
        Assert.Throws<ArgumentException>(() => builder.QuantileOver("worst", fleet, [2], 0, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => builder.QuantileOver("worst", fleet, [1], 1.1, []));
    }

    [Fact]
    public void Nothing_is_allocated_by_following_a_fleet_apart_from_its_rows()
    {
        RandomFleet random = new(7, members: 50);
        Fleet fleet = random.Declare();
        random.Builder.MeanOver("mean", fleet, [.. Enumerable.Range(0, 50)], []);
        Simulation simulation = random.Build();
        // Rows do not depend on how long it took.
        long shorter = long.MaxValue, longer = long.MaxValue;
        for (int replication = 0; replication < 20; replication++)
        {
            shorter = Allocated(simulation, 20);
            longer = Allocated(simulation, Horizon);
        }
        Assert.InRange(longer - shorter, 0, 50 * System.Runtime.CompilerServices.Unsafe.SizeOf<MemberRow>());

        static long Allocated(Simulation simulation, long horizon)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            simulation.Run(0, SimDuration.Zero, new SimDuration(horizon));
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    private static long PartsIn(ServiceRow row, int slo, int window) =>
        row.SloParts[slo].ToArray().Where(part => part.Part / 10 == window).Sum(part => part.DownNanoseconds);

    /// <summary>Down time of a service within the w-th window of 70, an outage carried in included.</summary>
    private static long DownIn(ServiceRow row, int window)
    {
        long from = WarmUp + (70 * window), to = from + 70;
        long carriedIn = row.DownNanoseconds - row.Outages.Sum(o => o.Duration);
        return row.Outages.Append(new Outage(WarmUp, carriedIn, 0, 0, false))
            .Sum(o => Math.Max(0, Math.Min(to, o.Start + o.Duration) - Math.Max(from, o.Start)));
    }

    /// <summary>Members that share some conditions, with a random history of falls, rises, stages and shares.</summary>
    private sealed class RandomFleet
    {
        private readonly Random _random;
        private readonly List<Signal> _conditions = [];
        private readonly List<FleetMember> _members = [];

        public RandomFleet(int seed, int members)
        {
            _random = new Random(seed);
            foreach (string cause in new[] { "none", "disk", "power", "network" })
            {
                Builder.Cause(cause);
            }
            foreach (string stage in new[] { "none", "detect", "repair" })
            {
                Builder.Stage(stage);
            }
            Signal zone = Condition("zone"), spare = Condition("spare");
            List<Level> levels = [];
            for (int m = 0; m < members; m++)
            {
                Signal[] pods = [Condition($"{m}/1"), Condition($"{m}/2"), Condition($"{m}/3")];
                Signal up = Builder.Gate($"{m}", 2, zone, Builder.Gate($"{m}.pods", 1 + _random.Next(3), pods));
                bool measures = _random.Next(4) > 0;
                if (measures)
                {
                    levels.Add(Builder.Level());
                }
                _members.Add(new FleetMember($"w-{m}", "w", up, _random.Next(2) == 0 ? spare : up, measures ? levels[^1] : null));
            }
            _ = new Script(Builder, "script", [.. Enumerable.Range(0, 60 * members).Select(_ => Step(levels))]);
        }

        public ModelBuilder Builder { get; } = new();

        public Fleet Declare() => Builder.Fleet("workloads", _members);

        public Simulation Build() => Builder.Build(1);

        /// <summary>Twice, because a replication must not inherit from the one before it.</summary>
        public ServiceRow[] Run(long warmUp, long horizon)
        {
            Simulation simulation = Build();
            simulation.Run(0, SimDuration.Zero, new SimDuration(horizon / 2));
            return simulation.Run(1, new SimDuration(warmUp), new SimDuration(horizon));
        }

        private Signal Condition(string name)
        {
            _conditions.Add(Builder.Condition(name));
            return _conditions[^1];
        }

        private (long At, Action<Script> Do) Step(List<Level> levels)
        {
            long at = _random.NextInt64(WarmUp + Horizon + 50);
            Signal condition = _conditions[_random.Next(_conditions.Count)];
            int cause = _random.Next(4), stage = _random.Next(3), parts = _random.Next(Level.Whole + 1);
            int level = levels.Count == 0 ? -1 : _random.Next(levels.Count);
            return (at, _random.Next(6) switch
            {
                0 => script => script.Fall(condition, cause, stage),
                1 => script => script.Stage(condition, stage),
                2 when level >= 0 => script => script.SetLevel(levels[level], parts),
                _ => script => script.Rise(condition),
            });
        }
    }
}
