using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FailoverSim.Kernel.Events;

/// <summary>
/// Sorts the few slots of a page by when they are due: how many come before each is counted, since to compare and swap would be a coin
/// toss to the processor at every step.
/// </summary>
/// <param name="scratch">Sixteen dues and sixteen ranks.</param>
internal readonly unsafe struct EntrySort(long* scratch)
{
    public const int ScratchBytes = 2 * Most * sizeof(long);

    private const int Most = 16;
    private const int Lanes = 8;

    /// <param name="slots">Sixteen numbers are read; those past <paramref name="count"/> may be any other slots.</param>
    /// <param name="count">At most sixteen.</param>
    /// <param name="appointments">Those of all slots.</param>
    /// <param name="noDay">What is put down as the day of each.</param>
    /// <param name="to">Where the entries go.</param>
    public void Sort(int* slots, int count, Appointment* appointments, int noDay, Entry* to)
    {
        unchecked
        {
            long* dues = scratch;
            long* ranks = scratch + Most;
            bool few = count <= Lanes;
            var lanes = Vector512.Create(0L, 1, 2, 3, 4, 5, 6, 7);
            var end = Vector512.Create((long)count);
            var first = Gather(slots, appointments);
            Vector512<long> before;
            if (few)
            {
                // What is not there is never due, and so behind all others.
                first |= Vector512.GreaterThanOrEqual(lanes, end) >>> 1;
                first.Store(dues);
                before = CountLess(first, dues);
                (-before).Store(ranks);
            }
            else
            {
                var second = Gather(slots + Lanes, appointments);
                second |= Vector512.GreaterThanOrEqual(lanes + Vector512.Create((long)Lanes), end) >>> 1;
                first.Store(dues);
                second.Store(dues + Lanes);
                var beforeFirst = CountLess(first, dues) + CountLess(first, dues + Lanes);
                var beforeSecond = CountLess(second, dues) + CountLess(second, dues + Lanes);
                (-beforeFirst).Store(ranks);
                (-beforeSecond).Store(ranks + Lanes);
                before = beforeFirst + beforeSecond;
            }
            for (int i = 0; i < count; i++)
            {
                int slot = slots[i];
                to[ranks[i]] = new Entry(dues[i], slot);
                appointments[slot].Day = noDay;
            }
            // Each pair adds one to somebody's rank, and each that is not there adds none: fewer, if two are due at once.
            int width = few ? Lanes : Most;
            if (-Vector512.Sum(before) != (count * (count - 1) / 2) + ((width - count) * count))
            {
                OrderTies(slots, count, dues, to);
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
    private static Vector512<long> Gather(int* slots, Appointment* from)
    {
        if (Avx2.IsSupported)
        {
            // An appointment is twice as wide as the widest step.
            return Vector512.Create(
                Avx2.GatherVector256((long*)from, Vector128.Load(slots) << 1, sizeof(long)),
                Avx2.GatherVector256((long*)from, Vector128.Load(slots + 4) << 1, sizeof(long)));
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
