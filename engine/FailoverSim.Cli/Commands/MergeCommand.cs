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
        Option<DirectoryInfo> output = Options.Output("Folder for the results; the study gets its own inside");
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
            // What several files are called together only their folders know.
            string folder = Path.Combine(output, results.Findings.Others.Count == 0 ? results.Name : ShardFolder.StudyOf(folders[0]));
            if (WhyNotInto(folder) is { } why)
            {
                Console.Error.WriteLine($"failoversim: {why}");
                return ExitCode.Invalid;
            }
            Write(folder, results);
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

    /// <summary>What the result would replace or mix with; null: nothing.</summary>
    private static string? WhyNotInto(string folder) =>
        ShardFolder.IsShard(folder) ? $"'{folder}' is a shard, which the result would replace; name another folder with --out"
        : File.Exists(Path.Combine(folder, Checkpoint.FileName))
            ? $"'{folder}' holds a run that is not finished; run its command again, remove its {Checkpoint.FileName}, or name another folder with --out"
        : null;

    private static void Write(string folder, Results results)
    {
        ResultFolder.Require(folder);
        using FolderLock held = FolderLock.Take(folder);
        ResultFolder.Tidy(folder);
        try
        {
            ResultFolder.Write(folder, results.Findings);
        }
        catch (IOException fault)
        {
            throw new IOException($"{fault.Message.TrimEnd('.')}; the shards are as they were: make room and merge again", fault);
        }
    }

    /// <summary>A folder that holds shards stands for all of them.</summary>
    internal static IReadOnlyList<string> ShardsIn(IEnumerable<string> folders) => [.. folders.SelectMany(folder =>
        Directory.Exists(folder) && !File.Exists(Path.Combine(folder, "manifest.json"))
            && Directory.GetDirectories(folder, "*-shard-*-of-*").Order(StringComparer.Ordinal).ToArray() is { Length: > 0 } shards
            ? shards : [folder])];
}
