using System.Diagnostics;
using FailoverSim.Tests.Cli;
using Xunit;

namespace FailoverSim.Tests.Robustness;

/// <summary>
/// The program itself, with 512 MiB of memory, given what is meant to take the machine: it ends with a message and an exit code of its own,
/// never by a crash, for want of memory, or by waiting for something that does not come.
/// </summary>
public sealed class HostileProcessTests
{
    private const string Memory = "0x20000000";

    /// <summary>By the clock, however busy the machine is.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Theory]
    [InlineData("run", "faults of everything", 2, "FS0430")]
    [InlineData("run", "pools of ten thousand machines", 2, "FS0420")]
    [InlineData("check", "a circle of affinities", 2, "FS0424")]
    [InlineData("run", "a range beyond all numbers", 2, "FS0510")]
    [InlineData("run", "a model too large for the machine", 2, "too large for this machine")]
    [InlineData("exact", "more states than can be kept", 2, "cannot be solved")]
    [InlineData("run", "more states than can be kept", 0, "")]
    [InlineData("run", "failures of a nanosecond", 0, "")]
    [InlineData("run", "round trips of 290 years", 1, "shorten the horizon, or the longest times")]
    public void A_hostile_scenario_ends_as_documented(string verb, string name, int code, string words)
    {
        using TempFolder folder = new();
        string file = folder.Write("s.yaml", HostileScenarios.All.Single(hostile => hostile.Name == name).Text());
        AssertEnds(code, words, [verb, file, .. verb == "run" ? ["--out", folder.File("out")] : Array.Empty<string>()]);
    }

    /// <summary>Of what is no file of samples: what waits, what does not end, what is elsewhere, what is too long.</summary>
    [Theory]
    [InlineData("mkfifo samples", "no regular file")]
    [InlineData("ln -s /dev/zero samples", "leaves the folder")]
    [InlineData("ln -s /etc/passwd samples", "leaves the folder")]
    [InlineData("ln -s .. up; ln -s up/etc/passwd samples", "leaves the folder")]
    [InlineData("mkdir samples", "cannot be read")]
    [InlineData("truncate -s 3G samples", "larger than 16 MiB")]
    public void What_is_no_file_beside_the_scenario_is_not_read(string make, string words)
    {
        using TempFolder folder = new();
        Shell(folder.Path, make);
        string file = folder.Write("s.yaml", "failoversim: 1\nname: s\nunits: {a: {fails: empirical(samples)}}\nservices: {a: {up-when: a}}\ncompare: {b: {from: samples}}\n");
        string error = AssertEnds(2, words, "check", file);
        Assert.Equal(2, error.Split('\n').Count(line => line.Contains(words, StringComparison.Ordinal)));
        Assert.DoesNotContain("root:", error, StringComparison.Ordinal);
    }

    /// <summary>In a folder, or named: what would wait is as if it were empty. What the shell makes of a command is read.</summary>
    [Theory]
    [InlineData("mkfifo a.yaml", "check", ".", 2, "FS0")]
    [InlineData("mkfifo a.yaml", "import", ".", 2, "FS0")]
    [InlineData("mkfifo a.csv", "fit", "a.csv", 2, "FS0")]
    [InlineData("ln -s /dev/zero a.yaml", "check", "a.yaml", 2, "FS0")]
    public void A_pipe_is_not_waited_for(string make, string verb, string input, int code, string words)
    {
        using TempFolder folder = new();
        Shell(folder.Path, make);
        AssertEnds(code, words, verb, folder.File(input));
    }

    [Theory]
    [InlineData("rm manifest.json; mkfifo manifest.json")]
    [InlineData("rm replications.msgpack; ln -s /dev/zero replications.msgpack")]
    [InlineData("rm manifest.json; truncate -s 3G manifest.json")]
    [InlineData("rm attribution.csv; mkfifo attribution.csv")]
    [InlineData("head -c 300000000 /dev/zero | tr '\\0' '[' > manifest.json")]
    public void Results_that_are_no_files_are_refused(string make)
    {
        using TempFolder folder = new();
        Library.Studies.Of().Run(replications: 3, baseOnly: true).Save(folder.Path);
        Shell(folder.Path, make);
        AssertEnds(2, "cannot be read", "report", folder.Path);
    }

    private static string AssertEnds(int code, string words, params string[] arguments)
    {
        using Process process = Product.Start(new Dictionary<string, string> { ["DOTNET_GCHeapHardLimit"] = Memory }, arguments);
        Task<string> error = process.StandardError.ReadToEndAsync(), output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill();
            Assert.Fail($"{string.Join(' ', arguments)} does not end");
        }
        Assert.True(code == process.ExitCode, $"exit code {process.ExitCode}: {error.Result}");
        Assert.Contains(words, error.Result + output.Result, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error.Result, StringComparison.Ordinal);
        return error.Result;
    }

    private static void Shell(string folder, string command)
    {
        ProcessStartInfo start = new("sh") { WorkingDirectory = folder };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(command);
        using Process process = Process.Start(start)!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
