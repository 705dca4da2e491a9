using System.Text.Json;
using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Stopping;
using FailoverSim.Analysis.Tables;
using FailoverSim.Reporting.Tables;
using FailoverSim.Tests.Analysis;
using Xunit;

namespace FailoverSim.Tests.Reporting;

public class TableFilesTests
{
    private static readonly SummaryRow[] Rows =
    [
        new("s", "base", "plant", "availability", new Estimate(0.1 + 0.2, 1e-7, 1, 0.95, "replications", 64, Cautions.Clustered)),
        new("s", "six, pumps", "plant", "mtbf", new Estimate(null, 12345.678, double.PositiveInfinity, 0.95, "rule-of-three", 0)),
    ];

    [Fact]
    public void Summary_csv_is_tidy_and_round_trips_numbers()
    {
        using var text = new StringWriter();
        SummaryFiles.WriteCsv(text, Rows);
        Assert.Equal(
            "scenario,variant,service,metric,estimate,low,high,level,method,n\n"
            + "s,base,plant,availability,0.30000000000000004,1E-07,1,0.95,replications,64\n"
            + "s,\"six, pumps\",plant,mtbf,,12345.678,,0.95,rule-of-three,0\n",
            text.ToString());
    }

    [Fact]
    public void Summary_json_has_the_same_rows_and_the_flags()
    {
        using var stream = new MemoryStream();
        SummaryFiles.WriteJson(stream, Rows);
        var rows = JsonDocument.Parse(stream.ToArray()).RootElement;
        Assert.Equal(2, rows.GetArrayLength());
        Assert.Equal(0.30000000000000004, rows[0].GetProperty("estimate").GetDouble());
        Assert.Equal("clustered", rows[0].GetProperty("flags")[0].GetString());
        Assert.Equal(JsonValueKind.Null, rows[1].GetProperty("estimate").ValueKind);
        Assert.Equal(JsonValueKind.Null, rows[1].GetProperty("high").ValueKind);
    }

    [Fact]
    public void Outages_csv_is_exact_to_the_nanosecond()
    {
        var row = SampleRows.Row(0, 10 * SampleRows.Second, [(1_500_000_001, 2), (2 * SampleRows.Second, 3_000_000_000)]);
        var table = new ResultTable("base", SampleRows.Names(), 10 * SampleRows.Second, [new Block(0, [row], 1)]);
        using var text = new StringWriter();
        var written = OutagesFile.Write(text, new ResultSet(SampleResults.Origin, [table]));
        Assert.Equal(
            "variant,replication,service,start,duration,cause,stage,class,root,enabler,causes,stage:crew,stage:repair\n"
            + "base,0,plant,1.500000001,0.000000002,pump.seal,repair,failover,pump.seal,failover,pump.seal:0.000000002,,0.000000002\n"
            + "base,0,plant,2.000000000,3.000000000,flooding,repair,loss,flooding,pump.seal,"
            + "pump.seal:1.000000000;flooding:2.000000000,0.750000000,2.250000000\n",
            text.ToString());
        Assert.Equal(new OutagesWritten(2, 2), written);
        Assert.Null(written.Note);
    }

    [Fact]
    public void Outages_csv_is_capped_shares_its_room_among_variants_and_says_so()
    {
        using var text = new StringWriter();
        var results = SampleResults.Two();
        var written = OutagesFile.Write(text, results, cap: 20);
        string[] lines = text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(10, lines.Count(line => line.StartsWith("base,", StringComparison.Ordinal)));
        Assert.Equal(10, lines.Count(line => line.StartsWith("six-pumps,", StringComparison.Ordinal)));
        Assert.True(written.IsCapped);
        Assert.Contains($"20 of {written.Total}", written.Note, StringComparison.Ordinal);
        Assert.Equal(results.Tables.Sum(t => t.Totals(0).Outages), written.Total);
    }

    [Fact]
    public void The_manifest_says_what_was_run()
    {
        var manifest = new RunManifest
        {
            Scenario = "pumps",
            ResolvedScenario = "name: pumps # \"quoted\" <&>\n",
            Hash = "e3b0",
            EngineVersion = "0.1.0",
            Seed = ulong.MaxValue,
            Variants = ["base", "six-pumps"],
            FirstReplication = 0,
            Replications = 256,
            StopReason = StopReason.GaveUpWallClock,
            Fingerprint = "00ff",
            Shard = (1, 3),
            Outages = new OutagesWritten(5, 7),
            Warnings = ["w"],
        };
        using var stream = new MemoryStream();
        manifest.Write(stream);
        var json = JsonDocument.Parse(stream.ToArray()).RootElement;
        Assert.Equal("name: pumps # \"quoted\" <&>\n", json.GetProperty("resolvedScenario").GetString());
        Assert.Equal(manifest.Hash, json.GetProperty("hash").GetString());
        Assert.Equal(ulong.MaxValue, json.GetProperty("seed").GetUInt64());
        Assert.Equal("gave-up-wall-clock", json.GetProperty("stopReason").GetString());
        Assert.Equal("1/3", json.GetProperty("shard").GetString());
        Assert.True(json.GetProperty("outages").GetProperty("capped").GetBoolean());
        Assert.Equal(2, json.GetProperty("warnings").GetArrayLength());
    }

    [Fact]
    public void An_interrupted_write_leaves_the_old_file_and_nothing_else()
    {
        string folder = Directory.CreateTempSubdirectory("failoversim-").FullName;
        try
        {
            string path = Path.Combine(folder, "deeper", "summary.csv");
            AtomicFile.WriteText(path, text => text.WriteLine("first"));
            Assert.Throws<InvalidOperationException>(() => AtomicFile.WriteText(path, text =>
            {
                text.WriteLine("half");
                throw new InvalidOperationException();
            }));
            Assert.Equal("first\n", File.ReadAllText(path));
            Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
