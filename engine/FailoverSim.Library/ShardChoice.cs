using System.Globalization;
using FailoverSim.Kernel.Replications;

namespace FailoverSim.Library;

/// <summary>Which share of a run a process is to take: <c>i/n</c>, or <c>auto</c>: what the engine that starts it says in its variables.</summary>
public static class ShardChoice
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

    /// <param name="text">As written.</param>
    /// <param name="variable">Value of an environment variable; null if it is not set.</param>
    /// <exception cref="FormatException">It is no share; for <c>auto</c>: no variable says which, or none that can be.</exception>
    public static Shard Of(string text, Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(variable);
        return text == "auto" ? Automatic(variable) : Of(text.Split('/'), text);
    }

    private static Shard Automatic(Func<string, string?> variable)
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
            RequireNoGaps(variable, from, many);
            return Of([(Number(number, index) - from).ToString(CultureInfo.InvariantCulture), many], $"{index}={number}, {count}={many}");
        }
        throw new FormatException(
            $"--shard auto: no job index is set ({string.Join(", ", Variables.Select(names => names.Index))}); write i/n, such as 0/8");
    }

    /// <summary>Of an array with gaps, such as what is left of one, Slurm counts the tasks: they would be shares of another run.</summary>
    private static void RequireNoGaps(Func<string, string?> variable, long from, string many)
    {
        const string Last = "SLURM_ARRAY_TASK_MAX";
        if (variable(Last) is { } last && Number(last, Last) - from + 1 != Number(many, "SLURM_ARRAY_TASK_COUNT"))
        {
            throw new FormatException(
                $"--shard auto: the array has {many} tasks from {from} to {last}; give it without gaps, such as --array=0-7, or write --shard i/n");
        }
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
