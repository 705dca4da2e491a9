using System.Diagnostics;
using System.Text.Json;
using Xunit;

namespace FailoverSim.Tests.Cli;

/// <summary>What <c>dotnet publish</c> makes of the command line, as its project says; nothing is built here.</summary>
public sealed class PublishTests
{
    [Fact]
    public void Published_it_is_one_file_with_its_runtime_compiled_ahead_of_time()
    {
        Dictionary<string, string> published = Properties(
            "_IsPublishing=true", "SelfContained", "PublishSingleFile", "PublishReadyToRun", "PublishTrimmed", "RuntimeIdentifier");

        Assert.Equal("true", published["SelfContained"]);
        Assert.Equal("true", published["PublishSingleFile"]);
        Assert.Equal("true", published["PublishReadyToRun"]);
        Assert.NotEqual("", published["RuntimeIdentifier"]);
        // What is read by reflection must stay.
        Assert.NotEqual("true", published["PublishTrimmed"]);
    }

    /// <summary>Code compiled ahead of time knows nothing of the run: the hot part of it must be compiled again, with what was seen.</summary>
    [Fact]
    public void Published_it_is_still_compiled_again_where_it_is_hot()
    {
        Dictionary<string, string> published = Properties(
            "_IsPublishing=true", "TieredCompilation", "TieredPGO", "ConcurrentGarbageCollection");

        Assert.NotEqual("false", published["TieredCompilation"]);
        Assert.NotEqual("false", published["TieredPGO"]);
        Assert.Equal("true", published["ConcurrentGarbageCollection"]);
    }

    /// <summary>Else a build would need the ahead-of-time compiler and a copy of the runtime.</summary>
    [Fact]
    public void Built_it_is_neither()
    {
        Dictionary<string, string> built = Properties("Configuration=Release", "SelfContained", "PublishReadyToRun", "RuntimeIdentifier");

        Assert.Equal("false", built["SelfContained"]);
        Assert.NotEqual("true", built["PublishReadyToRun"]);
        Assert.Equal("", built["RuntimeIdentifier"]);
    }

    private static Dictionary<string, string> Properties(string given, params string[] asked)
    {
        ProcessStartInfo start = new("dotnet", ["msbuild", "engine/FailoverSim.Cli", $"-p:{given}", $"-getProperty:{string.Join(',', asked)}"])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = Repository.Root,
        };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        using JsonDocument read = JsonDocument.Parse(output);
        return read.RootElement.GetProperty("Properties").EnumerateObject().ToDictionary(property => property.Name, property => property.Value.GetString()!);
    }
}
