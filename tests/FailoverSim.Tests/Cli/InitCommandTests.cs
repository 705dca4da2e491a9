using FailoverSim.Analysis.Studies;
using FailoverSim.Scenario;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Templates;
using Xunit;

namespace FailoverSim.Tests.Cli;

public class InitCommandTests
{
    public static TheoryData<string> Templates => [.. ScenarioTemplate.All.Select(template => template.Name)];

    [Theory]
    [MemberData(nameof(Templates))]
    public void Template_has_no_errors_and_runs_with_all_that_it_varies(string name)
    {
        Assert.True(ScenarioTemplate.TryFind(name, out ScenarioTemplate template, out _));
        ScenarioReading reading = ScenarioFile.Read($"{name}.yaml", System.Text.Encoding.UTF8.GetBytes(template.Text));
        Assert.DoesNotContain(reading.Diagnostics, finding => finding.Severity == Severity.Error);
        Assert.Equal((name, true), (reading.Spec!.Name, reading.Spec.Title is not null));
        // Lines fit an editor beside other things.
        Assert.All(template.Text.Split('\n'), line => Assert.InRange(line.Length, 0, 150));
        StudyOutcome outcome = VariantsStudy.Run(
            reading.Spec with { Run = reading.Spec.Run with { Replications = 1, StopWhen = null } }, [.. reading.Study.Variants], threads: 1, progress: null,
            CancellationToken.None, CancellationToken.None);
        Assert.Equal(1 + reading.Study.Variants.Count(), outcome.Tables.Count);
    }

    [Fact]
    public void What_a_template_does_not_mean_to_show_is_not_wrong_with_it() => Assert.Equal(
        ["cloud-lb: FS0618", "single-node: FS0612"],
        ScenarioTemplate.All.SelectMany(template => ScenarioFile
            .Read("t.yaml", System.Text.Encoding.UTF8.GetBytes(template.Text)).Diagnostics
            .Where(finding => finding.Severity == Severity.Warning)
            .Select(finding => $"{template.Name}: {finding.Code.Id}")).Distinct());

    [Fact]
    public void Without_a_template_all_are_listed_with_their_questions()
    {
        (int code, string output, _) = Product.Run("init");
        Assert.Equal(0, code);
        string[] lines = output.TrimEnd().Split('\n');
        Assert.Equal(ScenarioTemplate.All.Count, lines.Length);
        Assert.True(lines.Length >= 10);
        Assert.All(lines, line => Assert.Matches(@"^[a-z0-9-]+ +\S.*\?", line));
    }

    [Fact]
    public void A_file_is_written_under_its_own_name_and_never_overwritten_without_force()
    {
        using TempFolder folder = new();
        string file = folder.File("mine.yaml");
        Assert.Equal(0, Product.Run("init", "--template", "web-tier-with-crews", file).ExitCode);
        Assert.Equal("mine", ScenarioFile.Read(file).Spec!.Name);
        File.AppendAllText(file, "# my own\n");
        (int code, _, string error) = Product.Run("init", "--template", "kube-vip", file);
        Assert.Equal(2, code);
        Assert.Contains("--force", error, StringComparison.Ordinal);
        Assert.EndsWith("# my own\n", File.ReadAllText(file), StringComparison.Ordinal);
        Assert.Equal(0, Product.Run("init", "--template", "kube-vip", file, "--force", "--schema").ExitCode);
        Assert.StartsWith("# yaml-language-server: $schema=failoversim.schema.json\n", File.ReadAllText(file), StringComparison.Ordinal);
        Assert.Equal(FailoverSim.Scenario.Output.JsonSchema.Text(), File.ReadAllText(folder.File("failoversim.schema.json")));
        Assert.Empty(ScenarioFile.Read(file).Diagnostics);
    }

    [Theory]
    [InlineData("did you mean 'kube-vip'?", "--template", "kubevip")]
    [InlineData("--template", "mine.yaml")]
    public void What_cannot_be_meant_is_wrong_usage(string told, params string[] arguments)
    {
        (int code, string output, string error) = Product.Run(["init", .. arguments]);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(told, error, StringComparison.Ordinal);
    }
}
