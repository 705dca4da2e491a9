using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Levels;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.LoadBalancing;

namespace FailoverSim.Models.Clients;

/// <summary>A backend as a connection to it sees it.</summary>
/// <param name="Answers">Requests on the connection are answered.</param>
/// <param name="Pings">The peer answers pings: its process runs and packets go both ways.</param>
/// <param name="Host">Its machine is up and reached: a connection to a dead process is reset.</param>
/// <param name="Alive">The process exists.</param>
/// <param name="Takes">A new connection may be led to it, and works.</param>
public sealed record PeerSignals(Signal Answers, Signal Pings, Signal Host, Signal Alive, Signal Takes);

/// <summary>A gate of one input that follows the holder of the address in front: what holds by way of that one.</summary>
/// <param name="Gate">The gate.</param>
/// <param name="ByHolder">Its source while the claimant of a slot holds the address.</param>
public sealed record ByWayOfHolder(Signal Gate, ImmutableArray<Signal> ByHolder);

/// <summary>Timers of the clients.</summary>
/// <param name="PingAfter">A connection without frames is pinged after so long (Go's HTTP/2 client in Kubernetes: 30 s).</param>
/// <param name="PingTimeout">It is closed when the ping stays unanswered for so long (15 s).</param>
/// <param name="ReconnectFirst">From losing a connection to the first attempt at another; doubles.</param>
/// <param name="ReconnectMax">Greatest time between two attempts.</param>
public sealed record ConnectionTimers(
    SimDuration PingAfter, SimDuration PingTimeout, SimDuration ReconnectFirst, SimDuration ReconnectMax);

/// <summary>
/// Many clients that keep one connection each, told by shares: how many are connected to which backend, and how many are on
/// their way. They stay where they are until the connection breaks: at once when it is reset, after a ping without answer
/// when the peer falls silent. So load does not move back by itself, and requests hang on peers that nobody has noticed.
/// </summary>
/// <remarks>Those that leave a backend together try again together, and spread evenly over the backends that take them.</remarks>
public sealed class Connections : Component, IHolders, IMarkedDown
{
    private const int Close = 0;
    private const int Reconnect = 1;

    private readonly ImmutableArray<PeerSignals> _peers;
    private readonly ConnectionTimers _timers;
    private readonly Level _level;
    private readonly ImmutableArray<ByWayOfHolder> _ways;
    private readonly State<Cohort> _cohorts;

    /// <summary>Who holds the address in front, plus 1; 0: nobody has yet.</summary>
    private readonly State<int> _holder;

    /// <param name="builder">The model to join.</param>
    /// <param name="name">Unique.</param>
    /// <param name="peers">The backends.</param>
    /// <param name="timers">Timers.</param>
    /// <param name="level">Set to the share of the clients whose requests are answered.</param>
    /// <param name="ways">Gates that lead by way of whoever holds the address in front; empty where there is none.</param>
    public Connections(
        ModelBuilder builder,
        string name,
        IReadOnlyList<PeerSignals> peers,
        ConnectionTimers timers,
        Level level,
        IReadOnlyList<ByWayOfHolder> ways)
        : base(builder, name, peers.Count, 2)
    {
        _ways = [.. ways];
        _peers = [.. peers];
        _timers = timers;
        _level = level;
        _cohorts = NewState<Cohort>(peers.Count);
        _holder = NewState<int>(1);
        for (int slot = 0; slot < peers.Count; slot++)
        {
            builder.Observe(peers[slot].Answers, this, slot);
            builder.Observe(peers[slot].Pings, this, slot);
            builder.Observe(peers[slot].Host, this, slot);
            builder.Observe(peers[slot].Alive, this, slot);
        }
    }

    /// <summary>A balancer cuts the connections to a backend that it has marked down; those of others are not ours.</summary>
    public void MarkedDown(int instance, int backend)
    {
        if (_ways.IsEmpty || _holder[0] == instance + 1)
        {
            Leave(backend);
        }
    }

    /// <summary>The address in front has moved: the new holder knows none of the connections and resets them.</summary>
    public void Acquired(int slot)
    {
        int before = _holder[0];
        _holder[0] = slot + 1;
        if (before == slot + 1)
        {
            return;
        }
        foreach (ByWayOfHolder way in _ways)
        {
            Simulation.Replug(way.Gate, 0, way.ByHolder[slot]);
        }
        if (before != 0)
        {
            for (int peer = 0; peer < Count; peer++)
            {
                Leave(peer);
            }
        }
    }

    /// <inheritdoc/>
    public void Lost(int slot)
    {
    }

    /// <inheritdoc/>
    public void Waiting(int stage)
    {
    }

    protected override void Start()
    {
        int share = Level.Whole / Count;
        for (int slot = 0; slot < Count; slot++)
        {
            _cohorts[slot].Connected = slot == 0 ? Level.Whole - (share * (Count - 1)) : share;
        }
    }

    protected override void OnSignal(int slot)
    {
        bool reachesHost = Simulation.Signals[_peers[slot].Host];
        bool isAlive = Simulation.Signals[_peers[slot].Alive];
        ref Cohort cohort = ref _cohorts[slot];
        // A process that has started afresh knows no old connection.
        bool isReset = reachesHost && (!isAlive || cohort.LostPeer);
        cohort.LostPeer = !isAlive && cohort.Connected > 0 && !isReset;
        if (isReset)
        {
            Leave(slot);
        }
        else if (Simulation.Signals[_peers[slot].Pings])
        {
            Disarm(slot, Close);
        }
        else if (cohort.Connected > 0 && !IsArmed(slot, Close))
        {
            ArmAfter(slot, Close, _timers.PingAfter + _timers.PingTimeout);
        }
        ShowLevel();
    }

    protected override void OnTimer(int slot, int timer)
    {
        if (timer == Close)
        {
            Leave(slot);
        }
        else
        {
            TryAgain(slot);
        }
        ShowLevel();
    }

    protected override void Encode(int slot, StateWriter writer)
    {
        writer.Add((long)_cohorts[slot].Connected);
        writer.Add((long)_cohorts[slot].OnTheWay);
        writer.Add((long)_cohorts[slot].Attempts);
        writer.Add(_cohorts[slot].LostPeer ? 1L : 0L);
        writer.Add((long)_holder[0]);
    }

    /// <summary>Backends have names of their own.</summary>
    protected override bool SlotsAreSymmetric => false;

    private void Leave(int slot)
    {
        ref Cohort cohort = ref _cohorts[slot];
        Disarm(slot, Close);
        cohort.LostPeer = false;
        if (cohort.Connected == 0)
        {
            return;
        }
        cohort.OnTheWay += cohort.Connected;
        cohort.Connected = 0;
        if (!IsArmed(slot, Reconnect))
        {
            cohort.Attempts = 0;
            ArmAfter(slot, Reconnect, _timers.ReconnectFirst);
        }
        ShowLevel();
    }

    private void TryAgain(int slot)
    {
        ref Cohort cohort = ref _cohorts[slot];
        int takers = 0;
        for (int peer = 0; peer < Count; peer++)
        {
            takers += Simulation.Signals[_peers[peer].Takes] ? 1 : 0;
        }
        if (takers == 0)
        {
            cohort.Attempts++;
            double wait = _timers.ReconnectFirst.Seconds * Math.Pow(2, Math.Min(cohort.Attempts, 60));
            ArmAfter(slot, Reconnect, SimDuration.FromSeconds(Math.Min(wait, _timers.ReconnectMax.Seconds)));
            return;
        }
        for (int peer = 0; takers > 0; peer++)
        {
            if (Simulation.Signals[_peers[peer].Takes])
            {
                int share = cohort.OnTheWay / takers--;
                cohort.OnTheWay -= share;
                _cohorts[peer].Connected += share;
            }
        }
    }

    private void ShowLevel()
    {
        int answered = 0;
        for (int peer = 0; peer < Count; peer++)
        {
            answered += Simulation.Signals[_peers[peer].Answers] ? _cohorts[peer].Connected : 0;
        }
        Simulation.SetLevel(_level, answered);
    }

    /// <summary>The clients of one backend, in parts of <see cref="Level.Whole"/>.</summary>
    private struct Cohort
    {
        public int Connected;

        /// <summary>Were connected here, and look for another backend.</summary>
        public int OnTheWay;
        public int Attempts;

        /// <summary>The process at the other end has died unseen: the connection is reset as soon as a packet gets there.</summary>
        public bool LostPeer;
    }
}
