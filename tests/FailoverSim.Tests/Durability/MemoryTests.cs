using System.Diagnostics;
using System.Globalization;
using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Results;
using FailoverSim.Reporting.Checkpoints;
using FailoverSim.Tests.Analysis;
using FailoverSim.Tests.Cli;
using Xunit;
using Xunit.Abstractions;

namespace FailoverSim.Tests.Durability;

/// <summary>Memory grows neither with the replications nor with the blocks that they come in.</summary>
public sealed class MemoryTests(ITestOutputHelper output)
{
    private const int ManyBlocks = 300_000;

    /// <summary>
    /// A list of eight bytes a block would be 16 kB longer, as it grows by doubling, one of eight bytes a replication a megabyte. What is live differs by
    /// 100 bytes, but for 24 kB that the runtime has in some processes: whatever is held of each replication is there each time.
    /// </summary>
    [Fact]
    public void No_study_holds_anything_of_each_block_or_replication()
    {
        const int Attempts = 4, MostGrowth = 8_000;
        long growth = long.MaxValue;
        for (int attempt = 0; attempt < Attempts && growth > MostGrowth; attempt++)
        {
            using Process less = Probe(1_088), more = Probe(2_176);
            (long few, long many) = (Told(less), Told(more));
            output.WriteLine($"{few} {many}");
            growth = many - few;
        }
        Assert.InRange(growth, -100_000, MostGrowth);
    }

    [Fact]
    public void Blocks_that_are_not_held_take_no_memory()
    {
        BlockList run = new();
        Assert.InRange(Allocated(() => Fill(run, 0, 1)), 0, 10_000);
        Assert.Equal(ManyBlocks * 64L, run.Replications);
        Assert.Equal((ManyBlocks - 1, 64), (run[ManyBlocks - 1].Index, run[7].Replications));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(100)]
    public void Blocks_of_shards_take_none_and_together_are_the_whole(int shards)
    {
        BlockList[] parts = [.. Enumerable.Range(0, shards).Select(_ => new BlockList())];
        Assert.InRange(Allocated(() =>
        {
            for (int shard = 0; shard < shards; shard++)
            {
                Fill(parts[shard], shard, shards);
            }
        }), 0, 2_000 * shards);
        Assert.Equal((ManyBlocks / shards, 5), (parts[1].Count, parts[1].PositionOf((5 * shards) + 1)));
        ResultShard[] run = [.. parts.Select(part => new ResultShard(
            new Origin("a", "b", "c", 1), 64L * ManyBlocks, [new ShardTable("base", SampleRows.Names(), 1000, part)]))];
        ResultSet whole = null!;
        Assert.InRange(Allocated(() => whole = ResultShard.Join(run)), 0, 100_000 + (2_000 * shards));
        Assert.Equal(ManyBlocks, whole.Base.Blocks.Count);
        Assert.Equal(64L * 277_777, whole.Base.Blocks[277_777].Rows[0].Replication);
    }

    [Fact]
    public void Places_of_kept_blocks_are_not_in_memory()
    {
        using TempFolder folder = new();
        using PlaceTable places = PlaceTable.InFolder(folder.Path);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
        const int Kept = 100_000;
        Assert.InRange(Allocated(() =>
        {
            for (int block = 0; block < Kept; block++)
            {
                places.Set("a", block ^ 1, 1 + block); // Not quite in order.
            }
        }), 0, Kept / 2);
        places.Set("b", 99, 7);
        Assert.Equal((Kept + 1, 99L, 7L), (places.Count, places.PlaceOf("a", 99), places.PlaceOf("b", 99)));
        Assert.Null(places.PlaceOf("b", 98));
        places.Set("b", 99, 8);
        Assert.Equal((Kept + 1, 8L), (places.Count, places.PlaceOf("b", 99)));
        places.Clear();
        Assert.Null(places.PlaceOf("a", 99));
    }

    private static void Fill(BlockList blocks, int first, int step)
    {
        Elsewhere source = new();
        for (int index = first; index < ManyBlocks; index += step)
        {
            blocks.Add(new Block(index, source, Block.Size));
        }
    }

    private static long Allocated(Action work)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        work();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static Process Probe(int blocks)
    {
        ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true };
        start.ArgumentList.Add(typeof(MemoryTests).Assembly.Location);
        start.ArgumentList.Add(blocks.ToString(CultureInfo.InvariantCulture));
        // The least number of threads, too.
        start.Environment["DOTNET_PROCESSOR_COUNT"] = "1";
        return Process.Start(start)!;
    }

    private static long Told(Process probe)
    {
        string told = probe.StandardOutput.ReadToEnd();
        probe.WaitForExit();
        Assert.Equal(0, probe.ExitCode);
        return long.Parse(told, CultureInfo.InvariantCulture);
    }

    private sealed class Elsewhere : IRowSource
    {
        public IReadOnlyList<ServiceRow> RowsOf(int block) =>
            [.. Enumerable.Range(0, Block.Size).Select(i => SampleRows.Row(((long)block * Block.Size) + i, 1000, []))];
    }
}
