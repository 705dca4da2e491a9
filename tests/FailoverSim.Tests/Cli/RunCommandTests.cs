using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Xunit;

namespace FailoverSim.Tests.Cli;

public class RunCommandTests
{
    private const string Small = """
        failoversim: 1
        name: small
        units: {node: {count: 3, fails: exp(20d), repair: {takes: exp(1d)}}}
        services: {quorum: {up-when: 2 of node}}
        run: {horizon: 1y, replications: 300, seed: 9}
        """;

    [Fact]
    public void Results_are_the_same_bytes_for_any_number_of_threads()
    {
        using TempFolder folder = new();
        string pumps = Path.Combine(Repository.Scenarios, "pumps-3-of-5.yaml");
        foreach (string threads in new[] { "1", "2", "7" })
        {
            (int code, _, string error) = Product.Run(
                "run", pumps, "--replications", "500", "--threads", threads, "--out", folder.File(threads), "--if-removed", "--set", "outputs=[margin]");
            Assert.True(code is 0 or 4 or 5, error);
        }
        foreach (string name in new[]
        {
            "summary.csv", "replications.msgpack", "outages.csv", "summary.json", "manifest.json", "attribution.csv", "slo.csv", "summary.md",
            "plots/slo-budget-yearly.svg", "plots/slo-windows-yearly.svg",
        })
        {
            byte[] one = File.ReadAllBytes(folder.File("1", "pumps-3-of-5", name));
            Assert.Equal(one, File.ReadAllBytes(folder.File("2", "pumps-3-of-5", name)));
            Assert.Equal(one, File.ReadAllBytes(folder.File("7", "pumps-3-of-5", name)));
        }
    }

    [Fact]
    public void Precision_stop_is_the_same_for_any_number_of_threads()
    {
        using TempFolder folder = new();
        string scenario = folder.Write("s.yaml", Small.Replace("replications: 300", "stop-when: unavailability(quorum) within 3% at 95%", StringComparison.Ordinal));
        foreach (string threads in new[] { "1", "3" })
        {
            Assert.Equal(0, Product.Run("run", scenario, "--threads", threads, "--out", folder.File(threads)).ExitCode);
        }
        byte[] one = File.ReadAllBytes(folder.File("1", "small", "replications.msgpack"));
        Assert.Equal(one, File.ReadAllBytes(folder.File("3", "small", "replications.msgpack")));
        Assert.Equal("precision", Manifest(folder.File("3", "small")).GetProperty("stopReason").GetString());
    }

    [Fact]
    public void Every_promised_file_is_written()
    {
        using TempFolder folder = new();
        string scenario = folder.Write("s.yaml", Small);
        Assert.Equal(0, Product.Run("run", scenario, "--out", folder.File("out")).ExitCode);
        string[] written = [.. Directory.GetFiles(folder.File("out", "small"), "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder.File("out", "small"), path)).Order(StringComparer.Ordinal)];
        Assert.Equal(
            [
                "attribution.csv", "manifest.json", "outages.csv", "plots/availability.svg", "plots/began-with-quorum.svg", "plots/convergence.svg", "plots/downtime-per-year.svg", "plots/outage-durations.svg",
                "plots/pareto-quorum.svg", "plots/timeline.svg", "plots/waterfall-quorum.svg", "replications.msgpack", "report.html",
                "summary.csv", "summary.json", "summary.md",
            ],
            written);
        Assert.StartsWith(
            "scenario,variant,service,metric,estimate,low,high,level,method,n\n", File.ReadAllText(folder.File("out", "small", "summary.csv")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Options_replace_what_the_scenario_says()
    {
        using TempFolder folder = new();
        string scenario = folder.Write("s.yaml", Small);
        (int code, _, _) = Product.Run(
            "run", scenario, "--replications", "70", "--seed", "12345", "--set", "units.node.count=5", "--out", folder.Path);
        Assert.Equal(0, code);
        JsonElement manifest = Manifest(folder.File("small"));
        Assert.Equal((70, 12345ul), (manifest.GetProperty("replications").GetInt64(), manifest.GetProperty("seed").GetUInt64()));
        Assert.Contains("count: 5", manifest.GetProperty("resolvedScenario").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void One_broken_file_in_a_batch_means_that_nothing_runs_and_nothing_is_written()
    {
        using TempFolder folder = new();
        folder.Write("good.yaml", Small);
        string bad = folder.Write("bad.yaml", Small.Replace("fails: exp(20d)", "fails: exp(20)", StringComparison.Ordinal));
        (int code, string output, string error) = Product.Run("run", folder.Path, "--out", folder.File("out"));
        Assert.Equal((2, ""), (code, output));
        Assert.Matches(@"bad\.yaml:3:\d+: error FS\d{4}: .+; .+", error);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.File("out")));
        Assert.True(File.Exists(bad));
    }

    [Theory]
    [InlineData("run")]
    [InlineData("run", "s.yaml", "--threads", "0")]
    [InlineData("run", "s.yaml", "--replications", "-3")]
    [InlineData("run", "s.yaml", "--no-such-option")]
    [InlineData("fly")]
    [InlineData("run", "/no/such/file.yaml")]
    public void Wrong_usage_is_said_without_a_stack_trace(params string[] arguments)
    {
        (int code, _, string error) = Product.Run(arguments);
        Assert.Equal(2, code);
        Assert.NotEmpty(error);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Missed_and_undecided_objectives_set_the_exit_code()
    {
        using TempFolder folder = new();
        string slo = "slo: {s: {service: quorum, objective: OBJECTIVE, window: 30d, require: P(met) >= LIMIT}}\n";
        string missed = folder.Write("missed.yaml", Small + "\n" + slo.Replace("OBJECTIVE", "99.99%", StringComparison.Ordinal).Replace("LIMIT", "99%", StringComparison.Ordinal));
        (int code, string output, _) = Product.Run("run", missed, "--out", folder.File("a"));
        Assert.Equal(4, code);
        Assert.Contains("missed", output, StringComparison.Ordinal);
        string met = folder.Write("met.yaml", Small + "\n" + slo.Replace("OBJECTIVE", "50%", StringComparison.Ordinal).Replace("LIMIT", "50%", StringComparison.Ordinal));
        Assert.Equal(0, Product.Run("run", met, "--out", folder.File("b")).ExitCode);
    }

    [Fact]
    public void Giving_up_short_of_the_precision_has_its_own_exit_code()
    {
        using TempFolder folder = new();
        string scenario = folder.Write("s.yaml", Small.Replace(
            "replications: 300", "stop-when: unavailability(quorum) within 0.1% at 95%, give-up-after: {replications: 200}", StringComparison.Ordinal));
        (int code, string output, _) = Product.Run("run", scenario, "--out", folder.File("out"));
        Assert.Equal(3, code);
        Assert.Contains("gave up", output, StringComparison.Ordinal);
        Assert.Equal(200, Manifest(folder.File("out", "small")).GetProperty("replications").GetInt64());
    }

    [SkippableTheory]
    [InlineData("INT", 2)]
    [InlineData("TERM", 15)]
    public void Interrupted_run_keeps_what_is_finished(string signal, int number)
    {
        using TempFolder folder = new();
        // Minutes of work, and small rows: if nothing stops it, the deadline does, before it has filled anything.
        string scenario = folder.Write("s.yaml", Small.Replace("replications: 300", "replications: 1M", StringComparison.Ordinal)
            .Replace("horizon: 1y", "horizon: 100y", StringComparison.Ordinal).Replace("exp(1d)", "exp(1m)", StringComparison.Ordinal));
        using Process process = Product.Start("run", scenario, "--out", folder.File("out"));
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            // The first sign of progress comes after a second; by then blocks are done.
            Task<string?> progress = process.StandardError.ReadLineAsync();
            Assert.True(progress.Wait(TimeSpan.FromMinutes(1)) && progress.Result is not null, "no sign of progress");
            Skip.If(Ignores(process, number), $"SIG{signal} is ignored by whoever started the tests, and so by what they start");
            using Process kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
            Assert.True(process.WaitForExit(TimeSpan.FromMinutes(1)), $"it goes on after SIG{signal}");
            Assert.Equal(130, process.ExitCode);
            Assert.Contains("interrupted", output.Result, StringComparison.Ordinal);
        }
        finally
        {
            process.Kill();
        }
        JsonElement manifest = Manifest(folder.File("out", "small"));
        Assert.Equal("interrupted", manifest.GetProperty("stopReason").GetString());
        long kept = manifest.GetProperty("replications").GetInt64();
        Assert.InRange(kept, 1, 999_999);

        // What was kept is what an undisturbed run of that length yields.
        Assert.Equal(0, Product.Run("run", scenario, "--replications", $"{kept}", "--out", folder.File("again")).ExitCode);
        Assert.Equal(
            File.ReadAllBytes(folder.File("out", "small", "summary.csv")), File.ReadAllBytes(folder.File("again", "small", "summary.csv")));
    }

    /// <summary>As jobs in the background ignore SIGINT, and all that they start.</summary>
    private static bool Ignores(Process process, int signal)
    {
        const string Ignored = "SigIgn:";
        string mask = File.ReadLines($"/proc/{process.Id}/status").Single(line => line.StartsWith(Ignored, StringComparison.Ordinal))[Ignored.Length..];
        return (ulong.Parse(mask.Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) >> (signal - 1) & 1) == 1;
    }

    private static JsonElement Manifest(string folder) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "manifest.json"))).RootElement;
}
