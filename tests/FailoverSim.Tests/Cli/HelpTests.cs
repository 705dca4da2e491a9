using FailoverSim.Scenario.Templates;
using Xunit;

namespace FailoverSim.Tests.Cli;

/// <summary>What the program says of itself, and to shells.</summary>
public class HelpTests
{
    [Fact]
    public void Every_command_is_on_the_page_of_the_command_line_and_shows_examples_in_its_help()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "engine", "docs", "command-line.md"));
        (_, string help, _) = Product.Run("--help");
        string[] commands = [.. help.Split("Commands:")[1].Split('\n').Where(line => line.StartsWith("  ", StringComparison.Ordinal)).Select(line => line.Trim().Split(' ')[0])];
        Assert.Contains("doctor", commands);
        foreach (string command in commands)
        {
            Assert.Contains($"## {command}\n", page, StringComparison.Ordinal);
        }
        // Without the arguments that they need: who asks for help has not written them yet.
        foreach (string command in new[] { "run", "completion", "init" })
        {
            (int code, string output, string error) = Product.Run(command, "--help");
            Assert.Equal((0, ""), (code, error));
            Assert.Contains($"Examples:\n  failoversim {command}", output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Version_is_that_of_the_engine()
    {
        (int code, string output, _) = Product.Run("--version");
        Assert.Equal((0, FailoverSim.Library.Study.EngineVersion), (code, output.Trim()));
    }

    [Theory]
    [InlineData("bash", "complete -o default -F _failoversim failoversim")]
    [InlineData("zsh", "#compdef failoversim")]
    [InlineData("fish", "complete -c failoversim")]
    [InlineData("pwsh", "Register-ArgumentCompleter")]
    public void Each_shell_has_a_script_that_asks_the_program(string shell, string registers)
    {
        (int code, string script, _) = Product.Run("completion", shell);
        Assert.Equal(0, code);
        Assert.Contains(registers, script, StringComparison.Ordinal);
        Assert.Contains("[suggest:", script, StringComparison.Ordinal);
    }

    [Fact]
    public void Templates_and_products_are_offered()
    {
        (_, string templates, _) = Product.Run("[suggest:16]", "init --template ");
        Assert.Equal(ScenarioTemplate.All.Select(template => template.Name), templates.TrimEnd().Split('\n'));
        (_, string products, _) = Product.Run("[suggest:23]", "defaults --version etcd");
        Assert.Contains("etcd/v3.5", products.Split('\n'));
    }

    [Fact]
    public void Doctor_finds_this_machine_well_and_its_results_repeatable()
    {
        using TempFolder folder = new();
        (int code, string output, _) = Product.Run("doctor", "--out", folder.File("results"));
        Assert.True(code == 0, output);
        Assert.Matches(@"ok +repeatable +the same to the nanosecond", output);
        Assert.Matches(@"ok +comparable", output);
        // It leaves nothing behind.
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
        string file = folder.Write("in-the-way", "");
        (code, output, _) = Product.Run("doctor", "--out", Path.Combine(file, "results"));
        Assert.Equal(1, code);
        Assert.Matches(@"NO +results +cannot be kept", output);
    }
}
