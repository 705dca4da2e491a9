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

    /// <summary>How many jobs stand before one of the line; −1: it is not there.</summary>
    public int PlaceOf(int job)
    {
        int before = 0;
        bool waits = false;
        for (int i = 1; i <= heap[0]; i++)
        {
            waits |= heap[i] == job;
            before += Compare(jobs, heap[i], job) < 0 ? 1 : 0;
        }
        return waits ? before : -1;
    }

    public void Add(int job) => Rise(++heap[0], job);

    public int TakeFirst()
    {
        int first = heap[1];
        int last = heap[heap[0]--];
        Sink(1, last);
        return first;
    }

    /// <summary>Takes out a job from wherever it stands; one that is not there is left alone.</summary>
    public void Remove(int job)
    {
        int place = 1;
        while (place <= heap[0] && heap[place] != job)
        {
            place++;
        }
        if (place > heap[0])
        {
            return;
        }
        int last = heap[heap[0]--];
        if (place > heap[0])
        {
            return;
        }
        if (place > 1 && Compare(jobs, last, heap[place / 2]) < 0)
        {
            Rise(place, last);
        }
        else
        {
            Sink(place, last);
        }
    }

    private void Rise(int hole, int job)
    {
        while (hole > 1 && Compare(jobs, job, heap[hole / 2]) < 0)
        {
            heap[hole] = heap[hole / 2];
            hole /= 2;
        }
        heap[hole] = job;
    }

    private void Sink(int hole, int job)
    {
        int count = heap[0];
        while (hole * 2 <= count)
        {
            int child = hole * 2;
            child += child < count && Compare(jobs, heap[child + 1], heap[child]) < 0 ? 1 : 0;
            if (Compare(jobs, job, heap[child]) <= 0)
            {
                break;
            }
            heap[hole] = heap[child];
            hole = child;
        }
        heap[hole] = job;
    }
}
