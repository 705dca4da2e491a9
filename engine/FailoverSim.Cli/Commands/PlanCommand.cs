using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using FailoverSim.Analysis.Stopping;
using FailoverSim.Analysis.Studies;
using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Replications;
using FailoverSim.Kernel.Results;
using FailoverSim.Library;
using FailoverSim.Reporting.Results;
using FailoverSim.Reporting.Text;
using FailoverSim.Scenario;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Cli.Commands;

/// <summary><c>plan</c>: how many shards and rounds the precision that a scenario asks for still needs.</summary>
internal static class PlanCommand
{
    /// <summary>Enough to time, and the first number of replications at which it is decided.</summary>
    private const long Pilot = StoppingRule.FirstCheckpoint * ReplicationBlock.Size;

    public static Command Create()
    {
        Argument<string> scenario = new("scenario") { Description = "A scenario that asks for a precision (stop-when)" };
        Argument<string[]> folders = new("folder")
        {
            Description = "What was run of it so far: the folders of all shards, or a merged one; without any a few replications are run",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<string[]> sets = Options.Sets();
        Option<int> threads = Options.Threads();
        Option<double> hours = new("--hours") { Description = "How long a shard may take, on one core", DefaultValueFactory = _ => 1 };
        hours.Validators.Add(result => Options.Require(result, result.GetValueOrDefault<double>() is > 0 and < 1e6, "--hours must be above 0"));
        Command command = new("plan", "Says how many shards and rounds the precision asked for still needs") { scenario, folders, sets, threads, hours };
        command.SetAction(parsed => Plan(
            parsed.GetValue(scenario)!, MergeCommand.ShardsIn(parsed.GetValue(folders)!), parsed.GetValue(sets) ?? [], parsed.GetValue(threads),
            parsed.GetValue(hours)));
        return command;
    }

    private static int Plan(string file, IReadOnlyList<string> folders, IReadOnlyList<string> sets, int threads, double hours)
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
        PilotOf(reading.Spec, threads); // What is only done once in a process would weigh on a time so short.
        Stopwatch watch = Stopwatch.StartNew();
        ResultTable pilot = PilotOf(reading.Spec, threads);
        double secondsEach = watch.Elapsed.TotalSeconds * threads / pilot.Replications;
        try
        {
            (ResultNames names, IReadOnlyList<Block> blocks, int divided) = folders.Count == 0
                ? (pilot.Names, pilot.Blocks, 1)
                : ShardMerge.BlocksOf(folders, reading.Hash!);
            PrecisionPlan plan = PrecisionPlan.Of(reading.Spec.Run, names, blocks);
            string run = $"failoversim run {StudyOptions.Quoted(file)}{string.Concat(sets.Select(set => $" --set {StudyOptions.Quoted(set)}"))}";
            Print(plan, run, secondsEach * (1 + reading.Study.Variants.Count()), hours, divided);
            return plan.Reached == StopReason.Precision ? ExitCode.Fine : ExitCode.Imprecise;
        }
        catch (MergeException refusal)
        {
            Console.Error.WriteLine($"failoversim: {refusal.Message}");
            return ExitCode.MergeRefused;
        }
    }

    private static ResultTable PilotOf(ScenarioSpec spec, int threads)
    {
        ScenarioSpec few = spec with { Run = spec.Run with { Replications = Math.Min(Pilot, spec.Run.GiveUpAfterReplications), StopWhen = null } };
        return RunStudy.Run(few, threads, null, CancellationToken.None, CancellationToken.None).Table!;
    }

    private static void Print(PrecisionPlan plan, string run, double secondsEach, double hours, int divided)
    {
        RunProgress known = plan.Progress;
        StopWhenSpec wanted = known.Run.StopWhen!;
        Console.WriteLine(
            $"asked for: {string.Join(", ", wanted.Services)} within {HumanUnits.Percent(wanted.Within)} of the down time, at {HumanUnits.Percent(wanted.Level)}");
        Console.WriteLine($"so far: {HumanUnits.Plural(known.Replications, "replication", "replications")} without a gap{Known(known)}");
        if (plan.Reached == StopReason.Precision)
        {
            Console.WriteLine($"that is enough; where more was run, this gives the files of a run that stops there:\n  {run} --replications {Plain(known.Replications)} --extend");
            return;
        }
        if (plan.Reached is not null || plan.Rounds.Count == 0)
        {
            Console.WriteLine("no more may be run (give-up-after: replications), so the precision is not reached");
            return;
        }
        long all = plan.Rounds[^1], next = plan.Rounds[0];
        double coreHours = secondsEach * (all - known.Replications) / 3600, nextHours = secondsEach * (next - known.Replications) / 3600;
        // A shard of as many goes on from its blocks; one of another number would run all of its own.
        int shards = divided > 1 ? divided : (int)Math.Clamp(Math.Ceiling(nextHours / hours), 1, Math.Min(ShardChoice.Most, Block.CountFor(next)));
        Console.WriteLine($"needed: about {HumanUnits.Count(all)}{(known.Replications == 0 ? " at least" : "")}, in {HumanUnits.Plural(plan.Rounds.Count, "round", "rounds")}: to {string.Join(", ", plan.Rounds.Select(HumanUnits.Count))} replications");
        Console.WriteLine($"work: about {HumanUnits.Duration(coreHours * 3600)} of one core of this machine; the next round {HumanUnits.Duration(nextHours * 3600)}, in {HumanUnits.Plural(shards, "shard", "shards")}");
        Console.WriteLine(shards == 1
            ? $"next:\n  {run} --replications {Plain(next)} --extend"
            : $"next, with i from 0 to {Plain(shards - 1)}:\n  {run} --replications {Plain(next)} --extend --shard i/{Plain(shards)}\n  then name the folders of all shards to 'failoversim plan', and at last to 'failoversim merge'");
    }

    private static string Known(RunProgress progress) => progress.Replications > 0 && progress.LeastPrecise() is var (service, within)
        ? $"; {service.Names.Services[service.Service]} is known to {(double.IsFinite(within) ? $"± {HumanUnits.Percent(within)} of its down time" : "no precision yet")}, by {HumanUnits.Plural(service.Outages, "outage", "outages")}"
        : "";

    /// <summary>To be typed.</summary>
    private static string Plain(long number) => number.ToString(CultureInfo.InvariantCulture);
}
