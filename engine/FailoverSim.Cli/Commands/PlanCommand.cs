using System.CommandLine;
using FailoverSim.Analysis.Stopping;
using FailoverSim.Analysis.Studies;
using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Replications;
using FailoverSim.Reporting.Checkpoints;
using FailoverSim.Reporting.Results;
using FailoverSim.Reporting.Tables;
using FailoverSim.Scenario;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Cli.Commands;

/// <summary><c>plan</c>: how many shards and rounds the precision that a scenario asks for still needs.</summary>
internal static class PlanCommand
{
    /// <summary>The first number of replications at which it is decided.</summary>
    private const long Pilot = StoppingRule.FirstCheckpoint * ReplicationBlock.Size;

    /// <summary>Enough to time: what is only done once in a process is done in the first block.</summary>
    private const long Timed = 2 * ReplicationBlock.Size;

    public static Command Create()
    {
        Argument<string> scenario = new("scenario") { Description = "A scenario that asks for a precision (stop-when)" };
        Argument<string[]> folders = new("folder")
        {
            Description = "What was run of it so far: the folders of all shards, or the one of a whole run; without any a few replications are run",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<string[]> sets = Options.Sets();
        Option<int> threads = Options.Threads();
        Option<bool> baseOnly = new("--base-only") { Description = "Plan for the scenario as written, without its variants" };
        Option<double> hours = new("--hours")
        {
            Description = "How long a shard may take, on one core",
            DefaultValueFactory = _ => 1,
            CustomParser = result => (double?)Options.Number(result, 0.001m, 1_000_000) ?? 1,
        };
        Command command = new("plan", "Says how many shards and rounds the precision asked for still needs") { scenario, folders, sets, threads, baseOnly, hours };
        command.SetAction(parsed => Plan(
            parsed.GetValue(scenario)!, parsed.GetValue(folders)!, parsed.GetValue(sets) ?? [], parsed.GetValue(threads), parsed.GetValue(baseOnly),
            parsed.GetValue(hours)));
        return command;
    }

    private static int Plan(string file, string[] folders, IReadOnlyList<string> sets, int threads, bool baseOnly, double hours)
    {
        ScenarioReading reading = Inputs.Read([file], sets)[0];
        if (reading.HasErrors || !Inputs.CanRun([reading]))
        {
            return ExitCode.Invalid;
        }
        if (reading.Spec!.Run.StopWhen is null)
        {
            Console.Error.WriteLine($"failoversim: '{reading.Spec.Name}' asks for no precision; write 'stop-when' under 'run', or set it with --set run.stop-when=…");
            return ExitCode.Invalid;
        }
        try
        {
            (RunManifest Manifest, ResultSet Results)? run = folders.Length == 0 ? null : ShardMerge.Join(MergeCommand.ShardsIn(folders));
            NextCommand[] commands = [.. NextCommand.For(reading, file, sets, baseOnly, run?.Manifest)];
            (ResultTable pilot, double seconds) = PilotOf(reading.Spec, threads, run is null ? Pilot : Timed);
            ResultTable known = run?.Results.Base ?? pilot;
            PrecisionPlan plan = PrecisionPlan.Of(reading.Spec.Run, known.Names, known.Blocks);
            new PlanPrinter(plan, commands, folders, run?.Manifest, seconds, hours).Print();
            return plan.Reached == StopReason.Precision ? ExitCode.Fine : ExitCode.Imprecise;
        }
        catch (MergeException refusal)
        {
            Console.Error.WriteLine($"failoversim: {refusal.Message}");
            return ExitCode.MergeRefused;
        }
    }

    /// <returns>Some replications of the base, and how long one keeps a core busy.</returns>
    private static (ResultTable Table, double Seconds) PilotOf(ScenarioSpec spec, int threads, long replications)
    {
        using Checkpoint first = new(new MemoryStream(), new RunIdentity([]), TimeProvider.System);
        using ProgressLine progress = new($"{spec.Name}, to know how long it takes", "");
        Run(ReplicationBlock.Size);
        TimeSpan before = Environment.CpuUsage.TotalTime;
        ResultTable table = Run(replications);
        return (table, (Environment.CpuUsage.TotalTime - before).TotalSeconds / Math.Max(1, table.Replications - ReplicationBlock.Size));

        ResultTable Run(long wanted)
        {
            ScenarioSpec few = spec with { Run = spec.Run with { Replications = Math.Min(wanted, spec.Run.GiveUpAfterReplications), StopWhen = null } };
            return RunStudy.Run(few, threads, progress.Show, CancellationToken.None, CancellationToken.None, store: first).Table!;
        }
    }
}
