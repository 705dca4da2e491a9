using System.Buffers.Binary;
using System.Reflection;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Observation;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Repair;
using FailoverSim.Scenario.Specification;
using Xunit;

namespace FailoverSim.Tests.Models;

/// <summary>What must hold whenever an instant has settled; looked at before every timer.</summary>
internal sealed class Invariants : ITrace
{
    private readonly ScenarioSpec _spec;
    private readonly Simulation _simulation;
    private readonly Workshop _workshop;
    private readonly Dictionary<string, SpareShelf> _shelves;
    private readonly Dictionary<string, Signal> _signals;

    public Invariants(ScenarioSpec spec, Simulation simulation)
    {
        _spec = spec;
        _simulation = simulation;
        Component[] components = (Component[])typeof(Simulation)
            .GetField("_components", BindingFlags.NonPublic | BindingFlags.Instance)!.GetValue(simulation)!;
        _workshop = components.OfType<Workshop>().Single();
        _shelves = components.OfType<SpareShelf>().ToDictionary(s => s.Name);
        _signals = Enumerable.Range(0, simulation.Signals.Count).Select(i => new Signal(i)).DistinctBy(simulation.Signals.NameOf)
            .ToDictionary(simulation.Signals.NameOf);
    }

    public void OnTimer(SimTime time, Component component, int slot, int timer)
    {
        GatesCountWhatIsTrue();
        NoMoreRunThanNeeded();
        CrewsKeepToTheirSize();
        ShelvesKeepToTheirStock();
    }

    public void OnState(SimTime time, Component component, int slot, string state)
    {
    }

    public void OnSignal(SimTime time, Signal signal, bool value)
    {
    }

    private static long[] Encoded(Component component, int slot)
    {
        StateWriter writer = new();
        component.Encode(slot, writer);
        byte[] bytes = writer.ToArray();
        return [.. Enumerable.Range(0, bytes.Length / 8).Select(i => BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(8 * i)))];
    }

    private void GatesCountWhatIsTrue()
    {
        SignalGraph signals = _simulation.Signals;
        for (int s = 0; s < signals.Count; s++)
        {
            if (signals.StateOf(s).Needed > 0)
            {
                int count = 0;
                foreach (SignalGraph.Input input in signals.InputsOf(s))
                {
                    count += signals.StateOf(input.Source).Value ? 1 : 0;
                }
                Assert.Equal(count, signals.StateOf(s).TrueInputs);
                Assert.Equal(count >= signals.StateOf(s).Needed, signals.StateOf(s).Value);
            }
        }
    }

    /// <summary>There is no exception: a unit that finds the places taken at the end of its switch waits again.</summary>
    private void NoMoreRunThanNeeded()
    {
        foreach (UnitSpec unit in _spec.Units)
        {
            int running = Enumerable.Range(1, unit.Count).Count(i => _simulation.Signals[_signals[$"{unit.Name}-{i}.working"]]);
            Assert.InRange(running, 0, unit.Standby?.Needed ?? unit.Count);
        }
    }

    private void CrewsKeepToTheirSize()
    {
        for (int crew = 0; crew < _spec.Crews.Count; crew++)
        {
            Assert.InRange(Encoded(_workshop, crew)[0], 0, _spec.Crews[crew].Size);
        }
    }

    private void ShelvesKeepToTheirStock()
    {
        foreach (SpareSpec spare in _spec.Spares)
        {
            SpareShelf shelf = _shelves[$"spares/{spare.Name}"];
            long onHand = Encoded(shelf, 0)[1];
            long onOrder = Enumerable.Range(0, spare.Stock).Sum(slot => Encoded(shelf, slot)[0]);
            Assert.InRange(onHand, 0, spare.Stock);
            // Above the level that triggers an order, and never more than fits on the shelf.
            Assert.InRange(onHand + onOrder, spare.ReorderAt + 1, spare.Stock);
        }
    }
}
