using System.CommandLine;
using FailoverSim.Scenario;

namespace FailoverSim.Cli.Commands;

/// <summary><c>expand</c>: the resolved scenario with the source of every value.</summary>
internal static class ExpandCommand
{
    public static Command Create()
    {
        Argument<string> scenario = new("scenario") { Description = "A scenario file" };
        Option<string[]> sets = Options.Sets();
        Command command = new("expand", "Prints a scenario with all defaults filled in and the source of every value") { scenario, sets };
        command.SetAction(parsed => Expand(parsed.GetValue(scenario)!, parsed.GetValue(sets) ?? []));
        return command;
    }

    private static int Expand(string file, IReadOnlyList<string> sets)
    {
        ScenarioReading reading = Inputs.Read([file], sets)[0];
        if (reading.HasErrors)
        {
            return ExitCode.Invalid;
        }
        Console.Write(reading.Expanded);
        return ExitCode.Fine;
    }
}
