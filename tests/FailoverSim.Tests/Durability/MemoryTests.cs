using System.Globalization;
using System.Text;
using FailoverSim.Analysis.Studies;
using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Replications;
using FailoverSim.Kernel.Results;
using FailoverSim.Library;
using FailoverSim.Reporting.Results;
using FailoverSim.Scenario;
using FailoverSim.Scenario.Specification;
using FailoverSim.Tests.Cli;
using Xunit;
using Xunit.Abstractions;

namespace FailoverSim.Tests.Durability;

/// <summary>Whatever is live is measured: nobody else may work meanwhile.</summary>
[CollectionDefinition(nameof(MemoryTests), DisableParallelization = true)]
public sealed class MemoryTestsAlone;

[Collection(nameof(MemoryTests))]
public sealed class MemoryTests(ITestOutputHelper output)
{
    private const string Text = """
        failoversim: 1
        name: small
        units: {node: {count: 2, fails: exp(1y), repair: {takes: exp(12h)}}}
        services: {quorum: {up-when: 1 of node}}
        slo: {month: {service: quorum, objective: 99%, window: 30d, require: P(met) >= 90%}}
        run: {horizon: 1y, seed: 9, replications: 1}
        compare: {three: {set: {units.node.count: 3}}}
        """;

    [Fact]
    public void Memory_does_not_grow_with_the_replications()
    {
        Run(2_000);
        long few = Run(10_000), many = Run(100_000);
        output.WriteLine($"{few} {many}");
        // Eight bytes a replication of both variants would be 1,440,000; buffers of a megabyte are there or not when it is looked.
        Assert.InRange(many - few, -1_200_000, 1_200_000);
    }

    /// <summary>The most bytes that were live at the end of a pass.</summary>
    private static long Run(long replications)
    {
        using TempFolder temp = new();
        ScenarioReading reading = ScenarioFile.Read("small.yaml", Encoding.UTF8.GetBytes(Text));
        Assert.False(reading.HasErrors, string.Join('\n', reading.Diagnostics));
        ScenarioSpec spec = reading.Spec! with { Run = reading.Spec!.Run with { Replications = replications } };
        reading = reading with { Spec = spec };
        StudyPlan plan = new(reading, count => count.ToString(CultureInfo.InvariantCulture));
        using StudyFolder folder = StudyFolder.Open(temp.Path, plan);
        PassEnds store = new(folder.Store, replications);
        RunOutcome[] outcomes =
        [
            .. reading.Study.Variants.Select(variant => (variant.Name, variant.Spec with { Run = spec.Run })).Prepend((ResultSet.BaseVariant, spec))
                .Select(variant => RunStudy.Run(variant.Item2, 2, null, default, default, variant.Item1, store: store, held: HeldRows.None())),
        ];
        StudyFindings findings = StudyFindings.Of(reading, new StudyOutcome(outcomes[0], [outcomes[1]], []), Study.EngineVersion, "");
        folder.Write(findings);
        GC.KeepAlive(findings);
        Assert.InRange(store.Looks, 100, 1000);
        return store.Peak;
    }

    /// <summary>Looks at what is live while the last blocks are read: towards the end of every pass, where most has been gathered.</summary>
    private sealed class PassEnds(IStudyStore inner, long replications) : IStudyStore
    {
        private const int LooksOfPass = 8;

        private readonly long _before = Live();
        private readonly Queue<long> _last = [];

        public long Peak { get; private set; }

        public int Looks { get; private set; }

        public IBlockStore Of(string series, ResultNames names) => new Series(inner.Of(series, names), Block.CountFor(replications) - LooksOfPass, Look);

        private void Look()
        {
            lock (_last)
            {
                Looks++;
                _last.Enqueue(Live() - _before);
                // The least of several: what is gathered is there each time, and what the threads are just reading is not.
                if (_last.Count == LooksOfPass)
                {
                    Peak = Math.Max(Peak, _last.Min());
                    _last.Dequeue();
                }
            }
        }

        private static long Live()
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true);
            GCMemoryInfo info = GC.GetGCMemoryInfo(GCKind.FullBlocking);
            return info.HeapSizeBytes - info.FragmentedBytes;
        }
    }

    private sealed class Series(IBlockStore inner, long first, Action look) : IBlockStore
    {
        public ReplicationBlock? Find(long block)
        {
            ReplicationBlock? found = inner.Find(block);
            // While it is simulated the runner asks, too.
            if (block >= first && found is not null)
            {
                look();
            }
            return found;
        }

        public bool Holds(long block) => inner.Holds(block);

        public void Keep(ReplicationBlock block) => inner.Keep(block);
    }
}
