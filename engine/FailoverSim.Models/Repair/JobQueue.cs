using FailoverSim.Kernel.Components;

namespace FailoverSim.Models.Repair;

/// <summary>Waiting jobs of one line as a binary heap: earliest need first, then the lower number.</summary>
/// <param name="heap">Element 0 holds the count, the jobs follow.</param>
/// <param name="jobs">The state of all jobs.</param>
internal sealed class JobQueue(State<int> heap, State<Job> jobs)
{
    public bool IsEmpty => heap[0] == 0;

    public int First => heap[1];

    public int Count => heap[0];

    /// <summary>Waiting jobs in no particular order.</summary>
    public int this[int index] => heap[index + 1];

    /// <summary>By the time when the need arose; ties go to the lower number.</summary>
    public static int Compare(State<Job> jobs, int a, int b)
    {
        int bySince = jobs[a].Since.CompareTo(jobs[b].Since);
        return bySince != 0 ? bySince : a.CompareTo(b);
    }

    public void Add(int job)
    {
        int hole = ++heap[0];
        while (hole > 1 && Compare(jobs, job, heap[hole / 2]) < 0)
        {
            heap[hole] = heap[hole / 2];
            hole /= 2;
        }
        heap[hole] = job;
    }

    public int TakeFirst()
    {
        int first = heap[1];
        int last = heap[heap[0]--];
        int count = heap[0];
        int hole = 1;
        while (hole * 2 <= count)
        {
            int child = hole * 2;
            child += child < count && Compare(jobs, heap[child + 1], heap[child]) < 0 ? 1 : 0;
            if (Compare(jobs, last, heap[child]) <= 0)
            {
                break;
            }
            heap[hole] = heap[child];
            hole = child;
        }
        heap[hole] = last;
        return first;
    }
}
