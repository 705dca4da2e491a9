using FailoverSim.Kernel.Events;
using Xunit;

namespace FailoverSim.Tests.Kernel.Events;

public class EventListTests
{
    private const long Disarmed = long.MaxValue;
    private const int Slots = 2000;

    /// <summary>A few timers go round all the time, then others do, then all do alike; now and then any timer is moved, or disarmed, and many are due at once.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(1000)]
    [InlineData(1_000_000_000)]
    public void Yields_what_a_sorted_set_yields_while_busy_timers_come_and_go(long tick)
    {
        var random = new Random(7);
        var list = new EventList(Slots);
        var reference = new SortedTimers(Slots);
        for (int slot = 0; slot < Slots; slot++)
        {
            Set(slot, Later(1000));
        }
        bool[] parted = new bool[6];
        for (int phase = 0; phase < parted.Length; phase++)
        {
            bool fewAreBusy = phase % 3 != 2;
            for (int step = 0; step < 12_000; step++)
            {
                (long now, int slot) = reference.Earliest;
                bool isBusy = fewAreBusy && slot % 100 == phase;
                Set(slot, isBusy || now % 2 == 0 ? now + Later(isBusy ? 1 : 2000) : now + (500_000 * tick));
                if (random.Next(40) == 0)
                {
                    int any = random.Next(Slots);
                    bool wakesBusy = fewAreBusy && any % 100 == phase;
                    Set(any, random.Next(8) == 0 ? Disarmed : reference.Earliest.Due + Later(wakesBusy ? 1 : 2000));
                    Assert.Equal(reference.Due(any), list.Due(any));
                }
                if (fewAreBusy && step % 500 == 0)
                {
                    // Whoever was disarmed comes back, so that busy ones do not die out.
                    int one = (100 * random.Next(Slots / 100)) + phase;
                    Set(one, reference.Earliest.Due + Later(1));
                }
                parted[phase] |= list.BusyCount > 0 && step > 6000;
            }
        }
        Assert.Equal([true, true, false, true, true, false], parted);

        void Set(int slot, long due)
        {
            list.Set(slot, due);
            reference.Set(slot, due);
            Assert.Equal(reference.Earliest, (list.EarliestDue, list.EarliestSlot));
        }

        long Later(int ticks) => tick * random.Next(1 + (50 * ticks));
    }

    [Fact]
    public void Timers_that_go_round_while_others_wait_for_years_stand_apart()
    {
        EventList list = Busy();
        Assert.Equal(20, list.BusyCount);
        Assert.InRange(list.Soon, 0, Slots - 1);
        Assert.Equal(0, list.Soon % 100);
    }

    [Fact]
    public void A_timer_among_the_others_that_is_due_with_a_busy_one_has_its_turn_by_its_slot()
    {
        EventList list = Busy();
        int busy = list.EarliestSlot;
        list.Set(busy + 1, list.EarliestDue);
        Assert.Equal(busy, list.EarliestSlot);
        if (busy == 0)
        {
            list.Set(busy, list.EarliestDue + 1);
            busy = list.EarliestSlot;
        }
        list.Set(busy - 1, list.EarliestDue);
        Assert.Equal(busy - 1, list.EarliestSlot);
    }

    /// <summary>Slot 0 busy or not, and nothing armed for a while.</summary>
    [Theory]
    [InlineData(512, 0)]
    [InlineData(512, 1)]
    [InlineData(2000, 0)]
    [InlineData(2000, 7)]
    public void A_list_that_is_drained_while_some_are_busy_is_armed_again_as_any(int slots, int busy)
    {
        var list = new EventList(slots);
        var reference = new SortedTimers(slots);
        var random = new Random(slots + busy);
        for (int turn = 0; turn < 60; turn++)
        {
            for (int round = 0; round < 3000; round++)
            {
                Set(busy, 10 + reference.Due(busy) % Disarmed);
            }
            Assert.Equal(1, list.BusyCount);
            for (int slot = 0; slot < slots; slot++)
            {
                Set(slot, Disarmed);
            }
            for (int i = random.Next(4); i >= 0; i--)
            {
                int slot = random.Next(2) == 0 ? random.Next(2) * busy : random.Next(slots);
                Set(slot, 1_000_000_000L * (turn + 1) + random.Next(3));
                Set(slot, random.Next(2) == 0 ? Disarmed : reference.Due(slot) + random.Next(3));
            }
            while (reference.Earliest.Due != Disarmed)
            {
                Set(reference.Earliest.Slot, Disarmed);
            }
        }

        void Set(int slot, long due)
        {
            list.Set(slot, due);
            reference.Set(slot, due);
            Assert.Equal(due, list.Due(slot));
            Assert.Equal(reference.Earliest.Due, list.EarliestDue);
            Assert.True(list.EarliestDue == Disarmed || reference.Earliest.Slot == list.EarliestSlot);
        }
    }

    [Fact]
    public void A_copy_is_the_same_list_and_leaves_the_original_as_it_was()
    {
        EventList original = Busy();
        var copy = new EventList(Slots);
        copy.CopyFrom(Busy());
        copy.CopyFrom(original);
        Assert.Equal(20, original.BusyCount);
        AssertSameFromNowOn(original, copy);
    }

    [Fact]
    public void What_is_saved_is_the_same_list_when_loaded()
    {
        EventList original = Busy();
        byte[] bytes = new byte[original.ByteCount];
        Span<byte> to = bytes;
        original.Save(ref to);
        Assert.Equal(0, to.Length);
        EventList loaded = Busy();
        ReadOnlySpan<byte> from = bytes;
        loaded.Load(ref from);
        AssertSameFromNowOn(original, loaded);
    }

    [Fact]
    public void A_cleared_list_is_like_new()
    {
        EventList list = Busy();
        list.Clear();
        Assert.Equal(Disarmed, list.EarliestDue);
        Assert.All(Enumerable.Range(0, Slots), slot => Assert.Equal(Disarmed, list.Due(slot)));
        Assert.Equal(0, list.BusyCount);
    }

    [Fact]
    public void Nothing_is_allocated_when_busy_timers_are_parted_from_the_others_and_join_them_again()
    {
        EventList list = Busy();
        EventList other = Busy();
        int left = 0;
        int busy = 0;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int turn = 0; turn < 3; turn++)
        {
            GoRound(list, 5000, years: false);
            left += list.BusyCount;
            GoRound(list, 20_000, years: true);
            other.CopyFrom(list);
            list.Clear();
            Fill(list);
            GoRound(list, 5000, years: true);
            busy += list.BusyCount;
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal((0, 60), (left, busy));
    }

    [Fact]
    public void Unknown_slots_negative_instants_and_other_sizes_are_refused_with_busy_timers_as_without()
    {
        foreach (EventList list in new[] { new EventList(Slots), Busy() })
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => list.Set(-1, 5));
            Assert.Throws<ArgumentOutOfRangeException>(() => list.Set(Slots, 5));
            Assert.Throws<ArgumentOutOfRangeException>(() => list.Set(0, -5));
            Assert.Throws<ArgumentOutOfRangeException>(() => list.Set(1, -5));
            Assert.Throws<ArgumentOutOfRangeException>(() => list.Due(-1));
            Assert.Throws<ArgumentOutOfRangeException>(() => list.Due(Slots));
            Assert.Throws<ArgumentException>(() => list.CopyFrom(new EventList(Slots + 1)));
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => new EventList(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EventList(0));
    }

    /// <summary>Small lists come to it after two thousand million events.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(511)]
    public void A_small_list_finds_nobody_busy_and_goes_on(int slots)
    {
        var list = new EventList(slots);
        for (int slot = 0; slot < slots; slot++)
        {
            list.Set(slot, slot % 3);
        }
        list.Review();
        list.Review();
        Assert.Equal(0, list.BusyCount);
        Assert.Equal(0, list.EarliestDue);
    }

    [Fact]
    public void Busy_timers_that_put_off_others_stay_apart_from_them()
    {
        EventList list = Busy();
        for (int i = 0; i < 20_000; i++)
        {
            int slot = list.EarliestSlot;
            list.Set(slot, list.EarliestDue + 70);
            list.Set(slot + 1, list.EarliestDue + 1_000_000);
            Assert.Equal(20, list.BusyCount);
        }
    }

    /// <summary>One timer in a hundred goes round, and the list has noticed.</summary>
    private static EventList Busy()
    {
        var list = new EventList(Slots);
        Fill(list);
        GoRound(list, 5000, years: true);
        return list;
    }

    private static void Fill(EventList list)
    {
        for (int slot = 0; slot < Slots; slot++)
        {
            list.Set(slot, slot % 100 == 0 ? 1 + (slot / 50) : 1_000_000_000_000 + (slot * 1000L));
        }
    }

    private static void GoRound(EventList list, int steps, bool years)
    {
        for (int i = 0; i < steps; i++)
        {
            int slot = list.EarliestSlot;
            list.Set(slot, list.EarliestDue + (years && slot % 100 == 0 ? 70 + (i % 7) : 1_000_000_000_000));
        }
    }

    private static void AssertSameFromNowOn(EventList one, EventList other)
    {
        Assert.All(Enumerable.Range(0, Slots), slot => Assert.Equal(one.Due(slot), other.Due(slot)));
        for (int i = 0; i < 5000; i++)
        {
            Assert.Equal((one.EarliestDue, one.EarliestSlot), (other.EarliestDue, other.EarliestSlot));
            int slot = one.EarliestSlot;
            long due = one.EarliestDue + (slot % 100 == 0 ? 70 + (i % 7) : 1000);
            one.Set(slot, due);
            other.Set(slot, due);
        }
    }
}
