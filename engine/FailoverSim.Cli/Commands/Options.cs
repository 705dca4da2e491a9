using System.CommandLine;

namespace FailoverSim.Cli.Commands;

/// <summary>Arguments that several commands share.</summary>
internal static class Options
{
    public static Argument<string[]> Scenarios() => new("scenario")
    {
        Description = "Scenario files, or folders (all *.yaml in them)",
        Arity = ArgumentArity.OneOrMore,
    };

    public static Option<string[]> Sets() => new("--set")
    {
        Description = "Replaces a value of the scenario: path=value, such as units.pump.count=6",
        AllowMultipleArgumentsPerToken = false,
        Arity = ArgumentArity.ZeroOrMore,
    };
}
