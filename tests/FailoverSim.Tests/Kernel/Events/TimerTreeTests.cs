using FailoverSim.Kernel.Events;
using Xunit;

namespace FailoverSim.Tests.Kernel.Events;

public class TimerTreeTests
{
    private const long Disarmed = long.MaxValue;

    public static TheoryData<int, bool> SizesAndPaths()
    {
        var data = new TheoryData<int, bool>();
        foreach (int slots in new[] { 1, 2, 7, 8, 9, 15, 16, 17, 63, 64, 65, 127, 129, 513, 5000 })
        {
            data.Add(slots, true);
            data.Add(slots, false);
        }
        return data;
    }

    [SkippableTheory]
    [MemberData(nameof(SizesAndPaths))]
    public void Yields_what_a_sorted_set_yields(int slots, bool vectors)
    {
        foreach (int spread in new[] { 2, 40, 1_000_000 })
        {
            var random = new Random(slots + spread);
            TimerTree tree = Build(slots, vectors);
            var reference = new SortedTimers(slots);
            AssertSame(reference, tree);
            long now = 0;
            for (int step = 0; step < 2000; step++)
            {
                bool any = reference.Earliest.Due != Disarmed;
                bool fire = any && random.Next(4) == 0;
                int slot = fire ? reference.Earliest.Slot : random.Next(slots);
                now = fire ? reference.Earliest.Due : now;
                long due = random.Next(5) == 0 ? Disarmed : now + random.Next(spread);
                tree.Set(slot, due);
                reference.Set(slot, due);
                AssertSame(reference, tree);
                Assert.Equal(due, tree.Due(slot));
            }
        }
    }

    [SkippableTheory]
    [MemberData(nameof(SizesAndPaths))]
    public void Drains_in_order_of_time_then_slot(int slots, bool vectors)
    {
        var random = new Random(slots);
        TimerTree tree = Build(slots, vectors);
        var expected = new List<(long Due, int Slot)>();
        foreach (int slot in Enumerable.Range(0, slots).OrderBy(_ => random.Next()))
        {
            long due = random.Next(1 + slots / 3);
            tree.Set(slot, due);
            expected.Add((due, slot));
        }
        expected.Sort();
        foreach ((long due, int slot) in expected)
        {
            Assert.Equal((due, slot), (tree.EarliestDue, tree.EarliestSlot));
            tree.Set(slot, Disarmed);
        }
        Assert.Equal(Disarmed, tree.EarliestDue);
    }

    [Fact]
    public void The_earliest_is_a_function_of_state_and_not_of_the_order_of_arming()
    {
        var forwards = new TimerTree(100);
        var backwards = new TimerTree(100);
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
        var tree = new TimerTree(20);
        tree.Set(13, Disarmed - 1);
        Assert.Equal((Disarmed - 1, 13), (tree.EarliestDue, tree.EarliestSlot));
        tree.Set(17, 0);
        tree.Set(19, 0);
        Assert.Equal((0, 17), (tree.EarliestDue, tree.EarliestSlot));
        tree.Set(2, 0);
        Assert.Equal((0, 2), (tree.EarliestDue, tree.EarliestSlot));
    }

    [SkippableTheory]
    [MemberData(nameof(SizesAndPaths))]
    public void A_copy_behaves_like_the_original_and_lives_its_own_life(int slots, bool vectors)
    {
        var random = new Random(slots);
        TimerTree original = Build(slots, vectors);
        TimerTree copy = Build(slots, vectors);
        var reference = new SortedTimers(slots);
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

    [SkippableTheory]
    [MemberData(nameof(SizesAndPaths))]
    public void A_cleared_list_is_like_new(int slots, bool vectors)
    {
        var random = new Random(slots);
        TimerTree tree = Build(slots, vectors);
        for (int i = 0; i < 3 * slots; i++)
        {
            tree.Set(random.Next(slots), random.Next(1000));
        }
        tree.Clear();
        Assert.Equal(Disarmed, tree.EarliestDue);
        var reference = new SortedTimers(slots);
        for (int slot = slots - 1; slot >= 0; slot--)
        {
            Assert.Equal(Disarmed, tree.Due(slot));
            tree.Set(slot, slot / 3);
            reference.Set(slot, slot / 3);
            AssertSame(reference, tree);
        }
    }

    [Fact]
    public void Nothing_is_allocated_after_construction()
    {
        var tree = new TimerTree(1000);
        var other = new TimerTree(1000);
        Churn(tree, other, 10);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Churn(tree, other, 100_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void A_list_without_slots_has_nothing_due()
    {
        Assert.Equal(Disarmed, new TimerTree(0).EarliestDue);
    }

    [Fact]
    public void Unknown_slots_negative_instants_and_other_sizes_are_refused()
    {
        var tree = new TimerTree(10);
        Assert.Throws<ArgumentOutOfRangeException>(() => tree.Set(-1, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => tree.Set(10, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => tree.Set(0, -5));
        Assert.Throws<ArgumentOutOfRangeException>(() => tree.Due(10));
        Assert.Throws<ArgumentException>(() => tree.CopyFrom(new TimerTree(11)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TimerTree(-1));
    }

    private static TimerTree Build(int slots, bool vectors)
    {
        Skip.If(vectors && !System.Runtime.Intrinsics.X86.Avx2.IsSupported, "The processor has no AVX2.");
        return new TimerTree(slots, vectors);
    }

    private static void Churn(TimerTree tree, TimerTree other, int steps)
    {
        for (int i = 0; i < steps; i++)
        {
            tree.Set(i * 7 % 1000, tree.EarliestDue == Disarmed ? i : tree.EarliestDue + i % 50);
            tree.Set(tree.EarliestSlot, i % 5 == 0 ? Disarmed : tree.EarliestDue + 20);
            if (i % 1000 == 0)
            {
                other.CopyFrom(tree);
                tree.Clear();
            }
        }
    }

    private static void AssertSame(SortedTimers reference, TimerTree tree)
    {
        Assert.Equal(reference.Earliest.Due, tree.EarliestDue);
        if (tree.EarliestDue != Disarmed)
        {
            Assert.Equal(reference.Earliest.Slot, tree.EarliestSlot);
        }
    }
}
