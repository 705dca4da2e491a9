using System.Globalization;
using FailoverSim.Analysis.Comparisons;
using FailoverSim.Library;
using FailoverSim.Reporting.Results;
using FailoverSim.Reporting.Text;
using FailoverSim.Scenario;
using Spectre.Console;

namespace FailoverSim.Cli;

/// <summary><c>check --price</c>: what each finding of a scenario costs, by simulating its remedy beside it.</summary>
internal static class PriceRun
{
    /// <param name="file">The scenario.</param>
    /// <param name="reading">It, without errors.</param>
    /// <param name="sets">What the command line replaces in it.</param>
    /// <param name="replications">How many, of the scenario and of each remedy.</param>
    /// <param name="threads">Worker threads.</param>
    /// <param name="interrupt">Stop now.</param>
    /// <returns>Exit code.</returns>
    public static int Run(string file, ScenarioReading reading, IReadOnlyList<string> sets, long replications, int threads, CancellationToken interrupt)
    {
        IReadOnlyList<Remedy> remedies = Remedies.Of(reading, With);
        if (remedies.Count == 0)
        {
            Console.WriteLine($"{file}: nothing to price");
            return ExitCode.Fine;
        }
        StudyPlan plan = new(reading, _ => "") { Replications = replications, Threads = threads };
        if (remedies.All(remedy => remedy.WhyNoPrice is not null))
        {
            Print(reading, remedies, null);
            return ExitCode.Fine;
        }
        (IReadOnlyList<Remedy> Priced, StudyFindings Findings)? priced;
        using (ProgressLine progress = new(reading.Spec!.Name))
        {
            priced = Remedies.Price(remedies, plan, With, progress.Show, interrupt);
        }
        if (priced is not var (all, findings))
        {
            Console.Error.WriteLine($"{reading.Spec.Name}: stopped before the first replication was complete; nothing to tell");
            return ExitCode.Interrupted;
        }
        Print(reading, all, findings);
        return findings.Unfinished.Count > 0 ? ExitCode.Interrupted : ExitCode.Fine;

        ScenarioReading With(IReadOnlyList<string> more) => ScenarioFile.Read(file, [.. sets, .. more]);
    }

    private static void Print(ScenarioReading reading, IReadOnlyList<Remedy> remedies, StudyFindings? findings)
    {
        IAnsiConsole console = Terminal.Of(Console.Out);
        console.WriteLine();
        console.WriteLine($"  What the findings cost {reading.Spec!.Name}: what their remedies save, with the same luck");
        foreach (Remedy remedy in remedies)
        {
            console.WriteLine();
            console.WriteSentence($"  {string.Join(", ", remedy.Findings.Select(finding => $"{finding.Code.Id} line {finding.Line.ToString(CultureInfo.InvariantCulture)}").Distinct())}: {remedy.Findings[0].Message}{(remedy.Findings.Count > 1 ? $" (and {remedy.Findings.Count - 1} more that it settles)" : "")}");
            if (remedy.WhyNoPrice is { } why)
            {
                console.WriteSentence($"    no price: {why}");
                continue;
            }
            console.WriteSentence($"    with {string.Join(" ", remedy.Sets.Select(set => $"--set '{set}'"))}:");
            if (remedy.Against.Count == 0)
            {
                console.WriteSentence("    no price: interrupted before it was run");
            }
            int width = remedy.Against.Select(service => service.Service.Length).DefaultIfEmpty(0).Max();
            foreach (Comparison service in remedy.Against)
            {
                string colour = service.Standing switch { Standing.Better => "red", Standing.Worse => "green", _ => "default" };
                console.WriteSentence($"    {service.Service.PadRight(width)}  {PriceText.Of(service)}", colour);
            }
        }
        if (findings is not null)
        {
            int priced = remedies.Count(remedy => remedy.Against.Count > 0);
            console.WriteLine();
            console.WriteSentence($"  {HumanUnits.Count(findings.Results.Replications)} replications of the scenario and of {priced} {(priced == 1 ? "remedy" : "remedies, each alone: together they save less or more than the sum")}. "
                + "95 % intervals, joint over the remedies of a service.");
        }
        console.WriteLine();
    }
}
