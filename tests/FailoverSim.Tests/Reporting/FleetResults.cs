using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Levels;
using FailoverSim.Kernel.Observation;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Kernel.Replications;
using FailoverSim.Kernel.Results;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Tests.Kernel;

namespace FailoverSim.Tests.Reporting;

/// <summary>Runs of models with a fleet of workloads.</summary>
internal static class FleetResults
{
    private const long Second = 1_000_000_000;

    private static readonly SimDuration Year = new(SimDuration.NanosecondsPerYear);

    /// <summary>Workloads that fail at random, each alone; every third measures requests, the last one never fails.</summary>
    public static ResultSet Random(int workloads, int replications, int threads = 1)
    {
        ReplicationBlock[] blocks = [.. new ReplicationRunner(() => Model(workloads), SimDuration.Zero, Year, threads)
            .Run(0, replications, CancellationToken.None, CancellationToken.None)];
        ResultNames names = Model(workloads).NamesFor(Year);
        return Set(names, [.. blocks.Select(block => new Block((int)block.Index, block.Rows, names.Services.Count))]);
    }

    /// <summary>
    /// Two replications of a year: a-1 is down for 300 s, and for 60 s; a-2 only in the second one, for 240 s; b never, but a
    /// quarter of its requests is lost for 4,000 s of the first.
    /// </summary>
    public static ResultSet Tiny()
    {
        List<ServiceRow> rows = [];
        ResultNames names = null!;
        for (int replication = 0; replication < 2; replication++)
        {
            ModelBuilder builder = new();
            int disk = builder.Cause("disk"), pull = builder.Stage("pull");
            Signal one = builder.Condition("a-1"), two = builder.Condition("a-2"), b = builder.Condition("b");
            Level share = builder.Level();
            Fleet fleet = builder.Fleet("workloads", [new("a-1", "a", one, one), new("a-2", "a", two, b), new("b", "b", b, b, share)]);
            builder.MeanOver("apps", fleet, [0, 1, 2], []);
            builder.QuantileOver("worst", fleet, [0, 1, 2], 0.01, []);
            _ = replication == 0
                ? new Script(builder, "script",
                    (100 * Second, s => s.Fall(one, disk, pull)), (400 * Second, s => s.Rise(one)),
                    (500 * Second, s => s.SetLevel(share, Level.Whole / 4 * 3)), (4500 * Second, s => s.SetLevel(share, Level.Whole)))
                : new Script(builder, "script",
                    (100 * Second, s => s.Fall(one, disk, pull)), (160 * Second, s => s.Rise(one)),
                    (100 * Second, s => s.Fall(two, disk, pull)), (340 * Second, s => s.Rise(two)));
            Simulation simulation = builder.Build(1);
            names = simulation.NamesFor(Year);
            rows.AddRange(simulation.Run(replication, SimDuration.Zero, Year));
        }
        return Set(names, [new Block(0, rows, 2)]);
    }

    private static ResultSet Set(ResultNames names, IReadOnlyList<Block> blocks) =>
        new(SampleResults.Origin, [new ResultTable(ResultSet.BaseVariant, names, Year.Nanoseconds, blocks)]);

    private static Simulation Model(int workloads)
    {
        ModelBuilder builder = new();
        Signal[] up = [.. Enumerable.Range(0, workloads).Select(w => builder.Condition($"w-{w}"))];
        Fleet fleet = builder.Fleet(
            "workloads",
            [.. up.Select((s, w) => new FleetMember($"w-{w}", w % 2 == 0 ? "even" : "odd", s, up[0], w % 3 == 0 ? builder.Level() : null))]);
        builder.Service("first", up[0], up[0], []);
        Objective monthly = new("monthly", new SimDuration(Year.Nanoseconds / 12), new SimDuration(3600 * Second), SimDuration.Never);
        builder.MeanOver("mean", fleet, [.. Enumerable.Range(0, workloads)], [monthly]);
        builder.QuantileOver("worst", fleet, [.. Enumerable.Range(0, workloads)], 0.1, [monthly with { Name = "monthly-worst" }]);
        _ = new Flapping(builder, up[..^1]);
        return builder.Build(1);
    }

    private sealed class Flapping : Component
    {
        private static readonly Purpose Life = Purpose.Named("life");

        private readonly Signal[] _up;
        private readonly int _cause;
        private readonly int _stage;
        private readonly State<int> _changes;

        public Flapping(ModelBuilder builder, Signal[] up)
            : base(builder, "flapping", up.Length, 1)
        {
            _up = up;
            _cause = builder.Cause("crash");
            _stage = builder.Stage("start");
            _changes = NewState<int>(up.Length);
        }

        protected internal override void Start()
        {
            for (int slot = 0; slot < Count; slot++)
            {
                Arm(slot);
            }
        }

        protected internal override void OnTimer(int slot, int timer)
        {
            if (_changes[slot]++ % 2 == 0)
            {
                Simulation.Raise(_cause);
                Simulation.Drive(_up[slot], false, _stage);
            }
            else
            {
                Simulation.Drive(_up[slot], true);
            }
            Arm(slot);
        }

        protected internal override void Encode(int slot, StateWriter writer)
        {
        }

        /// <summary>Up for a year on average, down for four hours.</summary>
        private void Arm(int slot)
        {
            Draws draws = DrawsFor(slot, Life, _changes[slot]);
            ArmAfter(slot, 0, SimDuration.FromSeconds(draws.NextExponential() * (_changes[slot] % 2 == 0 ? 365 * 86400 : 14400)));
        }
    }
}
