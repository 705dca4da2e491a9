using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Studies;
using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Results;
using FailoverSim.Reporting.Checkpoints;
using FailoverSim.Reporting.Tables;
using FailoverSim.Tests.Durability;
using FailoverSim.Tests.Reporting;
using Xunit;
using Xunit.Abstractions;

namespace FailoverSim.Tests.Robustness.Fuzzing;

/// <summary>Whatever a file of rows holds: it is refused, or all figures can be computed from it; and of kept blocks none is ever another.</summary>
public sealed class FuzzedResults(ITestOutputHelper output)
{
    [Fact]
    public void Rows_are_refused_or_good_for_every_figure()
    {
        byte[][] corpus =
        [
            SmallStudy.Rows(null, 70), Bytes(ResultShard.Of(SampleResults.Two(20))), Bytes(ResultShard.Of(FleetResults.Tiny())),
            Bytes(ResultShard.Of(Library.Studies.Of().Run(replications: 3, baseOnly: true).Findings.Results)),
        ];
        new Campaign("rows", 2_000, mostSeconds: 1, output).Run(
            number =>
            {
                Random dice = new(number);
                return ByteMutator.Mutate(dice, corpus[dice.Next(corpus.Length)], corpus[dice.Next(corpus.Length)]);
            },
            ReadRows,
            length => (4L << 20) + (400 * length));
    }

    [Fact]
    public void A_block_that_comes_back_is_the_one_that_was_kept()
    {
        MemoryStream file = new();
        StudyBlocks blocks = new();
        using (Checkpoint checkpoint = SmallStudy.Open(file))
        {
            ResultShard rows = ReplicationsFile.Read(new MemoryStream(SmallStudy.Rows(checkpoint, 130)));
            foreach (ShardTable table in rows.Tables)
            {
                string series = RunStudy.SeriesOf(table.Variant);
                blocks.Names[series] = table.Names;
                foreach (Block block in table.Blocks)
                {
                    blocks.Kept[(series, block.Index)] = BlockRecord.Write(series, checkpoint.Of(series, table.Names).Find(block.Index)!);
                }
            }
        }
        byte[] original = file.ToArray();
        new Campaign("blocks", 1_000, mostSeconds: 1, output).Run(
            number => ByteMutator.Mutate(new Random(number), original, original), mutant => Open(mutant, blocks), length => (4L << 20) + (100 * length));
    }

    private static void ReadRows(byte[] file)
    {
        try
        {
            ResultSet results = ResultShard.Join([ReplicationsFile.Read(new MemoryStream(file))]);
            Assert.NotEmpty(Summary.Of(results));
        }
        catch (Exception refusal) when (refusal is InvalidDataException || (refusal is ArgumentException && IsOfJoin(refusal)))
        {
            // The documented ways to say that it is no such file, or no whole run.
        }
    }

    private static bool IsOfJoin(Exception refusal) => refusal.StackTrace!.Contains(nameof(ResultShard.Join), StringComparison.Ordinal);

    private static void Open(byte[] mutant, StudyBlocks blocks)
    {
        Checkpoint checkpoint;
        try
        {
            checkpoint = SmallStudy.Open(SmallStudy.Holding(mutant));
        }
        catch (CheckpointException)
        {
            return;
        }
        using (checkpoint)
        {
            foreach (((string series, long index), byte[] kept) in blocks.Kept)
            {
                if (checkpoint.Of(series, blocks.Names[series]).Find(index) is { } found)
                {
                    Assert.True(kept.AsSpan().SequenceEqual(BlockRecord.Write(series, found)), $"block {index} of {series} is another");
                }
            }
        }
    }

    private static byte[] Bytes(ResultShard results)
    {
        using MemoryStream stream = new();
        ReplicationsFile.Write(stream, results);
        return stream.ToArray();
    }

    private sealed class StudyBlocks
    {
        public Dictionary<string, ResultNames> Names { get; } = [];

        public Dictionary<(string Series, long Index), byte[]> Kept { get; } = [];
    }
}
