using FailoverSim.Scenario;
using FailoverSim.Tests.Scenarios;
using Xunit;

namespace FailoverSim.Tests.Models;

/// <summary>Small scenarios whose every state was read once by an engineer; <c>UPDATE_GOLDEN=1</c> rewrites them.</summary>
public class GoldenTraces
{
    private static string Folder => Repository.Tests("Models", "Golden");

    public static TheoryData<string> Names =>
        [.. Directory.GetFiles(Folder, "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_states_of_all_entities_are_as_they_were_read(string name)
    {
        string file = Path.Combine(Folder, name);
        Story story = Story.Of(ScenarioFile.Read($"{file}.yaml").Spec!);
        Golden.Matches($"{file}.trace", story.Trace());
    }
}
