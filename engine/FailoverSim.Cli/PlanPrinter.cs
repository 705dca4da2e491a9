using FailoverSim.Analysis.Stopping;
using FailoverSim.Analysis.Studies;
using FailoverSim.Analysis.Tables;
using FailoverSim.Cli.Commands;
using FailoverSim.Library;
using FailoverSim.Reporting.Tables;
using FailoverSim.Reporting.Text;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Cli;

/// <summary>What is known, what is still needed, and the command that comes next.</summary>
/// <param name="plan">Of the base.</param>
/// <param name="commands">That can go on with it, the most complete first.</param>
/// <param name="folders">As they were named.</param>
/// <param name="run">What is in them; null if there are none.</param>
/// <param name="secondsEach">How long one replication of one variant keeps a core busy.</param>
/// <param name="hours">How long a shard may take.</param>
internal sealed class PlanPrinter(
    PrecisionPlan plan, IReadOnlyList<NextCommand> commands, IReadOnlyList<string> folders, RunManifest? run, double secondsEach, double hours)
{
    private readonly RunProgress _known = plan.Progress;

    /// <summary>Of shards, one of them: all of them are beside each other.</summary>
    private readonly string? _folder = folders.Count == 0 ? null : MergeCommand.ShardsIn(folders)[0];

    public void Print()
    {
        StopWhenSpec wanted = _known.Run.StopWhen!;
        Console.WriteLine(
            $"asked for: {string.Join(", ", wanted.Services)} within {HumanUnits.Percent(wanted.Within)} of the down time, at {HumanUnits.Percent(wanted.Level)}");
        Console.WriteLine($"so far: {HumanUnits.Plural(_known.Replications, "replication", "replications")}{Precision()}");
        if (plan.Reached == StopReason.Precision)
        {
            PrintEnough();
        }
        else if (plan.Reached is not null || plan.Rounds.Count == 0)
        {
            Console.WriteLine("no more may be run (give-up-after: replications), so the precision is not reached");
        }
        else
        {
            PrintNext();
        }
    }

    private void PrintEnough()
    {
        int shards = run?.Shard?.Count ?? 1;
        if (run?.Replications == _known.Replications)
        {
            Console.WriteLine(shards > 1
                ? $"that is enough; next:\n  failoversim merge {string.Join(' ', folders.Select(ShellWord.Quoted))}"
                : $"that is enough, and '{_folder}' holds just that");
            return;
        }
        Console.WriteLine(run is null ? "that is enough; next:" : $"that is enough; more was run, and this gives what a run of just so many holds{Each(shards)}:");
        PrintCommand(For(shards), _known.Replications, shards);
    }

    private void PrintNext()
    {
        long next = plan.Rounds[0];
        (NextCommand command, int shards) = Divided(next);
        double each = secondsEach * command.Runs;
        // What was not run in the same shares cannot be used again.
        long kept = run is not null && (run.Shard?.Count ?? 1) == shards ? run.Replications : 0;
        string needed = plan.Rounds[^1] == _known.Run.GiveUpAfterReplications
            ? $"at least {HumanUnits.Count(plan.Rounds[^1])}, more than which give-up-after does not allow"
            : $"about {HumanUnits.Count(plan.Rounds[^1])}{(_known.Replications == 0 ? " at least" : "")}";
        Console.WriteLine($"needed: {needed}, in {HumanUnits.Plural(plan.Rounds.Count, "round", "rounds")}: to {string.Join(", ", plan.Rounds.Select(HumanUnits.Count))} replications");
        Console.WriteLine($"work: about {HumanUnits.Duration(each * (plan.Rounds[^1] - kept))} of one core of this machine; the next round {HumanUnits.Duration(each * (next - kept))}, in {HumanUnits.Plural(shards, "shard", "shards")}");
        if (shards == 1 && commands.All(other => other.Obstacle is not null))
        {
            Console.WriteLine($"in one place, as {commands[0].Obstacle}");
        }
        Console.WriteLine($"next{Each(shards)}:");
        PrintCommand(command, next, shards);
    }

    /// <summary>As the folders are divided; else into as many as end in time, of what can be divided.</summary>
    private (NextCommand Command, int Shards) Divided(long next)
    {
        if (run?.Shard is (_, var divided))
        {
            return (For(divided), divided);
        }
        NextCommand divisible = For(2);
        bool isWhole = divisible.Obstacle is not null || secondsEach * commands[0].Runs * (next - (run?.Replications ?? 0)) <= hours * 3600;
        int shards = isWhole ? 1
            : (int)Math.Clamp(Math.Ceiling(secondsEach * divisible.Runs * next / (hours * 3600)), 1, Math.Min(ShardChoice.Most, Block.CountFor(next)));
        return (For(shards), shards);
    }

    /// <summary>The most complete command that can be divided so.</summary>
    private NextCommand For(int shards) => commands.FirstOrDefault(command => shards == 1 || command.Obstacle is null) ?? commands[0];

    private void PrintCommand(NextCommand command, long replications, int shards)
    {
        Console.WriteLine($"  {command.With(replications, shards, _folder)}");
        if (shards > 1)
        {
            Console.WriteLine("  then name the folders of all shards to 'failoversim plan', and at last to 'failoversim merge'");
        }
    }

    private static string Each(int shards) => shards > 1 ? FormattableString.Invariant($", with i from 0 to {shards - 1}") : "";

    private string Precision() => _known.Replications > 0 && _known.LeastPrecise() is var (service, within)
        ? $"; {service.Names.Services[service.Service]} is known to {(double.IsFinite(within) ? $"± {HumanUnits.Percent(within)} of its down time" : "no precision yet")}, by {HumanUnits.Plural(service.Outages, "outage", "outages")}"
        : "";
}
