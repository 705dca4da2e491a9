using System.Globalization;
using Xunit;
using Xunit.Abstractions;

namespace FailoverSim.Tests.Validation;

/// <summary>What is asked of every case.</summary>
internal static class CaseCheck
{
    public static TheoryData<string> Names(IEnumerable<ExactCase> cases) => [.. cases.Select(exact => exact.Name)];

    public static TheoryData<string> NamesOfMutants(IEnumerable<ExactCase> cases) =>
        Names(cases.Where(exact => exact.Mutant.Count > 0));

    /// <summary>Every estimate within 4.9 of its standard errors, and these as small as the table asks for.</summary>
    public static void Agrees(IEnumerable<ExactCase> cases, string name, ITestOutputHelper output)
    {
        var comparisons = Compare(cases, name, mutated: false, output);
        Assert.All(comparisons, comparison =>
        {
            Assert.True(Math.Abs(comparison.Z) <= Comparison.Critical, comparison.ToString());
            Assert.True(comparison.RelativeError <= comparison.Reference.Precision, comparison.ToString());
        });
    }

    /// <summary>With means 5 % off, at least one estimate is beyond 4.9 standard errors.</summary>
    public static void NoticesTheMutant(IEnumerable<ExactCase> cases, string name, ITestOutputHelper output)
    {
        var comparisons = Compare(cases, name, mutated: true, output);
        Assert.Contains(comparisons, comparison => Math.Abs(comparison.Z) > Comparison.Critical);
    }

    private static IReadOnlyList<Comparison> Compare(
        IEnumerable<ExactCase> cases, string name, bool mutated, ITestOutputHelper output)
    {
        ExactCase exact = cases.Single(c => c.Name == name);
        TimeSpan before = Environment.CpuUsage.TotalTime;
        var comparisons = Measurement.Compare(exact, mutated ? exact.Mutant : []);
        double seconds = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {seconds:F1} s of CPU (of the whole process)"));
        foreach (Comparison comparison in comparisons)
        {
            output.WriteLine(comparison.ToString());
        }
        return comparisons;
    }
}
