using System.Globalization;
using FailoverSim.Kernel.Replications;

namespace FailoverSim.Library;

/// <summary>Which share of a run a process is to take: <c>i/n</c>, or <c>auto</c>: what the engine that starts it says in its variables.</summary>
public static class ShardChoice
{
    public const int Most = 100_000;

    private const string SlurmFirst = "SLURM_ARRAY_TASK_MIN", SlurmLast = "SLURM_ARRAY_TASK_MAX";

    /// <summary>Where the number of a job is, how many there are, and where the first number is or what it always is; the first that is set counts.</summary>
    private static readonly (string Index, string Count, string? First, int Base)[] Variables =
    [
        // Before all others, so that one task of an engine can be given by hand. A matrix of GitHub has no variables of its own: its workflow sets these.
        ("FAILOVERSIM_SHARD_INDEX", "FAILOVERSIM_SHARD_COUNT", null, 0),
        // Kubernetes sets the index of an Indexed Job; its manifest has to hand down the count.
        ("JOB_COMPLETION_INDEX", "JOB_COMPLETIONS", null, 0),
        ("SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_COUNT", SlurmFirst, 0),
        // GitLab counts from 1.
        ("CI_NODE_INDEX", "CI_NODE_TOTAL", null, 1),
        ("BUILDKITE_PARALLEL_JOB", "BUILDKITE_PARALLEL_JOB_COUNT", null, 0),
        ("CIRCLE_NODE_INDEX", "CIRCLE_NODE_TOTAL", null, 0),
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
        foreach ((string index, string count, string? first, int from) in Variables)
        {
            if (variable(index) is { } number)
            {
                long begin = first is null ? from : WholeArray(variable, count);
                (long i, long n) = (Number(variable, index) - begin, Number(variable, count));
                return Of(FormattableString.Invariant($"{i}/{n}").Split('/'), $"{index}={number}, {count}={variable(count)}");
            }
        }
        throw new FormatException(
            $"--shard auto: no job index is set ({string.Join(", ", Variables.Select(names => names.Index))}); write i/n, such as 0/8");
    }

    /// <summary>
    /// The first number of a Slurm array. Of an array with gaps, or of what is given again of one, Slurm counts only those tasks: they would be
    /// shares of another run.
    /// </summary>
    private static long WholeArray(Func<string, string?> variable, string count)
    {
        (long first, long last, long tasks) = (Number(variable, SlurmFirst), Number(variable, SlurmLast), Number(variable, count));
        return first <= 1 && last - first + 1 == tasks ? first : throw new FormatException(
            $"--shard auto: the array has {tasks} tasks from {first} to {last}, which says nothing of the whole; give all of it, such as --array=0-7, "
            + "or set FAILOVERSIM_SHARD_INDEX and FAILOVERSIM_SHARD_COUNT to repeat one task");
    }

    private static long Number(Func<string, string?> variable, string name) =>
        variable(name) is not { } text ? throw new FormatException($"--shard auto: {name} is not set; set it, or write --shard i/n")
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number
        : throw new FormatException($"--shard auto: {name} is '{text}' and no number from 0");

    private static Shard Of(string[] parts, string text) =>
        parts is [var index, var count]
        && int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out int i)
        && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int n)
        && n is >= 1 and <= Most && i < n
            ? new Shard(i, n)
            : throw new FormatException($"--shard: '{text}' is no share; write i/n with i from 0 to n - 1 and n up to {Most}, such as 0/8, or auto");
}
