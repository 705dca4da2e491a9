using System.CommandLine;
using System.CommandLine.Parsing;

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

    public static Option<int> Threads()
    {
        Option<int> threads = new("--threads")
        {
            Description = "Worker threads; the results do not depend on it",
            DefaultValueFactory = _ => Environment.ProcessorCount,
        };
        threads.Validators.Add(result => Require(result, result.GetValueOrDefault<int>() is > 0 and <= 1024, "--threads must be from 1 to 1024"));
        return threads;
    }

    public static void Require(OptionResult result, bool holds, string message)
    {
        if (!holds)
        {
            result.AddError(message);
        }
    }
}
