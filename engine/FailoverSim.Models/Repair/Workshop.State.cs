using System.Buffers;
using System.Collections.Immutable;
using FailoverSim.Kernel.Components;

namespace FailoverSim.Models.Repair;

/// <content>What the future depends on: who is busy, and the order in which needs have arisen.</content>
public sealed partial class Workshop
{
    /// <summary>Hours follow the calendar.</summary>
    protected override string? Calendar(int slot) =>
        slot < _crews.Length && !ReferenceEquals(_crews[slot].Duty, DutyRoster.Always) ? "hours" : null;

    protected override void Encode(int slot, StateWriter writer)
    {
        writer.Add(_busy[slot]);
        if (slot > 0)
        {
            return;
        }
        int[] jobs = ArrayPool<int>.Shared.Rent(_jobs.Count);
        Span<int> order = jobs.AsSpan(0, CollectOrdered(jobs));
        // By contest, then by need: lines that share neither people nor parts do not care who came first in the other.
        order.Sort((a, b) => ContestOf(a) != ContestOf(b) ? ContestOf(a) - ContestOf(b) : JobQueue.Compare(_jobs, a, b));
        foreach (int job in order)
        {
            writer.Add(_jobs[job].Line);
            OwnerOf(job, out int unit).EncodeJob(unit, writer);
        }
        ArrayPool<int>.Shared.Return(jobs);
    }

    /// <summary>
    /// How many of its contest have an older need than a job that is not in a line and whose order decides something nevertheless; −1
    /// for every other job. Those in a line cannot do anything by themselves.
    /// </summary>
    internal int RankOf(int job)
    {
        if (!IsOrderedOutsideLines(job))
        {
            return -1;
        }
        int before = 0;
        foreach (Line line in _lines)
        {
            for (int i = 0; i < line.Queue.Count; i++)
            {
                before += IsBefore(line.Queue[i], job) ? 1 : 0;
            }
        }
        for (int other = 0; other < _jobs.Count; other++)
        {
            before += IsOrderedOutsideLines(other) && IsBefore(other, job) ? 1 : 0;
        }
        return before;
    }

    private bool IsOrderedOutsideLines(int job) => _jobs[job].IsForeseen || (_jobs[job].Crew >= 0 && MayInterrupt(_jobs[job].Crew));

    private bool IsBefore(int one, int other) => ContestOf(one) == ContestOf(other) && JobQueue.Compare(_jobs, one, other) < 0;

    /// <summary>Jobs whose order decides something: those that wait, those that will, and those that may be interrupted.</summary>
    /// <returns>How many they are.</returns>
    private int CollectOrdered(int[] jobs)
    {
        int count = 0;
        foreach (Line line in _lines)
        {
            for (int i = 0; i < line.Queue.Count; i++)
            {
                jobs[count++] = line.Queue[i];
            }
        }
        for (int job = 0; job < _jobs.Count; job++)
        {
            if (IsOrderedOutsideLines(job))
            {
                jobs[count++] = job;
            }
        }
        return count;
    }

    private int ContestOf(int job) => _contestOf[_jobs[job].Line];

    /// <summary>By line: the number of the least class that it is connected with through crews and parts.</summary>
    private static ImmutableArray<int> Contests(
        IReadOnlyList<JobClass> classes, int shelves, ImmutableArray<JobClass> interruptible)
    {
        int[] contest = [.. Enumerable.Range(0, classes.Count)];
        int crews = classes.SelectMany(c => c.Crews).DefaultIfEmpty(-1).Max() + 1;
        for (int crew = 0; crew < crews; crew++)
        {
            Join(classes.Where(c => c.Crews.Contains(crew)));
        }
        for (int shelf = 0; shelf < shelves; shelf++)
        {
            Join(classes.Where(c => c.Shelf == shelf));
        }
        return [.. classes.Concat(interruptible).Select(c => contest[c.Index])];

        void Join(IEnumerable<JobClass> together)
        {
            int[] numbers = [.. together.Select(c => contest[c.Index])];
            for (int i = 0; numbers.Length > 0 && i < contest.Length; i++)
            {
                contest[i] = numbers.Contains(contest[i]) ? numbers.Min() : contest[i];
            }
        }
    }
}
