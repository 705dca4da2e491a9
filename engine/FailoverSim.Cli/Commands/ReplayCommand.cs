using System.CommandLine;
using FailoverSim.Analysis.Timeline;
using FailoverSim.Scenario;
using FailoverSim.Reporting.Text;

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
            var worst = outages.GroupBy(o => o.Name).SelectMany(g => g.OrderByDescending(o => o.Length).Take(2)).ToList();
            Replay r = Replay.Of(spec, parsed.GetValue(replication), Replay.Around(spec, worst));
            Storyteller teller = new(r);
            foreach (var o in r.Outages.Where(x => worst.Any(w => w.Start == x.Start && w.Name == x.Name)))
            {
                foreach (var l in StoryText.Of(teller.Of(o, 12), spec.Run.Start)) Console.WriteLine(l);
                Console.WriteLine();
            }
            return 0;
        });
        return command;
    }
}
