using System.Text;
using FailoverSim.Scenario;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Tests.Robustness.Fuzzing;
using Xunit;
using Xunit.Abstractions;

namespace FailoverSim.Tests.Robustness;

/// <summary>What is meant to take the machine is read soon, in bounded memory, to its end or to the finding that says what is too much.</summary>
public sealed class HostileScenariosTests(ITestOutputHelper output)
{
    /// <summary>Of processor time; about ten times what the slowest takes.</summary>
    private const double MostSeconds = 30;

    private const long MostBytes = 3L << 30;

    public static TheoryData<string> Names => [.. HostileScenarios.All.Select(file => file.Name)];

    public static TheoryData<string> Corpus => [.. Directory.GetFiles(Folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    private static string Folder => Repository.Tests("Robustness", "Corpus");

    [Theory]
    [MemberData(nameof(Names))]
    public void A_hostile_file_ends_in_the_finding_that_tells_why(string name)
    {
        (_, Func<string> text, string? code) = HostileScenarios.All.Single(file => file.Name == name);
        ScenarioReading reading = Read(Encoding.UTF8.GetBytes(text()));
        Assert.Equal(code is not null, reading.HasErrors);
        if (code is not null)
        {
            Assert.Contains(reading.Diagnostics, finding => finding.Severity == Severity.Error && finding.Code.Id == code);
        }
        else
        {
            Assert.Equal(reading.NormalText, ScenarioFile.ReadResolved("expanded.yaml", Encoding.UTF8.GetBytes(reading.Expanded!)).NormalText);
        }
    }

    /// <summary>Small files that fuzzing has found, called by what went wrong.</summary>
    [Theory]
    [MemberData(nameof(Corpus))]
    public void What_once_broke_the_reader_no_longer_does(string file)
    {
        byte[] content = File.ReadAllBytes(Path.Combine(Folder, file));
        ScenarioReading? reading = null;
        Spent spent = Spent.On(() =>
        {
            reading = ScenarioFile.Read(file, content);
            if (reading.Expanded is { } expanded)
            {
                Assert.Equal(reading.NormalText, ScenarioFile.ReadResolved(file, Encoding.UTF8.GetBytes(expanded)).NormalText);
            }
        });
        Assert.True(spent.Bytes < FuzzedScenarios.MostBytes(content.Length), $"{spent.Bytes:N0} bytes");
        Assert.Equal(reading!.Spec is null, reading.HasErrors);
        FuzzedScenarios.Begin(reading);
    }

    private ScenarioReading Read(byte[] file)
    {
        ScenarioReading? reading = null;
        Spent spent = Spent.On(() => reading = ScenarioFile.Read("hostile.yaml", file));
        output.WriteLine($"{spent.Seconds:F2} s, {spent.Bytes:N0} bytes for {file.Length:N0}");
        Assert.True(spent.Seconds < MostSeconds && spent.Bytes < MostBytes, $"{spent.Seconds:F1} s, {spent.Bytes:N0} bytes");
        return reading!;
    }
}
