using System.CommandLine;
using System.Text.RegularExpressions;
using FailoverSim.Analysis.Stopping;
using FailoverSim.Analysis.Studies;
using FailoverSim.Cli;
using FailoverSim.Cli.Commands;
using FailoverSim.Kernel.Replications;
using FailoverSim.Library;
using FailoverSim.Reporting.Results;
using FailoverSim.Scenario;
using FailoverSim.Tests.Cli;
using Xunit;

namespace FailoverSim.Tests.Durability;

/// <summary>What <c>plan</c> says to do next can be done, and brings the study on.</summary>
public sealed class PlanCommandTests
{
    private static readonly string Precise = SmallStudy.Text.Replace("replications: 645", "stop-when: unavailability(quorum) within 4% at 95%", StringComparison.Ordinal);

    [Fact]
    public void Shards_that_are_not_there_or_behind_are_named_and_no_smaller_round_is_told()
    {
        using TempFolder folder = new();
        string scenario = folder.Write("small.yaml", Precise);
        string[] shards = [.. Enumerable.Range(0, 4).Select(i => SmallStudy.Shard(folder.Path, new Shard(i, 4), i == 3 ? 256 : 384, Precise))];
        (int code, string output, string error) = Product.Run(["plan", scenario, .. shards[..3]]);
        Assert.Equal((6, ""), (code, output));
        Assert.Contains("block 3 is in none of the folders", error, StringComparison.Ordinal);
        Assert.Contains("name the folder of shard 3/4, or run it", error, StringComparison.Ordinal);
        (code, output, error) = Product.Run("plan", scenario, folder.Path);
        Assert.Equal((6, ""), (code, output));
        Assert.Contains($"--replications 384 --extend --shard 3/4 --out {folder.Path}", error, StringComparison.Ordinal);

        SmallStudy.Shard(folder.Path, new Shard(3, 4), 384, Precise);
        (code, output, _) = Product.Run("plan", scenario, folder.Path);
        Assert.Equal(3, code);
        string next = CommandIn(output);
        Assert.EndsWith($" --extend --shard i/4 --out {folder.Path}", next, StringComparison.Ordinal);
        Assert.True(Replications(next) > 384, next);
    }

    [Fact]
    public void Where_the_precision_is_reached_the_next_command_ends_there()
    {
        using TempFolder folder = new();
        string scenario = folder.Write("small.yaml", Precise);
        long enough = Study.Run(new StudyPlan(ScenarioFile.Read(scenario), _ => ""))!.Results.Replications;
        foreach (int i in new[] { 0, 1 })
        {
            SmallStudy.Shard(folder.File("more"), new Shard(i, 2), enough + 128, Precise);
            SmallStudy.Shard(folder.File("just"), new Shard(i, 2), enough, Precise);
        }
        (int code, string output, _) = Product.Run("plan", scenario, folder.File("more"));
        Assert.Equal(0, code);
        Assert.Equal($"failoversim run {scenario} --replications {enough} --extend --shard i/2 --out {folder.File("more")}", CommandIn(output));
        (code, output, _) = Product.Run("plan", scenario, folder.File("just"));
        Assert.Equal(0, code);
        Assert.Equal($"failoversim merge {folder.File("just")}", CommandIn(output));
    }

    [Fact]
    public void Only_what_can_be_divided_is_told_to_be_run_in_shards()
    {
        // Sensitivity is not run in shards, and as many variants as there are.
        string pumps = Path.Combine(Repository.Scenarios, "pumps-3-of-5.yaml");
        (_, string output, _) = Product.Run("plan", pumps, "--hours", "0.001");
        Assert.StartsWith($"failoversim compare {pumps} --replications ", CommandIn(output), StringComparison.Ordinal);
        Assert.Matches(@" --shard i/\d+$", CommandIn(output));

        ScenarioReading reading = ScenarioFile.Read(pumps);
        NextCommand[] all = [.. NextCommand.For(reading, pumps, [], baseOnly: false, null)];
        Assert.Equal([true, false, false], all.Select(command => command.Obstacle is not null));
        Assert.Equal($"failoversim run {pumps} --base-only", Assert.Single(NextCommand.For(reading, pumps, [], baseOnly: true, null)).Text);
        // Who has begun without variants goes on so.
        using TempFolder folder = new();
        string shard = SmallStudy.Shard(folder.Path, new Shard(0, 1), 64, Precise.Replace("compare:", "outputs: [summary.md] #", StringComparison.Ordinal));
        string scenario = folder.Write("small.yaml", Precise.Replace("compare:", "outputs: [summary.md] #", StringComparison.Ordinal));
        Assert.Equal(
            [$"failoversim run {scenario}", $"failoversim run {scenario} --base-only"],
            NextCommand.For(ScenarioFile.Read(scenario), scenario, [], false, ShardMerge.Join([shard]).Manifest).Select(command => command.Text));
        Assert.Throws<MergeException>(() => NextCommand.For(ScenarioFile.Read(scenario, ["run.seed=4"]), scenario, [], false, ShardMerge.Join([shard]).Manifest).ToArray());
    }

    /// <summary>It keeps nothing to go on with: of what it says only the time that it took differs.</summary>
    [Theory]
    [InlineData("so far: 256 replications", false)]
    [InlineData("so far: 384 replications", true)]
    public void Given_twice_it_says_the_same_and_changes_nothing(string known, bool hasShards)
    {
        using TempFolder folder = new();
        string scenario = folder.Write("small.yaml", Precise), shards = folder.File("shards"), untouched = folder.File("untouched");
        foreach (string place in new[] { shards, untouched })
        {
            SmallStudy.Shard(place, new Shard(0, 2), 384, Precise);
            SmallStudy.Shard(place, new Shard(1, 2), 384, Precise);
        }
        string[] first = Told();
        Assert.Contains(first, line => line.StartsWith(known, StringComparison.Ordinal));
        Assert.Equal(first, Told());
        Folders.AssertSame(untouched, shards);

        string[] Told()
        {
            (int code, string output, _) = Product.Run(["plan", scenario, .. hasShards ? [shards] : Array.Empty<string>()]);
            Assert.Equal(3, code);
            return [.. output.Split('\n').Where(line => !line.StartsWith("work: ", StringComparison.Ordinal))];
        }
    }

    [Fact]
    public void Rounds_end_where_a_run_in_one_place_decides()
    {
        ScenarioReading reading = ScenarioFile.Read("small.yaml", System.Text.Encoding.UTF8.GetBytes(Precise.Replace("4%", "1%", StringComparison.Ordinal)));
        // After 15 blocks, where it never is.
        var table = Study.Run(new StudyPlan(reading, _ => "") { Replications = 1000 })!.Results.Base;
        long next = PrecisionPlan.Of(reading.Spec!.Run, table.Names, table.Blocks).Rounds[0];
        StoppingRule rule = new(reading.Spec.Run, table.Names.Services);
        int checkpoint = 0;
        while (checkpoint * 64L < next)
        {
            checkpoint = rule.NextCheckpoint(checkpoint);
        }
        Assert.Equal(next, checkpoint * 64L);
    }

    /// <summary>The command that is told, which the command line understands.</summary>
    private static string CommandIn(string output)
    {
        string command = Assert.Single(output.Split('\n'), line => line.StartsWith("  failoversim ", StringComparison.Ordinal)).Trim();
        Assert.Empty(AllCommands.Create().Parse(command["failoversim ".Length..].Replace(" i/", " 0/", StringComparison.Ordinal)).Errors);
        return command;
    }

    private static long Replications(string command) =>
        long.Parse(Regex.Match(command, @"--replications (\d+)").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
}
