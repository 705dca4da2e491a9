using System.CommandLine;
using FailoverSim.Cli;
using FailoverSim.Cli.Commands;
using Xunit;

namespace FailoverSim.Tests.Cli;

/// <summary>What is written on the command line: understood, or refused in words; never a crash.</summary>
public class OptionTests
{
    [Theory]
    [InlineData("200", 200), InlineData("100k", 100_000), InlineData("1.5k", 1_500), InlineData("2M", 2_000_000), InlineData("1000M", 1_000_000_000)]
    public void Replications_are_written_as_in_scenarios(string text, long meant) =>
        Assert.Equal(meant, AllCommands.Create().Parse(["run", "a.yaml", "--replications", text]).GetValue<long?>("--replications"));

    [Theory]
    [InlineData("--replications takes a whole number from 1 to 1000000000, and not '1e3'", "run a.yaml --replications 1e3")]
    [InlineData("--replications takes", "run a.yaml --replications 0")]
    [InlineData("--replications takes", "run a.yaml --replications 1000000000000000000000000000000000000")]
    [InlineData("--replications takes", "run a.yaml --replications 1000000001")]
    [InlineData("--replications takes", "explain a.yaml --replications many")]
    [InlineData("--replications takes", "check a.yaml --price --replications 1,5")]
    [InlineData("--replications takes", "compare a.yaml --replications 0.5")]
    [InlineData("--seed takes a whole number from 0", "run a.yaml --seed -1")]
    [InlineData("--threads takes a whole number from 1 to 1024, and not 'x'", "run a.yaml --threads x")]
    [InlineData("--threads takes", "explain a.yaml --threads k")]
    [InlineData("--worst takes", "explain a.yaml --worst 1e9")]
    [InlineData("--max-states takes", "exact a.yaml --max-states all")]
    [InlineData("--replication takes", "replay a.yaml --replication first")]
    [InlineData("--hours takes a number from 0.001 to 1000000, and not '1,5'", "plan a.yaml --hours 1,5")]
    [InlineData("--hours takes", "plan a.yaml --hours x")]
    [InlineData("'failoversim merge' writes summary.md", "run a.yaml --shard 0/2 --json")]
    [InlineData("'failoversim merge' writes summary.md", "run a.yaml --junit j.xml --shard 0/2")]
    [InlineData("'failoversim merge' writes summary.md", "compare a.yaml --shard 0/2 --markdown -")]
    public void What_cannot_be_meant_is_refused_in_words(string told, string command) =>
        Assert.Contains(told, Assert.Single(AllCommands.Create().Parse(command).Errors).Message, StringComparison.Ordinal);

    [Fact]
    public void A_number_has_its_default_where_it_is_not_given()
    {
        ParseResult parsed = AllCommands.Create().Parse("plan a.yaml --hours .5");
        Assert.Equal((0.5, Environment.ProcessorCount), (parsed.GetValue<double>("--hours"), parsed.GetValue<int>("--threads")));
        Assert.Empty(parsed.Errors);
    }

    [Fact]
    public void A_file_is_no_folder_for_results()
    {
        using TempFolder folder = new();
        string file = folder.Write("results", "");
        foreach (string[] command in new string[][] { ["run", "a.yaml", "--out", file], ["merge", "a", "--out", Path.Combine(file, "below")] })
        {
            Assert.Contains($"'{file}' is a file", Assert.Single(AllCommands.Create().Parse(command).Errors).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_defect_of_the_program_is_told_as_one_with_exit_code_1()
    {
        RootCommand root = new("");
        root.SetAction(int (ParseResult _) => throw new KeyNotFoundException("nobody has thought of it"));
        Assert.Equal(1, CommandLine.Invoke(root, []));
        string told = CommandLine.Told(new KeyNotFoundException("nobody has thought of it"));
        Assert.StartsWith("this is a defect of the program: KeyNotFoundException: nobody has thought of it", told, StringComparison.Ordinal);
        Assert.Contains("please report it", told, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_put_into_words_is_told_as_it_is()
    {
        Assert.Equal("another run is writing", CommandLine.Told(new IOException("another run is writing", new IOException("locked"))));
        Assert.Equal("reading or writing failed: locked", CommandLine.Told(new IOException("locked")));
    }
}
