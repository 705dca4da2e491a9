using System.CommandLine;
using System.CommandLine.Parsing;
using FailoverSim.Kernel.Replications;
using FailoverSim.Library;

namespace FailoverSim.Cli.Commands;

/// <summary><c>--shard i/n</c>, or <c>auto</c>.</summary>
internal static class ShardOption
{
    public static Option<Shard?> Create() => new("--shard")
    {
        Description = "Run share i of n only, i from 0 (i/n), or the one that the job index of Kubernetes, Slurm or CI says (auto)",
        CustomParser = Parse,
    };

    private static Shard? Parse(ArgumentResult result)
    {
        try
        {
            return ShardChoice.Of(result.Tokens[0].Value, Environment.GetEnvironmentVariable);
        }
        catch (FormatException fault)
        {
            result.AddError(fault.Message);
            return null;
        }
    }
}
