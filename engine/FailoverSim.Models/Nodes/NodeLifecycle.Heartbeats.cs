using FailoverSim.Kernel.Randomness;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Loops;

namespace FailoverSim.Models.Nodes;

/// <content>The kubelet's side: renewals of the lease, worked out when something stops them, and status after a silence.</content>
public sealed partial class NodeLifecycle
{
    /// <summary>Between two tries of a kubelet that cannot renew its lease (client-go's lease controller).</summary>
    private static readonly DoublingWaits Tries = new(200 * 1_000_000L, 7 * SimDuration.NanosecondsPerSecond);

    /// <summary>At t = 0 a node that exists has been heard of for long; the gap around that instant is drawn in proportion to its length.</summary>
    private void Settle(int node)
    {
        ref NodeState state = ref _states[node];
        state.Beats = Is(_set.Signals[node].Heartbeats);
        state.Restarted = !KubeletStays(node);
        Draws draws = DrawsFor(node, Phase, 0);
        DrawPhase(ref state, ref draws);
        state.Probe = PassFrom(state.RenewedAt);
        state.Seen = state.Probe < 0 ? state.RenewedAt : Unseen;
        if (_set.Options[node].Exists)
        {
            if (!_nodes.Is(node, NodeMarks.Registered))
            {
                _nodes.Mark(node, NodeMarks.Registered, true);
            }
            _zones[ZoneOf(node)].Nodes++;
            Plan(node, 0);
        }
        if (state.Beats)
        {
            AwaitStatus(node);
            ArmRenewal(node);
        }
    }

    /// <summary>Heartbeats have stopped or go on, or the machine or its kubelet has.</summary>
    private void Listen(int node)
    {
        ref NodeState state = ref _states[node];
        bool beats = Is(_set.Signals[node].Heartbeats);
        if (state.Beats && !beats)
        {
            FallSilent(node);
        }
        else if (!state.Beats && beats)
        {
            Return(node);
        }
        else if (state.Beats && _set.Signals[node].Runtime is not null && !IsArmed(node, StatusTimer))
        {
            AwaitStatus(node);
        }
        state.Restarted |= !beats && !KubeletStays(node);
    }

    /// <summary>The kubelet goes on from where it is, if it was there before.</summary>
    private bool KubeletStays(int node) =>
        Is(_set.Signals[node].Machine.Up) && (_set.Signals[node].Kubelet is not { } kubelet || Is(kubelet));

    private void FallSilent(int node)
    {
        ref NodeState state = ref _states[node];
        CatchUp(node);
        state.Beats = false;
        if (IsReady(node) && !_nodes.Is(node, NodeMarks.NoExecute) && !state.IsQueued)
        {
            state.Trouble = Simulation.Cause;
        }
        Disarm(node, StatusTimer);
        if (_isExhaustive)
        {
            Disarm(node, RenewTimer);
        }
        Plan(node, PassesFrom);
    }

    private void Return(int node)
    {
        ref NodeState state = ref _states[node];
        state.Beats = true;
        state.NextAt = state.Restarted ? Now.Nanoseconds + _takes : Tries.Next(state.NextAt, Now.Nanoseconds);
        AwaitStatus(node);
        state.Restarted = false;
        ArmRenewal(node);
        Plan(node, PassesFrom);
    }

    /// <summary>A kubelet that is heard and sees that the node does not count as what it is will say so.</summary>
    private void AwaitStatus(int node)
    {
        ref NodeState state = ref _states[node];
        if (IsToldRight(node))
        {
            return;
        }
        long wait = 0;
        if (!state.Restarted)
        {
            Draws draws = DrawsFor(node, Posting, state.Posts++);
            wait = (long)(draws.NextUniform() * LongRunGap(ref draws));
        }
        ArmAfter(node, StatusTimer, new SimDuration(wait + _takes));
    }

    /// <summary>The kubelet writes whether the node is ready, or makes its Node object.</summary>
    private void PostStatus(int node)
    {
        if (IsToldRight(node))
        {
            // It has changed its mind meanwhile, and writes nothing.
            return;
        }
        CatchUp(node);
        _states[node].RenewedAt = Now.Nanoseconds;
        if (!_nodes.Is(node, NodeMarks.Registered))
        {
            Register(node);
        }
        if (!SaysReady(node))
        {
            // Its own trouble is to blame, not what kept it from saying so.
            Simulation.Resume(Simulation.Signals.CauseOf(_set.Signals[node].Runtime!.Healthy));
            SayNotReady(node);
        }
        else if (!IsReady(node))
        {
            BecomeReady(node);
        }
    }

    /// <summary>Brings a node's renewals to the present instant, unless it is silent.</summary>
    private void CatchUp(int node)
    {
        ref NodeState state = ref _states[node];
        if (!state.Beats)
        {
            return;
        }
        long now = PassedUntil(node, _isExhaustive ? RenewTimer : StatusTimer);
        if (now - state.NextAt > _forgetsAfter)
        {
            Draws draws = DrawsFor(node, Leaping, state.Tick);
            state.Tick += (long)((now - state.NextAt) * 1e-9 / _renewals.Mean) + 1;
            DrawPhase(ref state, ref draws);
        }
        for (long ticks; (ticks = _renewals.TicksToLeap(now - state.NextAt)) > 0;)
        {
            Draws draws = DrawsFor(node, Leaping, state.Tick);
            state.NextAt += _renewals.TimeOf(ticks, ref draws);
            state.Tick += ticks;
        }
        while (state.NextAt <= now)
        {
            state.RenewedAt = state.NextAt;
            state.Tick++;
            state.NextAt += _interval + _takes + (long)(_jitter * _interval * DrawsFor(node, Renewing, state.Tick).NextUniform());
        }
    }

    /// <summary>Renewals that have gone on for so long that nothing is left of when they began.</summary>
    private void DrawPhase(ref NodeState state, ref Draws draws)
    {
        long gap = LongRunGap(ref draws) + _takes;
        state.RenewedAt = Now.Nanoseconds - (long)(draws.NextUniform() * gap);
        state.NextAt = state.RenewedAt + gap;
    }

    /// <summary>
    /// After n gaps with mean m and variance v the phase is uniform but for a harmonic exp(−2π²nv/m²), and smaller ones. Below e⁻²⁵
    /// that is nothing; with the default jitter it takes 28 h, without jitter for ever.
    /// </summary>
    private static long ForgetsAfter(SlidingLoop loop)
    {
        double ticks = 25 * loop.Mean * loop.Mean / (2 * Math.PI * Math.PI * loop.Variance);
        return SimDuration.FromSeconds(ticks * loop.Mean).Nanoseconds;
    }

    /// <summary>A gap, without the time that a renewal takes, around an instant that has nothing to do with it.</summary>
    private long LongRunGap(ref Draws draws)
    {
        double most = 1 + _jitter;
        return (long)(Math.Sqrt(1 + (draws.NextUniform() * ((most * most) - 1))) * _interval);
    }

    private void ArmRenewal(int node)
    {
        if (_isExhaustive)
        {
            ArmAt(node, RenewTimer, new SimTime(_states[node].NextAt));
        }
    }
}
