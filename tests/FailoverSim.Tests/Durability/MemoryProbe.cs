using System.Globalization;
using System.Reflection;
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

namespace FailoverSim.Tests.Durability;

/// <summary>Measures what is live while a study is run and its files are written, in a process in which nothing else is done.</summary>
internal static class MemoryProbe
{
    /// <summary>All replications have the same outages, so what is looked at to find a quantile does not depend on how many there are.</summary>
    private const string Text = """
        failoversim: 1
        name: small
        units: {node: {count: 1, fails: 200d, repair: {takes: 1d}}}
        services: {work: {up-when: node}}
        slo: {month: {service: work, objective: 99%, window: 30d, require: P(met) >= 90%}}
        run: {horizon: 1y, seed: 9, replications: 1}
        compare: {slower: {set: {units.node.repair.takes: 2d}}}
        """;

    /// <summary>The most bytes that were live at the end of a pass over all rows.</summary>
    /// <param name="blocks">How many there are. More than 1,024, of which no values are held that there is one of in each replication.</param>
    public static long PeakOf(int blocks)
    {
        long replications = (long)blocks * Block.Size;
        using TempFolder temp = new();
        ScenarioReading reading = ScenarioFile.Read("small.yaml", Encoding.UTF8.GetBytes(Text));
        if (reading.HasErrors)
        {
            throw new InvalidOperationException(string.Join('\n', reading.Diagnostics));
        }
        ScenarioSpec spec = reading.Spec! with { Run = reading.Spec!.Run with { Replications = replications } };
        reading = reading with { Spec = spec };
        StudyPlan plan = new(reading, count => count.ToString(CultureInfo.InvariantCulture));
        using StudyFolder folder = StudyFolder.Open(temp.Path, plan);
        PassEnds store = new(blocks - 1);
        RunOutcome[] outcomes =
        [
            .. reading.Study.Variants.Select(variant => (variant.Name, variant.Spec with { Run = spec.Run })).Prepend((ResultSet.BaseVariant, spec))
                .Select(variant => RunStudy.Run(variant.Item2, 1, null, default, default, variant.Item1, store: store, held: HeldRows.None())),
        ];
        StudyFindings findings = StudyFindings.Of(reading, new StudyOutcome(outcomes[0], [outcomes[1]], []), Study.EngineVersion, "");
        folder.Write(findings);
        GC.KeepAlive(findings);
        return store.Peak;
    }

    /// <summary>Looks at what is live while the last block is read: at the end of every pass, where most has been gathered.</summary>
    private sealed class PassEnds(long last) : IStudyStore
    {
        private readonly long _before = Live();

        public long Peak { get; private set; }

        public IBlockStore Of(string series, ResultNames names) => new Series(last, Look);

        private void Look() => Peak = Math.Max(Peak, Live() - _before);

        private static long Live()
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true);
            GC.WaitForPendingFinalizers();
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true);
            GCMemoryInfo info = GC.GetGCMemoryInfo(GCKind.FullBlocking);
            return info.HeapSizeBytes - info.FragmentedBytes;
        }
    }

    /// <summary>The first block is simulated; all others are made of it, which takes less time than to read them.</summary>
    private sealed class Series(long last, Action look) : IBlockStore
    {
        private static readonly Func<object, object> Clone =
            typeof(object).GetMethod(nameof(MemberwiseClone), BindingFlags.Instance | BindingFlags.NonPublic)!.CreateDelegate<Func<object, object>>();

        private static readonly Action<ServiceRow, long> Number =
            typeof(ServiceRow).GetProperty(nameof(ServiceRow.Replication))!.SetMethod!.CreateDelegate<Action<ServiceRow, long>>();

        private ReplicationBlock? _first;

        public ReplicationBlock? Find(long block)
        {
            if (block == last)
            {
                look();
            }
            return block == 0 ? _first : _first! with { Index = block, Rows = [.. _first!.Rows.Select(row => Moved(row, block))] };
        }

        public bool Holds(long block) => true;

        public void Keep(ReplicationBlock block) => _first = block;

        private static ServiceRow Moved(ServiceRow row, long blocks)
        {
            ServiceRow moved = (ServiceRow)Clone(row);
            Number(moved, row.Replication + (blocks * Block.Size));
            return moved;
        }
    }
}
