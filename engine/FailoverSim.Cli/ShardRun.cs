using FailoverSim.Analysis.Tables;
using FailoverSim.Cli.Commands;
using FailoverSim.Kernel.Replications;
using FailoverSim.Library;
using FailoverSim.Reporting.Checkpoints;
using FailoverSim.Reporting.Results;
using FailoverSim.Reporting.Text;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Cli;

/// <summary>One share of a study: rows without figures, which <c>merge</c> makes of all shares.</summary>
internal static class ShardRun
{
    /// <returns>Exit code of what came of it.</returns>
    public static int Run(StudyPlan plan, string name, Shard shard, StudyOptions options, CancellationToken interrupt)
    {
        ScenarioSpec spec = plan.Reading.Spec!;
        if (Study.ObstacleToShards(plan) is { } obstacle)
        {
            Console.Error.WriteLine($"failoversim: {spec.Name}: {obstacle}");
            return ExitCode.Invalid;
        }
        string path = Path.Combine(options.Out.FullName, ShardFolder.NameOf(name, shard));
        try
        {
            using StudyFolder folder = StudyFolder.Open(path, plan, options.Extend, options.Restart);
            StudyRun.TellContinued(folder, spec.Name, options.Quiet);
            if (Simulate(plan with { Store = folder.Store }, shard, options.Quiet, interrupt) is not { } results)
            {
                Console.Error.WriteLine($"{spec.Name}: shard {shard} was stopped; what is finished is kept, and the same command goes on from there");
                return ExitCode.Interrupted;
            }
            Write(path, shard, results, plan);
            folder.Finish();
            options.People?.WriteLine(
                $"{spec.Name}: shard {shard}, {HumanUnits.Plural(results.Tables[0].Blocks.Count, "block", "blocks")} of {HumanUnits.Count(results.PlannedReplications)} replications in all. "
                + $"Results in {Path.GetRelativePath(Environment.CurrentDirectory, path)}; when all shards are there, 'failoversim merge' joins them");
            return ExitCode.Fine;
        }
        catch (CheckpointException other)
        {
            Console.Error.WriteLine($"failoversim: {other.Message}");
            return ExitCode.Invalid;
        }
    }

    private static void Write(string path, Shard shard, ResultShard results, StudyPlan plan)
    {
        try
        {
            ShardFolder.Write(path, shard, results, plan.Reading, plan.Others, plan.Repeat(results.PlannedReplications));
        }
        catch (IOException fault)
        {
            throw new IOException(
                $"{fault.Message.TrimEnd('.')}; all that was simulated is kept in '{Path.Combine(path, Checkpoint.FileName)}': make room and run the same again", fault);
        }
    }

    private static ResultShard? Simulate(StudyPlan plan, Shard shard, bool quietly, CancellationToken interrupt)
    {
        if (quietly)
        {
            return Study.RunShard(plan, shard, null, interrupt);
        }
        using ProgressLine progress = new($"{plan.Reading.Spec!.Name}, shard {shard}");
        return Study.RunShard(plan, shard, progress.Show, interrupt);
    }
}
