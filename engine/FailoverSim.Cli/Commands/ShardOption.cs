using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using FailoverSim.Kernel.Replications;

namespace FailoverSim.Cli.Commands;

/// <summary><c>--shard i/n</c>, or <c>auto</c>: what the engine that starts the process says.</summary>
internal static class ShardOption
{
    public const int Most = 100_000;

    /// <summary>Where engines put the number of a job, its first number, and how many there are; the first that is set counts.</summary>
    private static readonly (string Index, string? First, string Count)[] Variables =
    [
        // Kubernetes sets the index of an Indexed Job; its manifest has to hand down the count.
        ("JOB_COMPLETION_INDEX", null, "JOB_COMPLETIONS"),
        ("SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_MIN", "SLURM_ARRAY_TASK_COUNT"),
        // GitLab counts from 1.
        ("CI_NODE_INDEX", "1", "CI_NODE_TOTAL"),
        ("BUILDKITE_PARALLEL_JOB", null, "BUILDKITE_PARALLEL_JOB_COUNT"),
        ("CIRCLE_NODE_INDEX", null, "CIRCLE_NODE_TOTAL"),
        // A matrix of GitHub has no variables of its own: the workflow sets these.
        ("FAILOVERSIM_SHARD_INDEX", null, "FAILOVERSIM_SHARD_COUNT"),
    ];

    public static Option<Shard?> Create() => new("--shard")
    {
        Description = "Run share i of n only, i from 0 (i/n), or the one that the job index of Kubernetes, Slurm or CI says (auto)",
        CustomParser = Parse,
    };

    private static Shard? Parse(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        try
        {
            return text == "auto" ? Automatic(Environment.GetEnvironmentVariable) : Of(text.Split('/'), text);
        }
        catch (FormatException fault)
        {
            result.AddError(fault.Message);
            return null;
        }
    }

    /// <exception cref="FormatException">The variables are not there, or say nothing that can be.</exception>
    internal static Shard Automatic(Func<string, string?> variable)
    {
        foreach ((string index, string? first, string count) in Variables)
        {
            if (variable(index) is not { } number)
            {
                continue;
            }
            if (variable(count) is not { } many)
            {
                throw new FormatException($"--shard auto: {index} is set, but {count} is not; set it to the number of shards");
            }
            long from = first is null ? 0 : Number(variable(first) ?? first, first);
            return Of([(Number(number, index) - from).ToString(CultureInfo.InvariantCulture), many], $"{index}={number}, {count}={many}");
        }
        throw new FormatException(
            $"--shard auto: no job index is set ({string.Join(", ", Variables.Select(names => names.Index))}); write i/n, such as 0/8");
    }

    private static long Number(string text, string name) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            ? number : throw new FormatException($"--shard auto: {name} is '{text}' and no number");

    private static Shard Of(string[] parts, string text) =>
        parts is [var index, var count]
        && int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out int i)
        && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int n)
        && n is >= 1 and <= Most && i < n
            ? new Shard(i, n)
            : throw new FormatException($"--shard: '{text}' is no share; write i/n with i from 0 to n - 1, such as 0/8, or auto");
}
