using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FailoverSim.Benchmarks.EventLists.Calendars;

/// <summary>
/// Sets of slots, one per bucket: a page of one cache line that holds up to fourteen, and further full pages behind it where a bucket
/// is crowded. A slot is in one bucket at most, so the memory needed is known beforehand.
/// </summary>
internal unsafe struct BucketPages
{
    private const int PageBytes = 64;

    /// <summary>Slots on a page; two more numbers tell how many there are and which page is behind.</summary>
    public const int Room = 14;
    private const int PageInts = PageBytes / sizeof(int);

    private readonly EntrySort _sort;
    private readonly int* _pages;
    private readonly int _buckets;
    private readonly int _count;
    private readonly int _nobody;
    private int _free;
    private int _unused;

    /// <param name="memory">Zeroed, on a 64-byte boundary, <see cref="BytesFor"/> long.</param>
    /// <param name="buckets">How many.</param>
    /// <param name="slots">How many slots there are.</param>
    public BucketPages(int* memory, int buckets, int slots)
    {
        _sort = new EntrySort((long*)memory);
        _pages = memory + (EntrySort.ScratchBytes / sizeof(int));
        _buckets = buckets;
        _nobody = slots;
        _count = Pages(buckets, slots);
        Clear();
    }

    /// <summary>One page more than can be filled: the last may be read beyond its end.</summary>
    public static long BytesFor(int buckets, int slots) => EntrySort.ScratchBytes + ((Pages(buckets, slots) + 1L) * PageBytes);

    private static int Pages(int buckets, int slots) => buckets + (slots / Room) + 1;

    /// <param name="bucket">Which.</param>
    /// <param name="slot">Goes into it.</param>
    /// <param name="one">1; 0: it does not. Whether it does is often a coin toss, which the processor need not make this way.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int bucket, int slot, int one)
    {
        unchecked
        {
            int* page = _pages + ((nint)bucket * PageInts);
            nint count = page[0];
            if (count == Room)
            {
                Spill(page);
                count = 0;
            }
            page[2 + count] = slot;
            page[0] = (int)count + one;
        }
    }

    /// <summary>Takes a slot out that is in the bucket.</summary>
    public void Remove(int bucket, int slot)
    {
        unchecked
        {
            int* first = _pages + (nint)bucket * PageInts;
            int* page = first;
            int at = Find(page, page[0], slot);
            while (at < 0)
            {
                page = _pages + (nint)page[1] * PageInts;
                at = Find(page, Room, slot);
            }
            page[2 + at] = first[1 + first[0]];
            if (--first[0] == 0 && first[1] != 0)
            {
                int behind = first[1];
                Copy(_pages + (nint)behind * PageInts, first);
                GiveBack(behind);
            }
        }
    }

    /// <summary>Whether a bucket holds any.</summary>
    public readonly bool Any(int bucket) => unchecked(_pages[(nint)bucket * PageInts]) != 0;

    /// <summary>Empties a bucket.</summary>
    /// <param name="bucket">Which.</param>
    /// <param name="slots">What is known of each slot.</param>
    /// <param name="noDay">What is put down as the day of each that there was.</param>
    /// <param name="to">Room for all its slots.</param>
    /// <returns>How many there were; up to <see cref="Room"/> are sorted.</returns>
    public int Take(int bucket, Appointment* slots, int noDay, Entry* to)
    {
        unchecked
        {
            int* page = _pages + (nint)bucket * PageInts;
            int count = page[0];
            int behind = page[1];
            page[0] = page[1] = 0;
            if (behind == 0)
            {
                _sort.Sort(page + 2, count, slots, _nobody, noDay, to);
                return count;
            }
            int taken = CopyOut(page, count, slots, noDay, to);
            while (behind != 0)
            {
                page = _pages + (nint)behind * PageInts;
                taken += CopyOut(page, Room, slots, noDay, to + taken);
                int next = page[1];
                GiveBack(behind);
                behind = next;
            }
            return taken;
        }
    }

    /// <summary>Fetches what is known of a bucket's slots into the cache: it will be taken soon.</summary>
    public readonly void Expect(int bucket, Appointment* slots)
    {
        unchecked
        {
            int* page = _pages + ((nint)bucket * PageInts);
            for (int i = 2; i < PageInts; i += 2)
            {
                Sse.Prefetch0(slots + page[i]);
                Sse.Prefetch0(slots + page[i + 1]);
            }
        }
    }

    /// <summary>Empties all buckets.</summary>
    public void Clear()
    {
        for (int bucket = 0; bucket < _buckets; bucket++)
        {
            *(long*)(_pages + (nint)bucket * PageInts) = 0;
        }
        _free = 0;
        _unused = _buckets;
    }

    /// <summary>Makes the buckets equal to others of the same size.</summary>
    public void CopyFrom(in BucketPages other)
    {
        _free = other._free;
        _unused = other._unused;
        long bytes = (long)_unused * PageBytes;
        Buffer.MemoryCopy(other._pages, _pages, bytes, bytes);
    }

    private static int CopyOut(int* page, int count, Appointment* slots, int noDay, Entry* to)
    {
        unchecked
        {
            for (int i = 0; i < count; i++)
            {
                int slot = page[2 + i];
                to[i] = new Entry(slots[slot].Due, slot);
                slots[slot].Day = noDay;
            }
            return count;
        }
    }

    private void Spill(int* page)
    {
        unchecked
        {
            int behind = _free;
            if (behind != 0)
            {
                _free = _pages[(nint)behind * PageInts + 1];
            }
            else
            {
                behind = _unused++;
                System.Diagnostics.Debug.Assert(behind < _count, "a slot is in two buckets");
            }
            Copy(page, _pages + (nint)behind * PageInts);
            page[1] = behind;
        }
    }

    private void GiveBack(int page)
    {
        _pages[(nint)page * PageInts + 1] = _free;
        _free = page;
    }

    private static void Copy(int* from, int* to)
    {
        var low = Vector256.Load(from);
        var high = Vector256.Load(from + 8);
        low.Store(to);
        high.Store(to + 8);
    }

    /// <summary>The place of a slot among the first so many of a page; −1: not there.</summary>
    private static int Find(int* page, int count, int slot)
    {
        unchecked
        {
            var wanted = Vector256.Create(slot);
            uint low = Vector256.Equals(Vector256.Load(page), wanted).ExtractMostSignificantBits();
            uint high = Vector256.Equals(Vector256.Load(page + 8), wanted).ExtractMostSignificantBits();
            uint found = ((low | (high << 8)) >> 2) & ((1u << count) - 1);
            return found == 0 ? -1 : System.Numerics.BitOperations.TrailingZeroCount(found);
        }
    }
}
