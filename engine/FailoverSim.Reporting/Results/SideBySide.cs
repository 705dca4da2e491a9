using System.Runtime.ExceptionServices;

namespace FailoverSim.Reporting.Results;

/// <summary>
/// What is told of findings, in parts that do not touch each other, on all cores: findings do not change, and each part depends on
/// them alone, so the bytes are the same in whatever order the parts end.
/// </summary>
public static class SideBySide
{
    /// <exception cref="Exception">What one of the parts failed with; none is under way any more, and those not begun by then are left out.</exception>
    public static void Do(params Action[] parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        Do(parts.Length, i => parts[i]());
    }

    /// <summary>One result for each item, in their order.</summary>
    internal static IReadOnlyList<TResult> Select<T, TResult>(IReadOnlyList<T> items, Func<T, TResult> part)
    {
        var results = new TResult[items.Count];
        Do(results.Length, i => results[i] = part(items[i]));
        return results;
    }

    private static void Do(int count, Action<int> part)
    {
        try
        {
            Parallel.For(0, count, part);
        }
        catch (AggregateException failures)
        {
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }
    }
}
