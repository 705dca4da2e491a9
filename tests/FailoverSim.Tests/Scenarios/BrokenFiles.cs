using FailoverSim.Scenario;
using FailoverSim.Scenario.Diagnostics;
using Xunit;

namespace FailoverSim.Tests.Scenarios;

/// <summary>Each file in Broken has beside it, line by line, exactly what is said about it.</summary>
public sealed class BrokenFiles
{
    private static string Broken => Repository.Tests("Scenarios", "Broken");

    public static TheoryData<string> Names =>
        [.. Directory.GetFiles(Broken, "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file))
            .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_broken_file_is_told_what_is_wrong_and_what_to_write_instead(string name)
    {
        var content = File.ReadAllBytes(Path.Combine(Broken, name + ".yaml"));
        var reading = ScenarioFile.Read(name + ".yaml", content, null, relative => Beside(relative));
        var lines = string.Concat(reading.Diagnostics.Select(diagnostic => diagnostic + "\n"));
        Golden.Matches(Path.Combine(Broken, name + ".txt"), lines);
        Assert.NotEmpty(reading.Diagnostics);
        Assert.Equal(reading.Spec is null, reading.HasErrors);
    }

    [Fact]
    public void Every_code_but_the_ones_of_the_file_system_is_shown_by_a_broken_file()
    {
        var shown = string.Concat(Directory.GetFiles(Broken, "*.txt").Select(File.ReadAllText));
        // A file larger than 4 MiB, a missing file, an option of the command line and two files cannot lie in the folder; what is long is made
        // by LimitsTests.
        DiagnosticCode[] elsewhere = [Codes.FileUnreadable, Codes.FileTooLarge, Codes.BadSet, Codes.BadQuantity,
            Codes.NothingToCompare, Codes.TooMuchInFile, Codes.TooManyFindings, Codes.TooManyNames];
        // Codes of incident logs and of imports are shown by the tests of their readers.
        Assert.Empty(Codes.All.Except(elsewhere).Where(code => code.Id[..4] is not ("FS07" or "FS08")).Where(code => !shown.Contains(code.Id, StringComparison.Ordinal))
            .Select(code => code.Id + " " + code.Meaning));
    }

    private static byte[]? Beside(string relative)
    {
        var path = Path.Combine(Broken, relative);
        return File.Exists(path) ? File.ReadAllBytes(path) : null;
    }
}
