using System.CommandLine;
using FailoverSim.Analysis.Studies;
using FailoverSim.Analysis.Tables;
using FailoverSim.Analysis.Timeline;
using FailoverSim.Reporting.Tables;
using FailoverSim.Reporting.Text;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Cli.Commands;

/// <summary><c>explain</c>: the worst outages of a run, told.</summary>
internal static class ExplainCommand
{
    /// <summary>Lines of a story, beside its heading and what it comes to.</summary>
    private const int MostLines = 12;

    private const string File = "replications.msgpack";

    public static Command Create()
    {
        Argument<string> scenario = VariantChoice.Scenario();
        Option<int> worst = new("--worst")
        {
            Description = "How many outages to tell, the longest first",
            DefaultValueFactory = _ => 1,
            CustomParser = result => (int?)Options.Whole(result, 1, int.MaxValue) ?? 1,
        };
        Option<string?> service = new("--service") { Description = "Only those of a service; of a workload where services are figures over workloads" };
        Option<string> variant = VariantChoice.Variant();
        Option<long?> replications = Options.Replications();
        Option<DirectoryInfo?> results = new("--results") { Description = "Take the outages from this result folder of a run, in place of running again" };
        Option<int> threads = Options.Threads();
        Option<string[]> sets = Options.Sets();
        Command command = new("explain", "Tells the worst outages of a run: what struck, what was waited for, who held what, how it ended")
        {
            scenario, worst, service, variant, replications, results, threads, sets,
        };
        command.SetAction(parsed =>
        {
            if (VariantChoice.Of(parsed.GetValue(scenario)!, parsed.GetValue(sets) ?? [], parsed.GetValue(variant)!) is not { } choice)
            {
                return ExitCode.Invalid;
            }
            using Interruption interruption = new();
            ResultTable? table = parsed.GetValue(results) is { } folder
                ? Kept(choice, folder.ToString())
                : Run(choice, parsed.GetValue(replications), parsed.GetValue(threads), interruption.Token);
            int told = table is null ? ExitCode.Invalid : Tell(choice, table, parsed.GetValue(worst), parsed.GetValue(service));
            if (interruption.Token.IsCancellationRequested)
            {
                Console.Error.WriteLine(table is null ? "failoversim: interrupted before the first replication was complete" : "failoversim: interrupted; these are of what was finished");
                return ExitCode.Interrupted;
            }
            return told;
        });
        return command;
    }

    private static int Tell(VariantChoice choice, ResultTable table, int worst, string? service)
    {
        IReadOnlyList<string> tellable = WorstOutages.Tellable(table.Names);
        if (service is not null && !tellable.Contains(service))
        {
            Console.Error.WriteLine($"failoversim: '{service}' has no outages of its own; those that have are {Listed(tellable)}");
            return ExitCode.Invalid;
        }
        bool any = false;
        try
        {
            foreach (OutageStory story in WorstOutages.Of(choice.Spec, table, worst, service, MostLines))
            {
                any = true;
                foreach (string line in StoryText.Of(story, choice.Spec.Run.Start))
                {
                    Console.WriteLine(line);
                }
                Console.WriteLine();
            }
        }
        catch (InvalidDataException fault)
        {
            Console.Error.WriteLine($"failoversim: {fault.Message}");
            return ExitCode.Invalid;
        }
        if (!any)
        {
            Console.WriteLine(
                $"{choice.Spec.Name}: no outage{(service is null ? "" : $" of {service}")} in {HumanUnits.Count(table.Replications)} replications");
        }
        return ExitCode.Fine;
    }

    /// <summary>Null if it was interrupted before there was anything.</summary>
    private static ResultTable? Run(VariantChoice choice, long? replications, int threads, CancellationToken interrupt)
    {
        RunSpec run = choice.Spec.Run;
        ScenarioSpec spec = choice.Spec with
        {
            Run = replications is null ? run : run with { Replications = replications, StopWhen = null },
        };
        using CancellationTokenSource timeUp = new();
        if (run.GiveUpAfterWallClock is { } limit)
        {
            timeUp.CancelAfter(limit);
        }
        using ProgressLine progress = new(spec.Name);
        return RunStudy.Run(spec, threads, progress.Show, timeUp.Token, interrupt, choice.Name).Table;
    }

    /// <summary>Null if the folder holds no results of the scenario; why is printed.</summary>
    private static ResultTable? Kept(VariantChoice choice, string folder)
    {
        string[] places = [Path.Combine(folder, File), Path.Combine(folder, choice.Spec.Name, File)];
        if (places.FirstOrDefault(System.IO.File.Exists) is not { } path)
        {
            Console.Error.WriteLine($"failoversim: there is no {File} in '{folder}'; name the folder that 'run' has written");
            return null;
        }
        try
        {
            ResultShard shard = ReplicationsFile.Read(path);
            if (shard.Origin.Hash != choice.Reading.Hash)
            {
                Console.Error.WriteLine($"failoversim: '{path}' is of another scenario, or the file has changed since (a --set of the run is to be repeated here)");
                return null;
            }
            ResultSet results = ResultShard.Join([shard]);
            if (results.Tables.FirstOrDefault(table => table.Variant == choice.Name) is { } found)
            {
                return found;
            }
            Console.Error.WriteLine(
                $"failoversim: '{path}' has no variant '{choice.Name}'; it has {string.Join(", ", results.Tables.Select(table => table.Variant))}");
        }
        catch (Exception fault) when (fault is InvalidDataException or ArgumentException)
        {
            Console.Error.WriteLine($"failoversim: '{path}' cannot be read: {fault.Message}");
        }
        return null;
    }

    private static string Listed(IReadOnlyList<string> names) => names.Count <= 12
        ? string.Join(", ", names)
        : $"{string.Join(", ", names.Take(12))} and {names.Count - 12} more";
}
