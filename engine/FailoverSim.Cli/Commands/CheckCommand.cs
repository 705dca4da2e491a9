using System.CommandLine;
using FailoverSim.Scenario;

namespace FailoverSim.Cli.Commands;

/// <summary><c>check</c>: all that can be said of a scenario without running it, and with <c>--price</c> what that costs.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        Argument<string[]> scenarios = Options.Scenarios();
        Option<string[]> sets = Options.Sets();
        Option<bool> price = new("--price") { Description = "Simulate the remedy of each finding, and say what the finding costs in down time a year" };
        Option<long> replications = new("--replications")
        {
            Description = "With --price: replications of the scenario and of each remedy",
            DefaultValueFactory = _ => 200,
            CustomParser = result => (long?)Options.Whole(result, 1, Options.MostReplications) ?? 1,
        };
        Option<int> threads = Options.Threads();
        Command command = new("check", "Reads scenarios and says what is wrong or odd about them, without running anything")
        {
            scenarios, sets, price, replications, threads,
        };
        command.SetAction(parsed =>
        {
            IReadOnlyList<string> files = Inputs.Files(parsed.GetValue(scenarios)!);
            IReadOnlyList<string> replaced = parsed.GetValue(sets) ?? [];
            IReadOnlyList<ScenarioReading> readings = Inputs.Read(files, replaced, notes: true);
            int code = Report(files, readings);
            if (code != ExitCode.Fine || !parsed.GetValue(price))
            {
                return code;
            }
            using Interruption interruption = new();
            return ExitCode.Of(
            [
                .. files.Zip(readings).Where(pair => pair.Second.Spec!.Services.Count > 0 && MemoryFit.Allows(pair.Second))
                    .TakeWhile(_ => !interruption.Token.IsCancellationRequested)
                    .Select(pair => PriceRun.Run(
                        pair.First, pair.Second, replaced, parsed.GetValue(replications), parsed.GetValue(threads), interruption.Token)),
            ]);
        });
        return command;
    }

    private static int Report(IReadOnlyList<string> files, IReadOnlyList<ScenarioReading> readings)
    {
        if (files.Count == 0)
        {
            Console.Error.WriteLine(Inputs.NothingFound);
        }
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
