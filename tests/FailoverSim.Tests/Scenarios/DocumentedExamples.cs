using System.Text;
using System.Text.RegularExpressions;
using FailoverSim.Kernel.Time;
using FailoverSim.Scenario;
using FailoverSim.Scenario.Building;
using Xunit;

namespace FailoverSim.Tests.Scenarios;

/// <summary>Whole scenarios in the documents are read without a complaint, and run.</summary>
public sealed class DocumentedExamples
{
    [Theory]
    [InlineData("README.md", 3)]
    [InlineData("engine/docs/language.md", 2)]
    public void Examples_run(string page, int examples)
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, page)).ReplaceLineEndings("\n");
        MatchCollection found = Regex.Matches(text, "```yaml\n(.*?)```", RegexOptions.Singleline);
        Assert.Equal(examples, found.Count);
        foreach (Match example in found)
        {
            var reading = ScenarioFile.Read(page, Encoding.UTF8.GetBytes(example.Groups[1].Value));
            Assert.Empty(reading.Diagnostics);
            var simulation = new ScenarioModel(reading.Spec!).Build();
            Assert.NotEmpty(simulation.Run(0, SimDuration.Zero, SimDuration.FromSeconds(90 * 86_400)));
        }
    }
}
