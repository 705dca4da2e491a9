using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Observation;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;

namespace FailoverSim.Benchmarks.FullModel;

/// <summary>
/// Which timer of a model fired when, in a few replications: what a loop needs that fires the same timers at the same instants and knows
/// nothing of the model. Timers that never fire are left out, as are those that are moved or disarmed before they do.
/// </summary>
internal sealed class RecordedEvents
{
    private readonly Replication[] _replications;

    private RecordedEvents(Replication[] replications) => _replications = replications;

    public int Replications => _replications.Length;

    /// <summary>Timers that fire in one replication, at most.</summary>
    public int Timers => _replications.Max(r => r.First.Length - 1);

    public long Events => _replications.Sum(r => r.Instants.LongLength - r.First.Length + 1);

    public Replication this[int index] => _replications[index];

    /// <summary>Runs the first replications and writes down what fires.</summary>
    public static RecordedEvents Of(Simulation simulation, SimDuration horizon, int replications)
    {
        Recorder recorder = new();
        simulation.Trace = recorder;
        Replication[] all = [.. Enumerable.Range(0, replications).Select(replication =>
        {
            simulation.Run(replication, SimDuration.Zero, horizon);
            return recorder.Take();
        })];
        simulation.Trace = null;
        return new RecordedEvents(all);
    }

    /// <param name="Instants">Timer by timer the instants at which it fires, then <see cref="long.MaxValue"/>.</param>
    /// <param name="First">Where the instants of each timer begin; one entry more than there are timers.</param>
    internal sealed record Replication(long[] Instants, int[] First);

    private sealed class Recorder : ITrace
    {
        private readonly SortedDictionary<(int Component, int Slot, int Timer), List<long>> _fired = [];

        public void OnTimer(SimTime time, Component component, int slot, int timer)
        {
            if (!_fired.TryGetValue((component.Order, slot, timer), out List<long>? instants))
            {
                _fired.Add((component.Order, slot, timer), instants = []);
            }
            instants.Add(time.Nanoseconds);
        }

        public void OnState(SimTime time, Component component, int slot, string state)
        {
        }

        public void OnSignal(SimTime time, Signal signal, bool value)
        {
        }

        public Replication Take()
        {
            int[] first = new int[_fired.Count + 1];
            List<long> all = [];
            int timer = 0;
            foreach (List<long> instants in _fired.Values)
            {
                all.AddRange(instants);
                all.Add(long.MaxValue);
                first[++timer] = all.Count;
            }
            _fired.Clear();
            return new Replication([.. all], first);
        }
    }
}
