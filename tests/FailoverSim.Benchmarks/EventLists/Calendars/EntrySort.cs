using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FailoverSim.Benchmarks.EventLists.Calendars;

/// <summary>
/// Sorts the few slots of a page by when they are due: how many come before each is counted, since to compare and swap would be a coin
/// toss to the processor at every step.
/// </summary>
/// <param name="scratch">Sixteen dues, ranks and slots.</param>
internal readonly unsafe struct EntrySort(long* scratch)
{
    public const int ScratchBytes = Most * ((2 * sizeof(long)) + sizeof(int));

    private const int Most = 16;
    private const int Lanes = 8;

    /// <summary>
    /// Sorts. Always sixteen, whatever the count: where a loop ends that runs a varying number of times, the processor goes astray, which
    /// costs as much as a hundred instructions.
    /// </summary>
    /// <param name="slots">Sixteen numbers are read; those past <paramref name="count"/> may be any other slots.</param>
    /// <param name="count">At most fourteen.</param>
    /// <param name="appointments">Those of all slots, and one more that is nobody's.</param>
    /// <param name="nobody">The number of that one.</param>
    /// <param name="noDay">What is put down as the day of each.</param>
    /// <param name="to">Where the entries go; the place behind the last is written to.</param>
    public void Sort(int* slots, int count, Appointment* appointments, int nobody, int noDay, Entry* to)
    {
        unchecked
        {
            long* dues = scratch;
            long* ranks = scratch + Most;
            int* own = (int*)(scratch + (2 * Most));
            var absent = Vector512.GreaterThanOrEqual(
                Vector512.Create(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15), Vector512.Create(count));
            var numbers = Vector512.ConditionalSelect(absent, Vector512.Create(nobody), Vector512.Load(slots));
            numbers.Store(own);

            // Nobody is never due, and so behind all others.
            var first = Gather(numbers.GetLower(), own, appointments);
            var second = Gather(numbers.GetUpper(), own + Lanes, appointments);
            first.Store(dues);
            second.Store(dues + Lanes);
            var beforeFirst = CountLess(first, dues) + CountLess(first, dues + Lanes);
            var beforeSecond = CountLess(second, dues) + CountLess(second, dues + Lanes);
            (-beforeFirst).Store(ranks);
            (-beforeSecond).Store(ranks + Lanes);
            for (int i = 0; i < BucketPages.Room; i += 2)
            {
                to[ranks[i]] = new Entry(dues[i], own[i]);
                appointments[own[i]].Day = noDay;
                to[ranks[i + 1]] = new Entry(dues[i + 1], own[i + 1]);
                appointments[own[i + 1]].Day = noDay;
            }

            // Each pair adds one to somebody's rank, and nobody pairs with nobody: fewer, if two are due at once.
            int pairs = (count * (count - 1) / 2) + ((Most - count) * count);
            if (-Vector512.Sum(beforeFirst + beforeSecond) != pairs)
            {
                OrderTies(own, count, dues, to);
            }
        }
    }

    /// <summary>Minus the number of eight dues that are less than each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> CountLess(Vector512<long> than, long* dues)
    {
        unchecked
        {
            return (Vector512.GreaterThan(than, Vector512.Create(dues[0])) + Vector512.GreaterThan(than, Vector512.Create(dues[1])))
                + (Vector512.GreaterThan(than, Vector512.Create(dues[2])) + Vector512.GreaterThan(than, Vector512.Create(dues[3])))
                + (Vector512.GreaterThan(than, Vector512.Create(dues[4])) + Vector512.GreaterThan(than, Vector512.Create(dues[5])))
                + (Vector512.GreaterThan(than, Vector512.Create(dues[6])) + Vector512.GreaterThan(than, Vector512.Create(dues[7])));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> Gather(Vector256<int> numbers, int* slots, Appointment* from)
    {
        if (Avx2.IsSupported)
        {
            // An appointment is twice as wide as the widest step.
            var steps = numbers << 1;
            return Vector512.Create(
                Avx2.GatherVector256((long*)from, steps.GetLower(), sizeof(long)), Avx2.GatherVector256((long*)from, steps.GetUpper(), sizeof(long)));
        }
        return Vector512.Create(
            from[slots[0]].Due, from[slots[1]].Due, from[slots[2]].Due, from[slots[3]].Due,
            from[slots[4]].Due, from[slots[5]].Due, from[slots[6]].Due, from[slots[7]].Due);
    }

    private static void OrderTies(int* slots, int count, long* dues, Entry* to)
    {
        unchecked
        {
            for (int i = 0; i < count; i++)
            {
                Entry entry = new(dues[i], slots[i]);
                int at = i;
                for (; at > 0 && entry.IsBefore(in to[at - 1]); at--)
                {
                    to[at] = to[at - 1];
                }
                to[at] = entry;
            }
        }
    }
}
