using System.CommandLine;
using FailoverSim.Library;
using FailoverSim.Reporting.Results;

namespace FailoverSim.Cli.Commands;

/// <summary><c>report</c>: report, plots and tables again from what a run has left, without simulating.</summary>
internal static class ReportCommand
{
    private const string Manifest = "manifest.json";

    public static Command Create()
    {
        Argument<string[]> folders = new("folder") { Description = "Result folders of scenarios, or folders that hold such", Arity = ArgumentArity.OneOrMore };
        Option<string?> beside = new("--scenario-folder") { Description = "Where the scenario was, if it names files beside it" };
        Command command = new("report", "Makes report, plots and tables again from result folders, without simulating") { folders, beside };
        command.SetAction(parsed => Remake(parsed.GetValue(folders)!, parsed.GetValue(beside)));
        return command;
    }

    private static int Remake(IReadOnlyList<string> folders, string? beside)
    {
        List<int> codes = [];
        foreach (string folder in folders)
        {
            string[] all = StudiesIn(folder);
            // Shards beside what was merged of them are in it.
            string[] studies = [.. all.Where(study => !ShardFolder.IsShard(study))];
            if (studies.Length == 0)
            {
                Console.Error.WriteLine(all.Length > 0
                    ? $"failoversim: '{folder}' holds shares of a run, of which there is no report; join all with 'failoversim merge', and name the folder that it makes"
                    : $"failoversim: '{folder}' holds no results; name a folder that 'failoversim run' made");
                codes.Add(ExitCode.Invalid);
            }
            Batch batch = new();
            codes.AddRange(studies.Select(study => Remake(study, beside, batch)));
            if (studies.Length > 1)
            {
                batch.Finish(folder, Console.Out);
            }
        }
        return ExitCode.Of(codes);
    }

    private static int Remake(string study, string? beside, Batch batch)
    {
        try
        {
            Results results = Results.Load(study, beside);
            ResultFolder.WriteViews(study, results.Findings);
            batch.Add(results.Findings);
            foreach (string missing in results.Missing)
            {
                Console.Error.WriteLine($"{study}: {missing}");
            }
            Console.WriteLine($"{Path.Combine(study, ResultFolder.ReportFile)}: {results}");
            return ExitCode.Fine;
        }
        catch (ResultsException fault)
        {
            Console.Error.WriteLine($"failoversim: {fault.Message}");
            return ExitCode.Invalid;
        }
    }

    private static string[] StudiesIn(string folder) => File.Exists(Path.Combine(folder, Manifest)) ? [folder]
        : Directory.Exists(folder) ? [.. Directory.GetDirectories(folder).Where(inner => File.Exists(Path.Combine(inner, Manifest))).Order(StringComparer.Ordinal)]
        : [];
}
