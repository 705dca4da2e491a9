using System.Diagnostics;
using System.Globalization;
using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Tables;
using FailoverSim.Reporting.Tables;
using FailoverSim.Reporting.Text;
using Xunit;

namespace FailoverSim.Tests.Reporting;

public class FleetFilesTests
{
    [Fact]
    public void Workloads_csv_tells_of_each_workload()
    {
        using var text = new StringWriter();
        WorkloadsFile.Write(text, FleetResults.Tiny());
        string[][] rows = [.. text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(','))];
        Assert.Equal(
            "variant,workload,group,availability,low,high,downtime-per-year,outages-per-year,outage-duration-mean,longest,request-availability,n",
            string.Join(',', rows[0]));
        // The bounds are those of the estimator, which has tests of its own.
        Assert.Equal("base,a-1,a,0.999994292237443,3,1,180,300,,2", WithoutBounds(rows[1]));
        Assert.Equal("base,a-2,a,0.9999961948249619,2,0.5,240,240,,2", WithoutBounds(rows[2]));
        Assert.Equal("base,b,b,,0,0,,,0.9999841451040081,2", WithoutBounds(rows[3]));
        Assert.All(rows[1..], row => Assert.InRange(Number(row[4]), 0, Number(row[5])));
        Assert.Equal(Math.Sqrt(0.05), Number(rows[3][4]), 12);
        Assert.Equal("1", rows[3][5]);

        static string WithoutBounds(string[] row) => string.Join(',', row.Where((_, column) => column is not 4 and not 5));
        static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Mean_and_quantile_are_reported_by_what_their_members_suffer()
    {
        var metrics = Summary.Of(FleetResults.Tiny()).ToLookup(row => row.Service, row => (row.Metric, row.Estimate.Value));
        Dictionary<string, double?> apps = metrics["apps"].ToDictionary(m => m.Metric, m => m.Value);
        Assert.Equal(600.0 / 60 / 3 / 2, apps["downtime-per-year"]!.Value, 12);
        Assert.Equal(3.0 / 3 / 2, apps["outages-per-year"]!.Value, 12);
        Assert.Equal(1.0 / 3 / 2, apps["failovers-per-year"]!.Value, 12);
        Assert.Equal(2.0 / 3 / 2, apps["losses-per-year"]!.Value, 12);
        Assert.Equal(600.0 / 60 / 3 / 2, apps["downtime-by-cause:disk"]!.Value, 12);
        Assert.Equal(600.0 / 60 / 3 / 2, apps["downtime-by-stage:pull"]!.Value, 12);
        Assert.Equal(240 / 600.0, apps["failover-share"]!.Value, 12);
        Assert.DoesNotContain("outage-duration-mean", apps.Keys);
        Assert.DoesNotContain("request-availability", apps.Keys);
        Dictionary<string, double?> worst = metrics["worst"].ToDictionary(m => m.Metric, m => m.Value);
        Assert.Equal(540.0 / 60 / 2, worst["downtime-per-year"]!.Value, 12);
        Assert.Equal(1, worst["outages-per-year"]!.Value, 12);
    }

    [Fact]
    public void Console_tells_of_views_and_of_the_worst_workloads()
    {
        ResultSet results = FleetResults.Tiny();
        ServiceGlance apps = Assert.Single(ConsoleSummary.Of(results), glance => glance.Service == "apps");
        Assert.Equal("disk 100 %", apps.ToBlame);
        Assert.StartsWith("3 outages of 3 workloads in 2 y (2 replications); ", apps.Basis, StringComparison.Ordinal);
        // It has no outages of its own whose length could be told, or counted in a warning.
        Assert.Equal(("–", "–", "–"), (apps.Typical, apps.P95, apps.Longest));
        Assert.Contains("fewer than 20 replications in which it was down: simulate more to narrow the interval", apps.Warnings);
        IReadOnlyList<string> worst = WorkloadsText.Lines(results.Base);
        Assert.Equal("3 workloads, 1 of them never down:", worst[0]);
        Assert.Equal(["worst", "a-1", "a-2"], worst.Skip(1).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[0]));
        Assert.EndsWith("5 min", worst[2], StringComparison.Ordinal);
        Assert.Empty(WorkloadsText.Lines(SampleResults.Two().Base));
    }

    [Fact]
    public void Every_figure_of_a_fleet_can_be_derived_again_from_the_file_whatever_the_number_of_threads()
    {
        ResultSet results = FleetResults.Random(20, 130);
        byte[] bytes = Bytes(ResultShard.Of(results));
        ResultSet again = ResultShard.Join([ReplicationsFile.Read(new MemoryStream(bytes))]);
        Assert.Equal(Summary.Of(results), Summary.Of(again));
        Assert.Equal(Workloads(results), Workloads(again));
        Assert.Equal(bytes, Bytes(ResultShard.Of(again)));
        Assert.Equal(bytes, Bytes(ResultShard.Of(FleetResults.Random(20, 130, threads: 3))));

        static string Workloads(ResultSet results)
        {
            using var text = new StringWriter();
            WorkloadsFile.Write(text, results);
            return text.ToString();
        }
    }

    [Fact]
    public void Members_that_do_not_fit_the_names_are_refused()
    {
        ResultShard whole = ResultShard.Of(FleetResults.Tiny());
        ResultShard less = whole with
        {
            Tables = [.. whole.Tables.Select(t => t with { Names = t.Names with { Fleet = [.. t.Names.Fleet.Take(1)] } })],
        };
        Assert.Throws<InvalidDataException>(() => ReplicationsFile.Read(new MemoryStream(Bytes(less))));
        Assert.Contains("names", Assert.Throws<ArgumentException>(() => ResultShard.Join([whole, less])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Members_without_an_outage_cost_nothing_in_the_file()
    {
        int Size(int workloads) => Bytes(ResultShard.Of(FleetResults.Random(workloads, 1))).Length;
        // Names aside, some 40 bytes for each that was down, which are two thirds.
        Assert.InRange((Size(2000) - Size(1000)) / 1000.0, 20, 80);
    }

    [SkippableFact]
    public void An_independent_reader_sees_the_same()
    {
        const string Python = "/usr/bin/python3";
        const string Script = """
            import msgpack, sys
            d = msgpack.unpackb(sys.stdin.buffer.read())
            v = d["variants"][0]
            print(d["version"], [(m["name"], m["group"], m["requests"]) for m in v["fleet"]])
            print([(w["service"], w["kind"], w["members"]) for w in v["views"]])
            for r in d["rows"]:
                print(r["service"], r["down"], r["memberOutages"], r["memberLosses"], r["members"])
            """;
        Skip.IfNot(File.Exists(Python) && Run(Python, "import msgpack", []) is not null, "python3-msgpack is not installed");
        Assert.Equal(
            """
            5 [('a-1', 'a', False), ('a-2', 'a', False), ('b', 'b', True)]
            [(0, 'mean', 3), (1, 'quantile', 1)]
            0 100000000000 1 1 [0, 300000000000, 1, 300000000000, 0, 0, 2, 0, 0, 0, 1000000000000, 0]
            1 300000000000 1 1 []
            0 100000000000 2 1 [0, 60000000000, 1, 60000000000, 0, 0, 1, 240000000000, 1, 240000000000, 0, 0]
            1 240000000000 1 0 []

            """,
            Run(Python, Script, Bytes(ResultShard.Of(FleetResults.Tiny()))));
    }

    private static byte[] Bytes(ResultShard results)
    {
        using var stream = new MemoryStream();
        ReplicationsFile.Write(stream, results);
        return stream.ToArray();
    }

    private static string? Run(string program, string script, byte[] input)
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
        return process.ExitCode == 0 ? output : null;
    }
}
