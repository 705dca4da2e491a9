using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace FailoverSim.Cli.Commands;

/// <summary>Arguments that several commands share.</summary>
internal static class Options
{
    /// <summary>As in scenarios.</summary>
    public const long MostReplications = 1_000_000_000;

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

    public static Option<int> Threads() => new("--threads")
    {
        Description = "Worker threads; the results do not depend on it",
        DefaultValueFactory = _ => Environment.ProcessorCount,
        CustomParser = result => (int?)Whole(result, 1, 1024) ?? 1,
    };

    /// <param name="description">What gets its own folder inside.</param>
    public static Option<DirectoryInfo> Output(string description)
    {
        Option<DirectoryInfo> output = new("--out") { Description = description, DefaultValueFactory = _ => new DirectoryInfo("results") };
        output.Validators.Add(result =>
        {
            for (DirectoryInfo? folder = result.GetValueOrDefault<DirectoryInfo>(); folder is not null; folder = folder.Parent)
            {
                Require(result, !File.Exists(folder.FullName), $"--out: '{folder}' is a file, in which no results can be kept; name a folder");
            }
        });
        return output;
    }

    /// <summary>In place of what the scenario says, unless it is said otherwise.</summary>
    public static Option<long?> Replications() => new("--replications")
    {
        Description = "Run exactly so many, in place of what the scenario says",
        CustomParser = result => (long?)Whole(result, 1, MostReplications),
    };

    /// <summary>A whole number as scenarios write it: <c>200</c>, <c>100k</c>, <c>1M</c>. Null if it is none: then the result has an error.</summary>
    public static decimal? Whole(ArgumentResult result, decimal least, decimal most)
    {
        string text = result.Tokens[0].Value;
        decimal unit = text.EndsWith('k') ? 1_000 : text.EndsWith('M') ? 1_000_000 : 1;
        return decimal.TryParse(unit == 1 ? text : text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)
            && number >= least / unit && number <= most / unit && number * unit % 1 == 0
            ? number * unit
            : Refuse(result, "a whole number", least, most);
    }

    /// <summary>A number with or without a decimal point. Null if it is none: then the result has an error.</summary>
    public static decimal? Number(ArgumentResult result, decimal least, decimal most) =>
        decimal.TryParse(result.Tokens[0].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number) && number >= least && number <= most
            ? number
            : Refuse(result, "a number", least, most);

    private static decimal? Refuse(ArgumentResult result, string wanted, decimal least, decimal most)
    {
        result.AddError(string.Create(
            CultureInfo.InvariantCulture, $"{((OptionResult)result.Parent!).Option.Name} takes {wanted} from {least} to {most}, and not '{result.Tokens[0].Value}'"));
        return null;
    }

    public static void Require(OptionResult result, bool holds, string message)
    {
        if (!holds)
        {
            result.AddError(message);
        }
    }
}
