using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Observation;

namespace FailoverSim.Kernel.Exploration;

/// <summary>Reads the state that a model is in: its hash, which services are up, and which clocks are alike.</summary>
internal sealed class StateReader
{
    private readonly Simulation _simulation;
    private readonly SignalServiceDeclaration[] _services;
    private readonly Component[] _components;
    private readonly bool[] _isSymmetric;
    private readonly ulong[] _slots;
    private readonly ulong[] _flags;
    private readonly List<(ulong Slot, int Timer, int Clock, int Count)> _alike = [];
    private StateWriter _record;
    private StateWriter _before;

    public StateReader(Simulation simulation, SignalServiceDeclaration[] services, bool lumps)
    {
        _simulation = simulation;
        _services = services;
        _components = [.. simulation.Components];
        _isSymmetric = [.. _components.Select(c => lumps && c.SlotsAreSymmetric)];
        _record = new StateWriter { TellsAllApart = !lumps };
        _before = new StateWriter { TellsAllApart = !lumps };
        _slots = new ulong[_components.Sum(c => c.Count)];
        _flags = new ulong[((2 * services.Length) + 63) / 64];
    }

    /// <summary>Entities read each time.</summary>
    public long Slots => _slots.Length;

    /// <summary>For each service whether it is up and whether its support is, as read last.</summary>
    public ReadOnlySpan<ulong> Flags => _flags;

    public StateHash Read()
    {
        StateHash whole = default;
        int at = 0;
        for (int c = 0; c < _components.Length; c++)
        {
            Component component = _components[c];
            StateHash all = default;
            StateHash hash = default;
            for (int slot = 0; slot < component.Count; slot++)
            {
                _record.Clear();
                _simulation.Encode(component, slot, _record);
                // Neighbours are often alike.
                if (slot == 0 || !_record.Items.SequenceEqual(_before.Items))
                {
                    hash = StateHash.Of(_record.Items);
                }
                _slots[at++] = hash.Low;
                all = _isSymmetric[c] ? all.And(hash) : all.Then(hash);
                (_record, _before) = (_before, _record);
            }
            whole = whole.Then(all);
        }
        ReadFlags();
        foreach (ulong flags in _flags)
        {
            whole = whole.Then(new StateHash(flags, flags));
        }
        return whole;
    }

    /// <summary>The clocks of the state just read: of like ones the first, and how many they are.</summary>
    /// <param name="report">Told what waits for a fixed instant.</param>
    public IEnumerable<(Component Owner, int Clock, int Count)> Clocks(Action<Obstacle> report)
    {
        int at = 0;
        for (int c = 0; c < _components.Length; c++)
        {
            Component component = _components[c];
            _alike.Clear();
            int lastFound = 0;
            for (int slot = 0; slot < component.Count; slot++)
            {
                ulong hash = _isSymmetric[c] ? _slots[at] : unchecked((ulong)slot);
                at++;
                for (int timer = 0; timer < component.TimersPerSlot; timer++)
                {
                    int number = component.TimerOf(slot, timer);
                    if (_simulation.IsClock(number))
                    {
                        if (_isSymmetric[c])
                        {
                            lastFound = Count(hash, timer, number, lastFound);
                        }
                        else
                        {
                            _alike.Add((hash, timer, number, 1));
                        }
                    }
                    else if (_simulation.IsDeadline(number))
                    {
                        report(new Obstacle(ObstacleKind.Deadline, component.Name, component.EntityName(slot)));
                    }
                }
            }
            foreach ((ulong _, int _, int clock, int count) in _alike)
            {
                yield return (component, clock, count);
            }
        }
    }

    /// <returns>Where it was found, to be tried first for the next.</returns>
    private int Count(ulong slot, int timer, int clock, int lastFound)
    {
        for (int tried = 0; tried < _alike.Count; tried++)
        {
            int i = (lastFound + tried) % _alike.Count;
            if (_alike[i].Slot == slot && _alike[i].Timer == timer)
            {
                _alike[i] = _alike[i] with { Count = _alike[i].Count + 1 };
                return i;
            }
        }
        _alike.Add((slot, timer, clock, 1));
        return _alike.Count - 1;
    }

    private void ReadFlags()
    {
        Array.Clear(_flags);
        for (int s = 0; s < _services.Length; s++)
        {
            Set(2 * s, _simulation.Signals[_services[s].Up]);
            Set((2 * s) + 1, _simulation.Signals[_services[s].Support]);
        }
    }

    private void Set(int flag, bool value) => _flags[flag >> 6] |= value ? 1UL << (flag & 63) : 0;
}
