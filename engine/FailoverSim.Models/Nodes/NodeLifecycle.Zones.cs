using FailoverSim.Kernel.Time;
using FailoverSim.Models.Loops;

namespace FailoverSim.Models.Nodes;

/// <content>How fast the nodes of a zone may be tainted, and the worker that does it.</content>
public sealed partial class NodeLifecycle
{
    /// <summary>Between two looks of the worker that taints (const NodeEvictionPeriod).</summary>
    private const long TaintPeriod = 100 * 1_000_000L;

    /// <summary>A zone with fewer nodes down is never partially disrupted.</summary>
    private const int MostNotReadyInNormal = 2;

    /// <summary>After a pass: the states of the zones. With all of them down the fault is taken to be the observer's own.</summary>
    private void Disrupt()
    {
        (int zones, int are, int were) = (0, 0, 0);
        for (int zone = 0; zone < _zones.Count; zone++)
        {
            ref ZoneState state = ref _zones[zone];
            if (state.Nodes > 0)
            {
                zones++;
                are += DisruptionOf(in state) == Disruption.Full ? 1 : 0;
                were += state.Disruption == Disruption.Full ? 1 : 0;
            }
        }
        (bool allAre, bool allWere) = (zones > 0 && are == zones, zones > 0 && were == zones);
        if (allAre && allWere)
        {
            return;
        }
        if (allWere)
        {
            GiveNewGrace();
        }
        for (int zone = 0; zone < _zones.Count; zone++)
        {
            ref ZoneState state = ref _zones[zone];
            Disruption disruption = DisruptionOf(in state);
            if (disruption != state.Disruption || allAre || allWere)
            {
                state.Disruption = disruption;
                SetRate(zone, allAre && state.Nodes > 0 ? 0 : RateFor(in state));
            }
        }
        if (allAre)
        {
            StopEvictions();
        }
    }

    /// <summary>The controller sees again: every node is taken to have been heard of now.</summary>
    private void GiveNewGrace()
    {
        _reign[0].Floor = Now.Nanoseconds;
        for (int node = 0; node < _set.Count; node++)
        {
            _states[node].Probe = Now.Nanoseconds;
            Plan(node, Now.Nanoseconds + 1);
        }
    }

    private void StopEvictions()
    {
        for (int node = 0; node < _set.Count; node++)
        {
            Unqueue(node);
            Free(node);
            Plan(node, Now.Nanoseconds + 1);
        }
    }

    private Disruption DisruptionOf(in ZoneState zone) =>
        zone.Nodes == 0 ? Disruption.Unknown
        : zone.NotReady == zone.Nodes ? Disruption.Full
        : zone.NotReady > MostNotReadyInNormal && (double)zone.NotReady / zone.Nodes >= _options.UnhealthyZoneThreshold ? Disruption.Partial
        : Disruption.Normal;

    private double RateFor(in ZoneState zone) =>
        zone.Disruption != Disruption.Partial ? _options.EvictionRate
        : zone.Nodes > _options.LargeClusterSizeThreshold ? _options.SecondaryEvictionRate
        : 0;

    /// <summary>The count of a zone has changed: the next pass draws the conclusion, if there is one.</summary>
    private void CountAnew(int zone)
    {
        if (_reign[0].Acts && !_isExhaustive && DisruptionOf(in _zones[zone]) != _zones[zone].Disruption)
        {
            ArmAt(_controller, PassTimer, new SimTime(PassFrom(PassesFrom)));
        }
    }

    /// <summary>A new bucket is full, unless the old one was empty.</summary>
    private void SetRate(int zone, double rate)
    {
        ref ZoneState state = ref _zones[zone];
        if (rate == state.Rate)
        {
            return;
        }
        if (rate > 0)
        {
            bool isFull = state.Rate > 0 && state.TokenAt <= Now.Nanoseconds;
            state.TokenAt = Now.Nanoseconds + (isFull ? 0 : NanosecondsPer(rate));
        }
        state.Rate = rate;
        ArmTainter(zone);
    }

    private void ArmTainter(int zone)
    {
        ref ZoneState state = ref _zones[zone];
        int slot = _controller + 1 + zone;
        if (state.First == 0 || state.Rate <= 0)
        {
            Disarm(slot, PassTimer);
            return;
        }
        PeriodicLoop looks = new(_reign[0].Phase, TaintPeriod);
        ArmAt(slot, PassTimer, new SimTime(looks.Next(Math.Max(Now.Nanoseconds, state.TokenAt) - 1)));
    }

    /// <summary>The first node in the queue is tainted, if it is still not ready; it costs a token either way.</summary>
    private void Taint(int zone)
    {
        ref ZoneState state = ref _zones[zone];
        int node = state.First - 1;
        state.TokenAt = Now.Nanoseconds + NanosecondsPer(state.Rate);
        Unqueue(node);
        if (!_nodes.Is(node, NodeMarks.NotReady))
        {
            return;
        }
        Simulation.Resume(_states[node].Trouble);
        _nodes.Mark(node, NodeMarks.NoExecute | (_nodes.Is(node, NodeMarks.SaysNotReady) ? NodeMarks.NotReadyTaint : NodeMarks.None), true);
        Simulation.Count(_tainted);
        Simulation.Trace?.OnNote(Now, this, node, "is tainted NoExecute");
        foreach (INodeWatcher watcher in _watchers)
        {
            watcher.Tainted(node);
        }
    }

    private static long NanosecondsPer(double rate) => SimDuration.FromSeconds(1 / rate).Nanoseconds;

    private void Enqueue(int node)
    {
        ref NodeState state = ref _states[node];
        if (state.IsQueued || _nodes.Is(node, NodeMarks.NoExecute))
        {
            return;
        }
        int zone = ZoneOf(node);
        ref ZoneState queue = ref _zones[zone];
        (state.IsQueued, state.Previous, state.Next) = (true, queue.Last, 0);
        if (queue.Last > 0)
        {
            _states[queue.Last - 1].Next = node + 1;
        }
        else
        {
            queue.First = node + 1;
        }
        queue.Last = node + 1;
        ArmTainter(zone);
    }

    private void Unqueue(int node)
    {
        ref NodeState state = ref _states[node];
        if (!state.IsQueued)
        {
            return;
        }
        int zone = ZoneOf(node);
        ref ZoneState queue = ref _zones[zone];
        if (state.Previous > 0)
        {
            _states[state.Previous - 1].Next = state.Next;
        }
        else
        {
            queue.First = state.Next;
        }
        if (state.Next > 0)
        {
            _states[state.Next - 1].Previous = state.Previous;
        }
        else
        {
            queue.Last = state.Previous;
        }
        (state.IsQueued, state.Previous, state.Next) = (false, 0, 0);
        ArmTainter(zone);
    }
}
