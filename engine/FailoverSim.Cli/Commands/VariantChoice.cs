using System.CommandLine;
using FailoverSim.Analysis.Tables;
using FailoverSim.Scenario;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Cli.Commands;

/// <summary>One scenario of a file: as written, or a variant of it by its name.</summary>
/// <param name="Reading">What was read.</param>
/// <param name="Name">Of the variant.</param>
/// <param name="Spec">Of the variant, with the seed of the base: they share their luck.</param>
internal sealed record VariantChoice(ScenarioReading Reading, string Name, ScenarioSpec Spec)
{
    public static Argument<string> Scenario() => new("scenario") { Description = "A scenario file" };

    public static Option<string> Variant() => new("--variant")
    {
        Description = "A variant of compare or sweep in place of the scenario as written",
        DefaultValueFactory = _ => ResultSet.BaseVariant,
    };

    /// <summary>Null if there is nothing of the sort; why is printed.</summary>
    public static VariantChoice? Of(string file, IReadOnlyList<string> sets, string variant)
    {
        ScenarioReading reading = Inputs.Read([file], sets)[0];
        if (reading.HasErrors || !Inputs.CanRun([reading]))
        {
            return null;
        }
        ScenarioSpec written = reading.Spec!;
        if (variant == ResultSet.BaseVariant)
        {
            return new VariantChoice(reading, variant, written);
        }
        if (reading.Study.Variants.FirstOrDefault(v => v.Name == variant) is { } chosen)
        {
            return new VariantChoice(reading, variant, chosen.Spec with { Run = chosen.Spec.Run with { Seed = written.Run.Seed } });
        }
        string others = string.Join(", ", reading.Study.Variants.Select(v => v.Name).Prepend(ResultSet.BaseVariant));
        Console.Error.WriteLine($"failoversim: {file} has no variant '{variant}'; it has {others}");
        return null;
    }
}
