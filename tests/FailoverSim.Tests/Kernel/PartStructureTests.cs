using FailoverSim.Kernel;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Structure;
using FailoverSim.Kernel.Time;
using Xunit;

namespace FailoverSim.Tests.Kernel;

/// <summary>What a state says of the parts: random structures against every set of parts tried one by one, and by hand.</summary>
public class PartStructureTests
{
    private const int Structures = 400;

    [Fact]
    public void What_a_state_says_of_each_part_is_what_trying_every_set_says()
    {
        int pivotal = 0, saving = 0, inCut = 0;
        for (int seed = 0; seed < Structures; seed++)
        {
            RandomParts random = new(seed);
            PartStructure structure = random.Simulation.PartsOf(0)!;
            PartState state = structure.Read();
            string[] Names(IEnumerable<int> parts) => [.. parts.Select(part => structure.Parts[part].Name).Order(StringComparer.Ordinal)];
            string[] beneath = Names(Enumerable.Range(0, structure.Parts.Count));
            Assert.Equal(random.IsDown([], []), state.IsDown);
            Assert.Equal(random.Parts.Where(random.HasFailed).Intersect(beneath), Names(state.Failed));
            Assert.Equal(beneath.Where(part => !state.IsDown && random.IsDown([], [part])), Names(state.Pivotal));
            Assert.Equal(beneath.Where(part => state.IsDown && !random.IsDown([part], [])), Names(state.Saving));
            Assert.Equal(state.IsDown ? random.InMinimalCuts(beneath) : [], Names(state.InFailedCut!));
            pivotal += state.Pivotal.Length;
            saving += state.Saving.Length;
            inCut += state.InFailedCut!.Length;
        }
        Assert.True(Math.Min(pivotal, Math.Min(saving, inCut)) > 50, $"{pivotal} {saving} {inCut}");
    }

    [Fact]
    public void A_part_beneath_the_service_that_is_on_no_cut_is_never_pivotal()
    {
        // a or (a and b): b makes no difference.
        ModelBuilder builder = new();
        Signal a = builder.Condition("a");
        Signal b = builder.Condition("b");
        Signal up = builder.Gate("up", 1, a, builder.Gate("both", 2, a, b));
        builder.Service("s", up, up, []);
        int kind = builder.Cause("kind");
        builder.FaultsAre(() => [Fault(kind, "a", a), Fault(kind, "b", b)]);
        Simulation simulation = builder.Build(1);
        simulation.Reset(0);
        PartStructure structure = simulation.PartsOf(0)!;
        Assert.Equal(["a"], structure.Read().Pivotal.Select(part => structure.Parts[part].Name));
    }

    /// <summary>Three members, one in each zone, two zones on one feed: those two are alike, and so is what is in them.</summary>
    [Theory]
    [InlineData(false, "m0,m1,m2 z0,z1,z2")]
    [InlineData(true, "f m0,m1 m2 z0,z1 z2")]
    public void Parts_are_alike_if_the_structure_cannot_tell_them_apart(bool sharesFeed, string expected)
    {
        ModelBuilder builder = new();
        Signal feed = builder.Condition("feed");
        Signal[] zones = [.. Enumerable.Range(0, 3).Select(i => builder.Condition($"z{i}"))];
        Signal[] members = [.. Enumerable.Range(0, 3).Select(i => builder.Condition($"m{i}"))];
        Signal up = builder.Gate("up", 2, [.. members.Select((member, i) =>
            sharesFeed && i < 2 ? builder.Gate($"up{i}", 3, member, zones[i], feed) : builder.Gate($"up{i}", 2, member, zones[i]))]);
        builder.Service("s", up, up, []);
        int crash = builder.Cause("crash");
        int outage = builder.Cause("outage");
        builder.FaultsAre(() =>
        [
            .. members.Select((member, i) => Fault(crash, $"m{i}", member)),
            .. zones.Select((zone, i) => Fault(outage, $"z{i}", zone)),
            Fault(outage, "f", feed),
        ]);
        PartStructure structure = builder.Build(1).PartsOf(0)!;
        Assert.Equal(
            expected,
            string.Join(' ', structure.Groups.Select(group => string.Join(',', group.Select(part => structure.Parts[part].Name))).Order(StringComparer.Ordinal)));
    }

    /// <summary>Faults of different kinds come at different rates.</summary>
    [Fact]
    public void Parts_with_other_faults_are_not_alike()
    {
        ModelBuilder builder = new();
        Signal[] members = [.. Enumerable.Range(0, 3).Select(i => builder.Condition($"m{i}"))];
        Signal up = builder.Gate("up", 2, members);
        builder.Service("s", up, up, []);
        int[] kinds = [builder.Cause("one"), builder.Cause("other")];
        builder.FaultsAre(() => members.Select((member, i) => Fault(kinds[i / 2], $"m{i}", member)));
        Assert.Equal([2, 1], builder.Build(1).PartsOf(0)!.Groups.Select(group => group.Count));
    }

    private static FaultDeclaration Fault(int kind, string part, Signal condition) =>
        new(kind, part, [condition]) { Part = new FaultPart("part", part, "parts") };

    /// <summary>
    /// Conditions, gates over them, and parts with one or two faults each, some of which last. What a fault strikes is false, and so
    /// may be others because of it; some are false for no part's sake.
    /// </summary>
    private sealed class RandomParts
    {
        private readonly List<(int Needed, int[] Inputs)> _nodes = [];
        private readonly List<(string Part, int[] Conditions, bool Lasts)> _faults = [];
        private readonly HashSet<string>[] _keepers;

        public RandomParts(int seed)
        {
            Random random = new(seed);
            ModelBuilder builder = new();
            int conditions = random.Next(4, 10);
            List<Signal> signals = [];
            for (int i = 0; i < conditions; i++)
            {
                _nodes.Add((0, []));
                signals.Add(builder.Condition($"c{i}"));
            }
            for (int g = random.Next(2, 7); g > 0; g--)
            {
                int[] inputs = [.. Enumerable.Range(0, random.Next(2, 6)).Select(_ => random.Next(signals.Count)).Distinct()];
                int needed = random.Next(1, inputs.Length + 1);
                _nodes.Add((needed, inputs));
                signals.Add(builder.Gate($"g{g}", needed, [.. inputs.Select(i => signals[i])]));
            }
            int parts = random.Next(3, 8);
            int[] Some() => [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => random.Next(conditions)).Distinct()];
            for (int p = 0; p < parts; p++)
            {
                _faults.AddRange(Enumerable.Range(0, random.Next(1, 3)).Select(_ => ($"p{p}", Some(), random.Next(2) == 0)));
            }
            // Who drove a condition last, which is whom it is charged to; null: no part.
            string?[] drivenBy = new string?[conditions];
            HashSet<int> down = [.. Enumerable.Range(0, conditions).Where(_ => random.Next(12) == 0)];
            List<(long, Action<Script>)> steps = [.. down.Select(c => (1L, (Action<Script>)(script => script.Fall(signals[c]))))];
            Cause[] causes = new Cause[_faults.Count];
            int kind = builder.Cause("kind");
            Simulation? simulation = null;
            for (int f = 0; f < _faults.Count; f++)
            {
                (string part, int[] struck, bool lasts) = _faults[f];
                int fault = f;
                int[] fall = lasts ? [.. struck, .. Some().Where(_ => random.Next(3) == 0)] : [];
                foreach (int c in fall)
                {
                    drivenBy[c] = part;
                    down.Add(c);
                }
                steps.Add((2 + f, script =>
                {
                    foreach ((int i, int c) in fall.Index())
                    {
                        script.Fall(signals[c], i == 0 ? kind : 0);
                        causes[fault] = simulation!.Cause;
                    }
                }
                ));
            }
            _keepers = [.. Enumerable.Range(0, conditions).Select(c => !down.Contains(c) ? []
                : _faults.Where(fault => fault.Lasts && fault.Conditions.Contains(c)).Select(fault => fault.Part).Append(drivenBy[c] ?? "").ToHashSet())];
            Script owner = new(builder, "script", [.. steps]);
            builder.FaultsAre(() => _faults.Select((fault, f) => new FaultDeclaration(kind, $"{f}", [.. fault.Conditions.Select(c => signals[c])])
            {
                Part = new FaultPart("part", fault.Part, "parts"),
                Occurrences = new FaultOccurrences(owner, [() => causes[f]]),
            }));
            builder.Service("s", signals[^1], signals[^1], []);
            Simulation = simulation = builder.Build(1);
            simulation.Reset(0);
            simulation.RunUntil(new SimTime(100));
        }

        public Simulation Simulation { get; }

        public IReadOnlyList<string> Parts => [.. _faults.Select(fault => fault.Part).Distinct()];

        /// <summary>It keeps down a condition beneath the service.</summary>
        public bool HasFailed(string part) => Enumerable.Range(0, _keepers.Length).Any(c => Beneath(_nodes.Count - 1).Contains(c) && _keepers[c].Contains(part));

        public bool IsDown(string[] working, string[] failing)
        {
            bool[] node = new bool[_nodes.Count];
            for (int i = 0; i < node.Length; i++)
            {
                node[i] = _nodes[i].Needed == 0
                    ? _keepers[i].All(working.Contains) && !_faults.Any(fault => failing.Contains(fault.Part) && fault.Conditions.Contains(i))
                    : _nodes[i].Inputs.Count(input => node[input]) >= _nodes[i].Needed;
            }
            return !node[^1];
        }

        /// <summary>Members of sets of failed parts, of those that strike something beneath the service, that bring the service down, and of which none can be spared.</summary>
        public IEnumerable<string> InMinimalCuts(string[] beneath)
        {
            string[] failed = [.. beneath.Where(HasFailed)];
            bool Cuts(IEnumerable<string> set) => IsDown([.. failed.Except(set)], []);
            return Enumerable.Range(1, (1 << failed.Length) - 1)
                .Select(bits => failed.Where((_, i) => (bits >> i & 1) == 1).ToArray())
                .Where(set => Cuts(set) && set.All(part => !Cuts(set.Where(other => other != part))))
                .SelectMany(set => set).Distinct().Order(StringComparer.Ordinal);
        }

        private HashSet<int> Beneath(int node) => [node, .. _nodes[node].Inputs.SelectMany(Beneath)];
    }
}
