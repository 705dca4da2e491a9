using System.Diagnostics;
using System.Globalization;
using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Results;
using FailoverSim.Reporting.Tables;
using FailoverSim.Tests.Cli;
using Xunit;

namespace FailoverSim.Tests.Reporting;

public class ReplicationsFileTests
{
    [Fact]
    public void Every_figure_can_be_derived_again_from_the_file()
    {
        var results = SampleResults.Two();
        var again = ResultShard.Join([Read(Bytes(ResultShard.Of(results)))]);
        Assert.Equal(results.Origin, again.Origin);
        Assert.Equal(Summary.Of(results), Summary.Of(again));
        Assert.Equal(Bytes(ResultShard.Of(results)), Bytes(ResultShard.Of(again)));
    }

    [Fact]
    public void The_list_of_outages_can_be_written_again_from_the_file()
    {
        var results = SampleResults.Two();
        var again = ResultShard.Join([Read(Bytes(ResultShard.Of(results)))]);
        Assert.Equal(Outages(results), Outages(again));

        static string Outages(ResultSet results)
        {
            using var text = new StringWriter();
            OutagesFile.Write(text, results);
            return text.ToString();
        }
    }

    [Fact]
    public void Shards_written_apart_and_joined_give_the_bytes_of_the_whole()
    {
        var whole = ResultShard.Of(SampleResults.Two(200));
        byte[] expected = Bytes(whole);
        var parts = Enumerable.Range(0, 3).Select(shard => whole with
        {
            Tables = [.. whole.Tables.Select(t => t with { Blocks = [.. t.Blocks.Where(b => b.Index % 3 == shard)] })],
        });
        var joined = ResultShard.Join([.. parts.Reverse().Select(part => Read(Bytes(part)))]);
        Assert.Equal(expected, Bytes(ResultShard.Of(joined)));
    }

    [Fact]
    public void Rows_that_are_not_held_are_read_from_the_file_that_was_opened()
    {
        using TempFolder folder = new();
        ResultSet results = SampleResults.Two(400);
        byte[] expected = Bytes(ResultShard.Of(results));
        string path = folder.File("replications.msgpack");
        File.WriteAllBytes(path, expected);
        ResultShard read = ReplicationsFile.Read(path, new HeldRows(most: 2 * Block.Size));
        Assert.Equal([2, 0], read.Tables.Select(table => table.Blocks.Count(block => block.IsHeld)));
        Assert.Equal(expected, Bytes(read));
        ResultSet again = ResultShard.Join([read]);
        Assert.Equal(Summary.Of(results), Summary.Of(again));
        // As a longer run does, which reads these rows while it replaces the file.
        ReplicationsFile.Write(path, SampleResults.Two(100));
        Assert.Equal(expected, Bytes(ResultShard.Of(again)));

        File.WriteAllBytes(path, expected);
        ResultShard cutOff = ReplicationsFile.Read(path, HeldRows.None());
        using (FileStream file = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.SetLength(expected.Length / 2);
        }
        Assert.Contains("has changed", Assert.Throws<IOException>(() => Bytes(cutOff)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_block_that_is_there_twice_is_refused()
    {
        ResultShard whole = ResultShard.Of(SampleResults.Two(130));
        Assert.Throws<InvalidDataException>(() => Read(Bytes(whole with { Tables = [.. whole.Tables.Select(table => table with { Blocks = [.. table.Blocks, table.Blocks[0]] })] })));
    }

    [Fact]
    public void A_file_of_another_kind_is_refused()
    {
        byte[] bytes = Bytes(ResultShard.Of(SampleResults.Two(1)));
        Assert.Throws<InvalidDataException>(() => Read(bytes[..^1]));
        Assert.Throws<InvalidDataException>(() => Read([0x80]));
        Assert.Throws<InvalidDataException>(() => Read([0x81, 0xa1, (byte)'x', 0xc0]));
        int version = bytes.AsSpan().IndexOf("version"u8) + 7;
        bytes[version] = 9;
        Assert.Contains("version 9", Assert.Throws<InvalidDataException>(() => Read(bytes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_that_does_not_fit_the_names_is_refused()
    {
        var whole = ResultShard.Of(SampleResults.Two(1));
        var lessNames = whole with
        {
            Tables = [.. whole.Tables.Select(t => t with { Names = t.Names with { Causes = ["pump.seal"] } })],
        };
        Assert.Contains(
            "does not fit", Assert.Throws<InvalidDataException>(() => Read(Bytes(lessNames))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_count_without_a_name_is_refused()
    {
        var whole = ResultShard.Of(SampleResults.Two(1));
        var lessNames = whole with
        {
            Tables = [.. whole.Tables.Select(t => t with { Names = t.Names with { Counters = ["repairs"] } })],
        };
        Assert.Throws<InvalidDataException>(() => Read(Bytes(lessNames)));
    }

    [Fact]
    public void Windows_that_cannot_be_are_refused()
    {
        var whole = ResultShard.Of(SampleResults.Two(1));
        var windows = whole.Tables[0].Names.Slos[0];
        foreach (var broken in new[]
        {
            windows with { LengthNanoseconds = 0 }, windows with { Windows = long.MaxValue }, windows with { DownAtMostNanoseconds = -1 },
            windows with { Kind = WindowKind.Spans }, windows with { Kind = WindowKind.Rolling, DownAtMostNanoseconds = null },
            windows with { Windows = 18 }, // fewer than were met
            windows with { DownAtMostNanoseconds = null }, // no budget, and yet down time by tenths
        })
        {
            var results = whole with { Tables = [.. whole.Tables.Select(t => t with { Names = t.Names with { Slos = [broken] } })] };
            Assert.Throws<InvalidDataException>(() => Read(Bytes(results)));
        }
    }

    [SkippableFact]
    public void An_independent_reader_sees_the_same()
    {
        const string Python = "/usr/bin/python3";
        const string Script = """
            import msgpack, sys
            d = msgpack.unpackb(sys.stdin.buffer.read())
            print(list(d))
            print(d["format"], d["version"], d["scenario"], d["seed"], d["replications"])
            print([v["name"] for v in d["variants"]], d["variants"][0]["slos"])
            rows = [r for r in d["rows"] if r["variant"] == 1]
            print(len(rows), sum(r["down"] for r in rows), sum((r["squares"][0] << 64) + r["squares"][1] for r in rows))
            for r in rows:
                for start, duration, cause, stage, loss, causes, stages in r["log"]:
                    assert sum(causes[1::3]) == sum(stages[1::2]) == duration
                    assert sum(role & 1 for role in causes[2::3]) == 1
                assert sum(c[3] for c in r["combinations"]) == r["down"] and sum(c[1] for c in r["combinations"]) == r["outages"]
            print(d["variants"][0]["counters"], [sum(c) for c in zip(*(r["counts"] for r in rows))])
            print(sum(r["losses"] for r in rows), sum(sum(r["lossStages"]) for r in rows), sum(r["lostRequests"] for r in rows))
            assert all(sum(r["sloParts"][0][1::2]) == r["down"] and r["sloLongest"] == [r["longest"]] for r in rows)
            print(sum(sum(o[1] for o in r["log"]) for r in rows), rows[5]["histogram"] is not None, rows[0]["histogram"])
            """;
        Skip.IfNot(File.Exists(Python) && Run(Python, "import msgpack", []).Exit == 0, "python3-msgpack is not installed");
        var results = SampleResults.Two();
        var totals = results["six-pumps"].Totals(0);
        var (exit, output) = Run(Python, Script, Bytes(ResultShard.Of(results)));
        Assert.Equal(0, exit);
        Assert.Equal(
            string.Create(CultureInfo.InvariantCulture, $$"""
            ['format', 'version', 'scenario', 'hash', 'engine', 'seed', 'replications', 'blockSize', 'variants', 'rows']
            failoversim-replications 5 pumps-3-of-5 18446744073709551615 100
            ['base', 'six-pumps'] [{'name': 'yearly', 'service': 0, 'windows': 20, 'kind': 'tiles', 'length': 31536000000000000, 'downAtMost': 7200000000000, 'spans': []}]
            100 {{totals.Down}} {{totals.SquaredDurations}}
            ['repairs', 'explosions'] [{{3 * totals.Outages}}, 0]
            {{totals.Losses.Total}} {{totals.LossTime.Total}} {{totals.LostRequests!.Total}}
            {{totals.Down - 77}} True None

            """),
            output);
    }

    private static byte[] Bytes(ResultShard results)
    {
        using var stream = new MemoryStream();
        ReplicationsFile.Write(stream, results);
        return stream.ToArray();
    }

    private static ResultShard Read(byte[] bytes) => ReplicationsFile.Read(new MemoryStream(bytes));

    private static (int Exit, string Output) Run(string program, string script, byte[] input)
    {
        using var process = Process.Start(new ProcessStartInfo(program, ["-c", script])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        using (var stdin = process.StandardInput.BaseStream)
        {
            stdin.Write(input);
        }
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
