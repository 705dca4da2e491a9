using System.CommandLine;
using FailoverSim.Scenario;

namespace FailoverSim.Cli.Commands;

/// <summary><c>check</c>: all that can be said of a scenario without running it.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        Argument<string[]> scenarios = Options.Scenarios();
        Option<string[]> sets = Options.Sets();
        Command command = new("check", "Reads scenarios and says what is wrong with them, without running anything") { scenarios, sets };
        command.SetAction(parsed => Check(Inputs.Files(parsed.GetValue(scenarios)!), parsed.GetValue(sets) ?? []));
        return command;
    }

    private static int Check(IReadOnlyList<string> files, IReadOnlyList<string> sets)
    {
        IReadOnlyList<ScenarioReading> readings = Inputs.Read(files, sets);
        foreach ((string file, ScenarioReading reading) in files.Zip(readings).Where(pair => !pair.Second.HasErrors))
        {
            int variants = reading.Study.Variants.Count();
            string studies = variants > 0 ? $", {Plural(variants, "variant")}" : "";
            Console.WriteLine($"{file}: fine ({Plural(reading.Spec!.Services.Count, "service")}{studies})");
        }
        return files.Count == 0 || readings.Any(r => r.HasErrors) ? ExitCode.Invalid : ExitCode.Fine;
    }

    private static string Plural(int count, string noun) => $"{count} {noun}{(count == 1 ? "" : "s")}";
}
