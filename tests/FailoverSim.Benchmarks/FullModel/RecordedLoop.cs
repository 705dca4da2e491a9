using FailoverSim.Benchmarks.EventLists;
using FailoverSim.Kernel.Randomness;

namespace FailoverSim.Benchmarks.FullModel;

/// <summary>Fires the timers of a model when it fired them: one look at the list and one operation on it per event, and one counter.</summary>
/// <param name="recorded">What fires when.</param>
/// <param name="draws">Whether each event also draws an exponential variate of its own address, as most events of a model do.</param>
internal sealed class RecordedLoop<TList>(RecordedEvents recorded, bool draws)
    where TList : struct, IEventList<TList>
{
    private readonly TList[] _lists = [.. Enumerable.Range(0, recorded.Replications).Select(r => TList.Create(recorded[r].First.Length - 1))];
    private readonly int[] _next = new int[recorded.Timers];

    /// <summary>What was drawn, lest it be left out.</summary>
    public double Drawn { get; private set; }

    public long Run(int replication)
    {
        unchecked
        {
            (long[] instants, int[] first) = (recorded[replication].Instants, recorded[replication].First);
            int timers = first.Length - 1;
            // Emptied by the replication before.
            ref TList list = ref _lists[replication];
            int[] next = _next;
            for (int slot = 0; slot < timers; slot++)
            {
                next[slot] = first[slot] + 1;
                list.Rearm(slot, instants[first[slot]]);
            }
            double drawn = 0;
            long events = 0;
            while (true)
            {
                list.Peek(out int slot, out long now);
                if (now == long.MaxValue)
                {
                    break;
                }
                events++;
                if (draws)
                {
                    Draws address = new((ulong)slot, (ulong)replication, (ulong)next[slot]);
                    drawn += address.NextExponential();
                }
                list.RearmEarliest(instants[next[slot]++]);
            }
            Drawn = drawn;
            return events;
        }
    }
}
