using FailoverSim.Benchmarks.EventLists;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Kernel.Time;

namespace FailoverSim.Benchmarks.FullModel;

/// <summary>
/// Machine repair as one would write it by hand around an event list: the same addressed draws as the engine, a counter of
/// units that are up, and the time for which they are enough. It cannot do less and still give the same answer.
/// </summary>
internal sealed class BareLoop<TList>(int units, ulong seed)
    where TList : struct, IEventList<TList>
{
    private static readonly ulong Life = Hashing.OfText("life");
    private static readonly ulong Repair = Hashing.OfText("repair");

    private readonly ulong[] _keys =
        StreamKeys.For([.. Enumerable.Range(1, units).Select(i => $"{MachineShop.Group}-{i}")], seed);

    /// <summary>Per unit: 2 × failures so far, and 1 more while it is down.</summary>
    private readonly uint[] _states = new uint[units];

    public long Events { get; private set; }

    /// <summary>One replication; returns for how long too few units were up.</summary>
    public long Run(ulong replication, long horizon)
    {
        unchecked
        {
            TList list = TList.Create(units);
            Array.Clear(_states);
            for (int slot = 0; slot < units; slot++)
            {
                list.Rearm(slot, Draw(slot, Life, replication, 0, MachineShop.MeanLife));
            }
            int up = units;
            int needed = MachineShop.Needed(units);
            long down = 0;
            long events = 0;
            long last = 0;
            while (true)
            {
                list.Peek(out int slot, out long now);
                if (now >= horizon)
                {
                    break;
                }
                events++;
                if (up < needed)
                {
                    down += now - last;
                }
                last = now;
                uint state = ++_states[slot];
                if ((state & 1) != 0)
                {
                    up--;
                    list.RearmEarliest(now + Draw(slot, Repair, replication, (state + 1) >> 1, MachineShop.MeanRepair));
                }
                else
                {
                    up++;
                    list.RearmEarliest(now + Draw(slot, Life, replication, state >> 1, MachineShop.MeanLife));
                }
            }
            Events = events;
            return up < needed ? down + horizon - last : down;
        }
    }

    private long Draw(int slot, ulong purpose, ulong replication, ulong occurrence, double mean)
    {
        Draws draws = new(Hashing.Mix(_keys[slot] ^ purpose), replication, occurrence);
        return SimDuration.FromSeconds(mean * draws.NextExponential()).Nanoseconds;
    }
}
