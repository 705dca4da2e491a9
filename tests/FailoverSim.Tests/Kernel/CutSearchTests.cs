using FailoverSim.Kernel;
using FailoverSim.Kernel.Results;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Structure;
using FailoverSim.Kernel.Time;
using Xunit;

namespace FailoverSim.Tests.Kernel;

/// <summary>What brings a service down: small structures against all sets of faults tried one by one, and by hand.</summary>
public class CutSearchTests
{
    private const int Structures = 300;

    [Fact]
    public void Minimal_cuts_are_those_that_trying_every_set_finds()
    {
        int cuts = 0;
        for (int seed = 0; seed < Structures; seed++)
        {
            RandomStructure structure = new(seed);
            CutSearch search = structure.Simulation.CutsOf(0, 3, 100_000_000)!;
            IEnumerable<string> expected = structure.CutsByBruteForce(3).Select(Text);
            IEnumerable<string> found = search.MinimalCuts().Select(Text);
            Assert.Equal(expected.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
            Assert.False(search.IsCutShort);
            cuts += found.Count();
        }
        Assert.True(cuts > Structures, $"only {cuts} cuts");
    }

    [Fact]
    public void Time_by_margin_is_that_of_trying_every_set_at_every_instant()
    {
        HashSet<int> seen = [];
        for (int seed = 0; seed < Structures; seed++)
        {
            RandomStructure structure = new(seed, steps: 40);
            ServiceRow row = structure.Simulation.Run(0, SimDuration.Zero, new SimDuration(RandomStructure.Horizon))[0];
            long[] expected = structure.MarginByBruteForce(3);
            Assert.Equal(expected, row.MarginNanoseconds);
            Assert.Equal(RandomStructure.Horizon, row.MarginNanoseconds.Sum());
            Assert.True(row.MarginNanoseconds[0] >= row.DownNanoseconds);
            seen.UnionWith(Enumerable.Range(0, 5).Where(distance => expected[distance] > 0));
        }
        Assert.Equal(5, seen.Count);
    }

    [Fact]
    public void A_search_that_runs_out_of_work_says_so_and_claims_no_more_than_it_knows()
    {
        // Ten of twenty are needed: eleven faults, far beyond the depth.
        ModelBuilder builder = new();
        Signal[] units = [.. Enumerable.Range(0, 20).Select(i => builder.Condition($"u{i}"))];
        Signal up = builder.Gate("up", 10, units);
        builder.Service("s", up, up, []);
        int kind = builder.Cause("unit");
        builder.FaultsAre(() => units.Select((unit, i) => new FaultDeclaration(kind, $"{i}", [unit])));
        Simulation simulation = builder.Build(1);
        Assert.Equal(4, simulation.CutsOf(0, 3, 10_000_000)!.Distance());
        CutSearch tired = simulation.CutsOf(0, 3, 100)!;
        Assert.InRange(tired.Distance(), 1, 3);
        Assert.True(tired.IsCutShort);
    }

    [Fact]
    public void Rows_without_the_margin_do_not_tell_it() =>
        Assert.Empty(new RandomStructure(1).Simulation.Run(0, SimDuration.Zero, new SimDuration(10))[0].MarginNanoseconds);

    private static string Text(IEnumerable<int> cut) => string.Join(',', cut);

    /// <summary>Conditions, gates over them and faults that strike one to three of them, drawn from a seed.</summary>
    private sealed class RandomStructure
    {
        public const long Horizon = 1000;

        private readonly List<(int Needed, int[] Inputs)> _nodes = [];
        private readonly List<int[]> _faults = [];
        private readonly int _conditions;
        private readonly List<(long At, int Condition, bool Value)> _steps = [];

        public RandomStructure(int seed, int steps = 0)
        {
            Random random = new(seed);
            ModelBuilder builder = new();
            _conditions = random.Next(3, 8);
            List<Signal> signals = [];
            for (int i = 0; i < _conditions; i++)
            {
                _nodes.Add((0, []));
                signals.Add(builder.Condition($"c{i}"));
            }
            int gates = random.Next(1, 6);
            for (int g = 0; g < gates; g++)
            {
                int[] inputs = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => random.Next(signals.Count)).Distinct()];
                int needed = random.Next(1, inputs.Length + 1);
                _nodes.Add((needed, inputs));
                signals.Add(builder.Gate($"g{g}", needed, [.. inputs.Select(i => signals[i])]));
            }
            int[] kinds = [.. Enumerable.Range(0, 3).Select(i => builder.Cause($"kind-{i}"))];
            int faults = random.Next(2, 8);
            for (int f = 0; f < faults; f++)
            {
                _faults.Add([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(_conditions)).Distinct()]);
            }
            Script? owner = null;
            builder.FaultsAre(() => _faults.Select((fault, f) =>
                new FaultDeclaration(kinds[f % 3], $"{f}", [.. fault.Select(c => signals[c])], owner, f)));
            builder.Service("s", signals[^1], signals[^1], []);
            builder.MeasuresMargin = steps > 0;
            for (int i = 0; i < steps; i++)
            {
                _steps.Add((random.Next(1, (int)Horizon), random.Next(_conditions), random.Next(3) > 0));
            }
            _steps.Sort();
            owner = new Script(builder, "script", [.. _steps.Select(step => (step.At, (Action<Script>)(script =>
            {
                if (step.Value)
                {
                    script.Rise(signals[step.Condition]);
                }
                else
                {
                    script.Fall(signals[step.Condition], kinds[0]);
                }
            })))]);
            Simulation = builder.Build(1);
        }

        public Simulation Simulation { get; }

        public IEnumerable<int[]> CutsByBruteForce(int most)
        {
            bool[] all = [.. Enumerable.Repeat(true, _conditions)];
            List<int[]> cuts = [.. Sets(most).Where(set => !Holds(all, set))];
            return cuts.Where(cut => !cuts.Any(other => other.Length < cut.Length && other.All(cut.Contains)));
        }

        public long[] MarginByBruteForce(int most)
        {
            long[] times = new long[most + 2];
            bool[] values = [.. Enumerable.Repeat(true, _conditions)];
            long last = 0;
            foreach ((long at, int condition, bool value) in _steps.Append((Horizon, 0, true)))
            {
                times[Distance(values, most)] += at - last;
                last = at;
                values[condition] = value;
            }
            return times;
        }

        private int Distance(bool[] values, int most) =>
            Sets(most).Where(set => !Holds(values, set)).Select(set => set.Length).DefaultIfEmpty(most + 1).Min();

        /// <summary>All sets of so many faults at most, the empty one included.</summary>
        private IEnumerable<int[]> Sets(int most) =>
            from bits in Enumerable.Range(0, 1 << _faults.Count)
            where System.Numerics.BitOperations.PopCount((uint)bits) <= most
            select Enumerable.Range(0, _faults.Count).Where(f => (bits >> f & 1) == 1).ToArray();

        private bool Holds(bool[] values, int[] struck)
        {
            bool[] node = new bool[_nodes.Count];
            for (int i = 0; i < node.Length; i++)
            {
                node[i] = _nodes[i].Needed == 0
                    ? values[i] && !struck.Any(f => _faults[f].Contains(i))
                    : _nodes[i].Inputs.Count(input => node[input]) >= _nodes[i].Needed;
            }
            return node[^1];
        }
    }
}
