using System.CommandLine;
using FailoverSim.Analysis.Timeline;
using FailoverSim.Kernel.Time;
using FailoverSim.Reporting.Tables;
using FailoverSim.Reporting.Text;
using FailoverSim.Reporting.Traces;
using FailoverSim.Scenario.Incidents;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Cli.Commands;

/// <summary><c>replay</c>: one replication again, as a story and as a trace.</summary>
internal static class ReplayCommand
{
    public static Command Create()
    {
        Argument<string> scenario = VariantChoice.Scenario();
        Option<long> replication = new("--replication")
        {
            Description = "Which replication, from 0",
            Required = true,
            CustomParser = result => (long?)Options.Whole(result, 0, Options.MostReplications) ?? 0,
        };
        Option<string> variant = VariantChoice.Variant();
        Option<string?> from = new("--from") { Description = "Tell everything from this time on, such as 12d or 90m, counted from t = 0" };
        Option<string?> to = new("--to") { Description = "Tell everything up to this time" };
        Option<FileInfo?> trace = new("--trace") { Description = "Also write what is told as a trace that Perfetto opens (ui.perfetto.dev)" };
        Option<string[]> sets = Options.Sets();
        Command command = new("replay", "Runs one replication again and tells what happened around its outages")
        {
            scenario, replication, variant, from, to, trace, sets,
        };
        command.SetAction(parsed => VariantChoice.Of(parsed.GetValue(scenario)!, parsed.GetValue(sets) ?? [], parsed.GetValue(variant)!) is { } choice
            ? Tell(choice, parsed.GetValue(replication), parsed.GetValue(from), parsed.GetValue(to), parsed.GetValue(trace))
            : ExitCode.Invalid);
        return command;
    }

    private static int Tell(VariantChoice choice, long replication, string? from, string? to, FileInfo? trace)
    {
        ScenarioSpec spec = choice.Spec;
        long most = spec.Run.Replications ?? spec.Run.GiveUpAfterReplications;
        if (replication >= most)
        {
            Console.Error.WriteLine(
                $"failoversim: {spec.Name} has no replication {replication}; it has those from 0 to {most - 1} (run.replications or give-up-after)");
            return ExitCode.Invalid;
        }
        if (!TryWindow(spec, from, to, out Windows? window))
        {
            return ExitCode.Invalid;
        }
        IReadOnlyList<OutageSpan> outages = window is null ? Replay.OutagesOf(spec, replication) : [];
        Replay replay = Replay.Of(spec, replication, window ?? Replay.Around(spec, outages), ReplayText.Told(outages));
        foreach (string line in window is null
            ? ReplayText.OfOutages(replay, choice.Name)
            : ReplayText.OfEverything(replay, choice.Name))
        {
            Console.WriteLine(line);
        }
        if (trace is not null)
        {
            AtomicFile.Write(trace.FullName, stream => ChromeTrace.Write(stream, replay));
            Console.Error.WriteLine($"Trace in {trace}; open it at https://ui.perfetto.dev");
        }
        return ExitCode.Fine;
    }

    /// <summary>What is to be told in full; null: what is around the outages.</summary>
    private static bool TryWindow(ScenarioSpec spec, string? from, string? to, out Windows? window)
    {
        window = null;
        if (from is null && to is null)
        {
            return true;
        }
        long end = Replay.EndOf(spec).Nanoseconds;
        if (Instant("--from", from, 0) is not { } start || Instant("--to", to, end) is not { } stop)
        {
            return false;
        }
        if (start >= stop || start >= end)
        {
            Console.Error.WriteLine(
                $"failoversim: --from must come before --to and before the end of the run, {HumanUnits.Duration(end * 1e-9)} after t = 0");
            return false;
        }
        window = Windows.Of(new SimTime(start), new SimTime(Math.Min(stop, end)));
        return true;
    }

    private static long? Instant(string option, string? text, long otherwise)
    {
        if (text is null)
        {
            return otherwise;
        }
        var (length, finding) = IncidentFile.ReadDuration(option, text);
        if (finding is not null)
        {
            Console.Error.WriteLine(finding);
        }
        return finding is null ? length : null;
    }
}
