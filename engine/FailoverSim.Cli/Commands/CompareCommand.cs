using System.CommandLine;
using FailoverSim.Library;
using FailoverSim.Reporting.Text;
using FailoverSim.Scenario;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Cli.Commands;

/// <summary><c>compare</c>: which of several scenarios, or variants of one, is better.</summary>
internal static class CompareCommand
{
    public static Command Create()
    {
        Argument<string[]> scenarios = new("scenario")
        {
            Description = "Scenario files, the first of which is the baseline; or a single one with variants of its own",
            Arity = ArgumentArity.OneOrMore,
        };
        StudyOptions.Set options = new();
        Command command = new("compare", "Simulates several scenarios with the same luck and says which is better, by how much and how surely") { scenarios };
        foreach (Option option in options.All)
        {
            command.Add(option);
        }
        command.SetAction(parsed => Compare(Inputs.Files(parsed.GetValue(scenarios)!), options.Of(parsed)));
        return command;
    }

    private static int Compare(IReadOnlyList<string> files, StudyOptions options)
    {
        if (PlanFor(files, options) is not var (plan, name))
        {
            return ExitCode.Invalid;
        }
        using Interruption interruption = new();
        PipelineReports reports = new(options.Markdown, options.JUnit);
        int code = StudyRun.Run(plan, name, options, reports, new Batch(), interruption.Token);
        reports.Write();
        return code;
    }

    /// <summary>Of a folder, which has 255 bytes for its name and for what is put behind it.</summary>
    private const int LongestName = 220;

    /// <summary>What to run, and the name of its folder; null if there is nothing to run: why is printed.</summary>
    private static (StudyPlan Plan, string Name)? PlanFor(IReadOnlyList<string> files, StudyOptions options)
    {
        if (files.Count == 0)
        {
            Console.Error.WriteLine(Inputs.NothingFound);
            return null;
        }
        ScenarioReading first = Inputs.Read(files.Take(1), options.Sets)[0];
        return files.Count > 1 ? Across(files, first, options) : first.HasErrors || !Inputs.CanRun([first]) ? null : Within(files[0], first, options);
    }

    private static (StudyPlan Plan, string Name)? Within(string file, ScenarioReading reading, StudyOptions options)
    {
        if (!reading.Study.Variants.Any())
        {
            Console.Error.WriteLine(AcrossFiles.NothingIn(reading));
            return null;
        }
        return (options.Plan(reading with { Study = StudyOf(reading.Study) }, CommandFor([file])), reading.Spec!.Name);
    }

    /// <summary>What is compared of a single scenario: its sweeps are a study of their own where it compares, and so is its sensitivity.</summary>
    internal static StudySpec StudyOf(StudySpec study) =>
        (study.Compare.Count > 0 ? study with { Sweeps = [] } : study) with { Sensitivity = null };

    private static (StudyPlan Plan, string Name)? Across(IReadOnlyList<string> files, ScenarioReading first, StudyOptions options)
    {
        // With the seed of the first, so that what is drawn once for all is drawn alike.
        IEnumerable<string> sets = options.Sets.Concat(StudyOptions.SeedAsSet(first.Spec?.Run.Seed));
        ScenarioReading[] readings = [first, .. Inputs.Read(files.Skip(1), [.. sets])];
        if (readings.Any(reading => reading.HasErrors) || !Inputs.CanRun(readings))
        {
            return null;
        }
        (string Name, ScenarioReading Reading)[] named = [.. Names(files, readings).Zip(readings)];
        if (named.GroupBy(file => file.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1)?.Key is { } twice)
        {
            Console.Error.WriteLine($"failoversim: two of the scenarios are called '{twice}'; rename one");
            return null;
        }
        var (study, findings) = AcrossFiles.Compare(named);
        foreach (Diagnostic finding in findings)
        {
            Console.Error.WriteLine(finding);
        }
        if (!options.Quiet)
        {
            Console.Error.WriteLine($"{named[0].Name}: all with its seed, {first.Spec!.Run.Seed}, and over its replications");
        }
        if (findings.Count > 0)
        {
            return null;
        }
        StudyPlan plan = options.Plan(first with { Study = study }, CommandFor(files)) with { BaseName = named[0].Name, Others = [.. named.Skip(1)] };
        string name = string.Join("-vs-", named.Select(file => file.Name));
        return (plan, name.Length <= LongestName ? name : $"{named[0].Name}-vs-{named.Length - 1}-others");
    }

    private static string CommandFor(IEnumerable<string> files) =>
        $"compare {string.Join(' ', files.Select(file => ShellWord.Quoted(Path.GetFileName(file))))}";

    /// <summary>Names of the scenarios, or of the files where two scenarios have the same.</summary>
    private static IEnumerable<string> Names(IReadOnlyList<string> files, IReadOnlyList<ScenarioReading> readings)
    {
        string[] names = [.. readings.Select(reading => reading.Spec!.Name)];
        return names.Distinct(StringComparer.Ordinal).Count() == names.Length ? names : files.Select(file => Path.GetFileNameWithoutExtension(file));
    }
}
