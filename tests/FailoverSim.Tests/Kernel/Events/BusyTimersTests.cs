using FailoverSim.Kernel.Events;
using Xunit;

namespace FailoverSim.Tests.Kernel.Events;

public unsafe class BusyTimersTests
{
    private const long Disarmed = long.MaxValue;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(300)]
    public void Yields_what_a_sorted_set_yields_whatever_was_there_before(int count)
    {
        var busy = new BusyTimers(300);
        var random = new Random(count);
        foreach (int spread in new[] { 2, 40, 1_000_000 })
        {
            busy.Empty(count);
            var reference = new SortedTimers(7 * count);
            for (int place = 0; place < count; place++)
            {
                long due = random.Next(spread);
                busy.Add(SlotAt(place), due);
                reference.Set(SlotAt(place), due);
            }
            Assert.Equal(count, busy.Count);
            for (int step = 0; step < 5000; step++)
            {
                (long now, int slot) = reference.Earliest;
                Assert.Equal(now, busy.First[0]);
                if (now != Disarmed)
                {
                    Assert.Equal(slot, BusyTimers.SlotOf(busy.First[1]));
                }
                long due = random.Next(20) == 0 ? Disarmed : (now == Disarmed ? 0 : now) + random.Next(spread);
                if (random.Next(3) == 0 || now == Disarmed)
                {
                    int place = random.Next(count);
                    slot = SlotAt(place);
                    busy.Set(place, slot, due);
                    Assert.Equal((slot, due), (busy.Slot(place), busy.Due(place)));
                }
                else
                {
                    busy.Set(busy.First[1], due);
                }
                reference.Set(slot, due);
            }
        }

        static int SlotAt(int place) => (7 * place) + (place % 3);
    }

    [Fact]
    public void No_more_are_expected_than_there_is_room_for() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new BusyTimers(4).Empty(5));
}
