using System.CommandLine;
using FailoverSim.Library;
using FailoverSim.Reporting.Checkpoints;
using FailoverSim.Reporting.Results;

namespace FailoverSim.Cli.Commands;

/// <summary><c>merge</c>: the results of all shards become those of one run.</summary>
internal static class MergeCommand
{
    public static Command Create()
    {
        Argument<string[]> folders = new("folder") { Description = "The folders of all shards, or folders that hold such", Arity = ArgumentArity.OneOrMore };
        Option<DirectoryInfo> output = new("--out")
        {
            Description = "Folder for the results; the study gets its own inside",
            DefaultValueFactory = _ => new DirectoryInfo("results"),
        };
        Option<string?> beside = new("--scenario-folder") { Description = "Where the scenario was, if it names files beside it" };
        Option<bool> quiet = new("--quiet") { Description = "Print nothing but what is wrong; the exit code tells the verdict" };
        Command command = new("merge", "Joins the results of all shards: the same bytes as a run in one place") { folders, output, beside, quiet };
        command.SetAction(parsed => Merge(
            ShardsIn(parsed.GetValue(folders)!), parsed.GetValue(output)!.FullName, parsed.GetValue(beside), parsed.GetValue(quiet)));
        return command;
    }

    private static int Merge(IReadOnlyList<string> folders, string output, string? beside, bool quiet)
    {
        try
        {
            Results results = MergedStudy.Of(folders, beside);
            string folder = Path.Combine(output, ShardFolder.StudyOf(folders[0]));
            ResultFolder.Require(folder);
            using FolderLock held = FolderLock.Take(folder);
            ResultFolder.Tidy(folder);
            ResultFolder.Write(folder, results.Findings);
            if (!quiet)
            {
                StudyRun.Print(Console.Out, results.Findings, folder);
            }
            return StudyRun.CodeOf(results.Findings);
        }
        catch (MergeException refusal)
        {
            Console.Error.WriteLine($"failoversim: {refusal.Message}");
            return ExitCode.MergeRefused;
        }
        catch (ResultsException fault)
        {
            Console.Error.WriteLine($"failoversim: {fault.Message}");
            return ExitCode.Invalid;
        }
    }

    /// <summary>A folder that holds shards stands for all of them.</summary>
    internal static IReadOnlyList<string> ShardsIn(IEnumerable<string> folders) => [.. folders.SelectMany(folder =>
        Directory.Exists(folder) && !File.Exists(Path.Combine(folder, "manifest.json"))
            && Directory.GetDirectories(folder, "*-shard-*-of-*").Order(StringComparer.Ordinal).ToArray() is { Length: > 0 } shards
            ? shards : [folder])];
}
