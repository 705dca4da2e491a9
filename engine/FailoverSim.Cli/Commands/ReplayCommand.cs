using System.CommandLine;
using FailoverSim.Analysis.Timeline;
using FailoverSim.Scenario;

namespace FailoverSim.Cli.Commands;

internal static class ReplayCommand
{
    public static Command Create()
    {
        Argument<string> scenario = new("scenario") { Description = "A scenario file" };
        Option<long> replication = new("--replication") { Description = "Which replication, from 0" };
        Command command = new("replay", "x") { scenario, replication };
        command.SetAction(parsed =>
        {
            ScenarioReading reading = Inputs.Read([parsed.GetValue(scenario)!], [])[0];
            var spec = reading.Spec!;
            var outages = Replay.OutagesOf(spec, parsed.GetValue(replication));
            Console.WriteLine($"{outages.Count} outages");
            var worst = outages.OrderByDescending(o => o.Length).Take(4).ToList();
            Replay r = Replay.Of(spec, parsed.GetValue(replication), Replay.Around(spec, worst));
            foreach (var o in r.Outages.Where(x => worst.Any(w => w.Start == x.Start && w.Name == x.Name)))
            {
                Console.WriteLine($"== {o.Name} {o.Start.Seconds} {o.Length.Seconds} s loss {o.IsLoss} root {o.Root?.Cause} {o.Root?.Entity} enablers {string.Join(",", o.Enablers.Select(e => e.Entity))}");
                foreach (var p in o.Phases) Console.WriteLine($"   {(p.Start - o.Start).Seconds,9:F3} {p.Stage} {p.Condition} {string.Join(",", p.Causes.Select(c => c.Entity))}");
                foreach (var h in o.Held) Console.WriteLine($"   held {h.Length.Seconds,9:F3} {h.Condition} {h.Stage} {h.Cause?.Entity}");
                foreach (var e in r.Events.Where(e => (e.Instant - o.Start).Seconds > -15 && (e.Instant - o.End).Seconds < 15).Take(80)) Console.WriteLine($"     {(e.Instant - o.Start).Seconds,9:F3} {e.Entity} {e.Kind} {e.Text} [{e.Cause?.Entity}]");
            }
            return 0;
        });
        return command;
    }
}
