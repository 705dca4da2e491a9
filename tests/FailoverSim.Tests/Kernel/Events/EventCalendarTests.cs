using FailoverSim.Kernel.Events;
using Xunit;

namespace FailoverSim.Tests.Kernel.Events;

public class EventCalendarTests
{
    private const long Disarmed = long.MaxValue;

    public static TheoryData<int> Sizes()
    {
        var data = new TheoryData<int>();
        foreach (int slots in new[] { 1, 2, 7, 8, 9, 15, 16, 17, 63, 64, 65, 127, 129, 513, 5000 })
        {
            data.Add(slots);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Yields_what_a_sorted_set_yields(int slots)
    {
        foreach (int spread in new[] { 2, 40, 1_000_000 })
        {
            var random = new Random(slots + spread);
            EventCalendar calendar = new EventCalendar(slots);
            var reference = new Reference(slots);
            AssertSame(reference, calendar);
            long now = 0;
            for (int step = 0; step < 2000; step++)
            {
                bool any = reference.Earliest.Due != Disarmed;
                bool fire = any && random.Next(4) == 0;
                int slot = fire ? reference.Earliest.Slot : random.Next(slots);
                now = fire ? reference.Earliest.Due : now;
                long due = random.Next(5) == 0 ? Disarmed : now + random.Next(spread);
                calendar.Set(slot, due);
                reference.Set(slot, due);
                AssertSame(reference, calendar);
                Assert.Equal(due, calendar.Due(slot));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Drains_in_order_of_time_then_slot(int slots)
    {
        var random = new Random(slots);
        EventCalendar calendar = new EventCalendar(slots);
        var expected = new List<(long Due, int Slot)>();
        foreach (int slot in Enumerable.Range(0, slots).OrderBy(_ => random.Next()))
        {
            long due = random.Next(1 + slots / 3);
            calendar.Set(slot, due);
            expected.Add((due, slot));
        }
        expected.Sort();
        foreach ((long due, int slot) in expected)
        {
            Assert.Equal((due, slot), (calendar.EarliestDue, calendar.EarliestSlot));
            calendar.Set(slot, Disarmed);
        }
        Assert.Equal(Disarmed, calendar.EarliestDue);
    }

    [Fact]
    public void The_earliest_is_a_function_of_state_and_not_of_the_order_of_arming()
    {
        var forwards = new EventCalendar(100);
        var backwards = new EventCalendar(100);
        for (int i = 0; i < 100; i++)
        {
            forwards.Set(i, 5);
            backwards.Set(99 - i, 5);
        }
        Assert.Equal(0, forwards.EarliestSlot);
        Assert.Equal(0, backwards.EarliestSlot);
    }

    [Fact]
    public void Instants_at_both_ends_of_the_clock_keep_their_order()
    {
        var calendar = new EventCalendar(20);
        calendar.Set(13, Disarmed - 1);
        Assert.Equal((Disarmed - 1, 13), (calendar.EarliestDue, calendar.EarliestSlot));
        calendar.Set(17, 0);
        calendar.Set(19, 0);
        Assert.Equal((0, 17), (calendar.EarliestDue, calendar.EarliestSlot));
        calendar.Set(2, 0);
        Assert.Equal((0, 2), (calendar.EarliestDue, calendar.EarliestSlot));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_copy_behaves_like_the_original_and_lives_its_own_life(int slots)
    {
        var random = new Random(slots);
        EventCalendar original = new EventCalendar(slots);
        EventCalendar copy = new EventCalendar(slots);
        var reference = new Reference(slots);
        for (int i = 0; i < 3 * slots; i++)
        {
            int slot = random.Next(slots);
            long due = random.Next(1000);
            original.Set(slot, due);
            reference.Set(slot, due);
            copy.Set(random.Next(slots), random.Next(10));
        }
        copy.CopyFrom(original);
        original.Clear();
        for (int i = 0; i < slots; i++)
        {
            AssertSame(reference, copy);
            long due = reference.Earliest.Due + random.Next(100);
            copy.Set(copy.EarliestSlot, due);
            reference.Set(reference.Earliest.Slot, due);
        }
        Assert.Equal(Disarmed, original.EarliestDue);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_cleared_list_is_like_new(int slots)
    {
        var random = new Random(slots);
        EventCalendar calendar = new EventCalendar(slots);
        for (int i = 0; i < 3 * slots; i++)
        {
            calendar.Set(random.Next(slots), random.Next(1000));
        }
        calendar.Clear();
        Assert.Equal(Disarmed, calendar.EarliestDue);
        var reference = new Reference(slots);
        for (int slot = slots - 1; slot >= 0; slot--)
        {
            Assert.Equal(Disarmed, calendar.Due(slot));
            calendar.Set(slot, slot / 3);
            reference.Set(slot, slot / 3);
            AssertSame(reference, calendar);
        }
    }

    [Fact]
    public void Nothing_is_allocated_after_construction()
    {
        var calendar = new EventCalendar(1000);
        var other = new EventCalendar(1000);
        Churn(calendar, other, 10);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Churn(calendar, other, 100_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void A_list_without_slots_has_nothing_due()
    {
        Assert.Equal(Disarmed, new EventCalendar(0).EarliestDue);
    }

    [Fact]
    public void Unknown_slots_negative_instants_and_other_sizes_are_refused()
    {
        var calendar = new EventCalendar(10);
        Assert.Throws<ArgumentOutOfRangeException>(() => calendar.Set(-1, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => calendar.Set(10, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => calendar.Set(0, -5));
        Assert.Throws<ArgumentOutOfRangeException>(() => calendar.Due(10));
        Assert.Throws<ArgumentException>(() => calendar.CopyFrom(new EventCalendar(11)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EventCalendar(-1));
    }

    private static void Churn(EventCalendar calendar, EventCalendar other, int steps)
    {
        for (int i = 0; i < steps; i++)
        {
            calendar.Set(i * 7 % 1000, calendar.EarliestDue == Disarmed ? i : calendar.EarliestDue + i % 50);
            calendar.Set(calendar.EarliestSlot, i % 5 == 0 ? Disarmed : calendar.EarliestDue + 20);
            if (i % 1000 == 0)
            {
                other.CopyFrom(calendar);
                calendar.Clear();
            }
        }
    }

    private static void AssertSame(Reference reference, EventCalendar calendar)
    {
        Assert.Equal(reference.Earliest.Due, calendar.EarliestDue);
        if (calendar.EarliestDue != Disarmed)
        {
            Assert.Equal(reference.Earliest.Slot, calendar.EarliestSlot);
        }
    }

    /// <summary>The obvious event list.</summary>
    private sealed class Reference(int slots)
    {
        private readonly long[] _dues = [.. Enumerable.Repeat(Disarmed, slots)];
        private readonly SortedSet<(long Due, int Slot)> _armed = [];

        public (long Due, int Slot) Earliest => _armed.Count == 0 ? (Disarmed, 0) : _armed.Min;

        public void Set(int slot, long due)
        {
            _armed.Remove((_dues[slot], slot));
            _dues[slot] = due;
            if (due != Disarmed)
            {
                _armed.Add((due, slot));
            }
        }
    }
}
