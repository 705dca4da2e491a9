using System.Diagnostics;
using System.Text.Json;
using FailoverSim.Tests.Deploy;
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

    /// <summary>What other recipes take for granted of the image. It is not made here: its base would have to be fetched.</summary>
    [Fact]
    public void As_a_container_it_is_what_the_recipes_expect()
    {
        Dictionary<string, string> image = Properties(
            "_IsPublishing=true", "ContainerBaseImage", "ContainerRepository", "ContainerImageTag", "ContainerWorkingDirectory", "-t:ComputeContainerConfig");

        Assert.Equal("mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled-extra", image["ContainerBaseImage"]);
        foreach (string recipe in new[] { "kubernetes.yaml", "argo.yaml" })
        {
            Assert.Equal(2, Recipe.TextOf(recipe).Split($"/{image["ContainerRepository"]}:{image["ContainerImageTag"]}\n").Length - 1);
        }
        Assert.Contains($"command: [{image["ContainerWorkingDirectory"]}failoversim]", Recipe.TextOf("argo.yaml"), StringComparison.Ordinal);
    }

    /// <param name="given">A property, set.</param>
    /// <param name="asked">Names of properties; and options of the build.</param>
    private static Dictionary<string, string> Properties(string given, params string[] asked)
    {
        string[] names = [.. asked.Where(name => !name.StartsWith('-'))], options = [.. asked.Except(names)];
        ProcessStartInfo start = new("dotnet", ["msbuild", "engine/FailoverSim.Cli", $"-p:{given}", $"-getProperty:{string.Join(',', names)}", .. options])
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
