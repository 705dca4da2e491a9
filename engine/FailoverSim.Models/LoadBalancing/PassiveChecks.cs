using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;

namespace FailoverSim.Models.LoadBalancing;

/// <summary>
/// Passive health checks of nginx (ngx_stream_upstream_round_robin.c, 1.31), one slot per balancer and backend: requests that
/// fail take a server out, and one request after <c>fail_timeout</c> tries whether it works again.
/// </summary>
/// <remarks>
/// A request that is refused fails at once, one to a silent machine after the limit for connections, one that is not answered
/// after the limit for answers. A bad answer is no failure. Servers get equal shares of the requests throughout. nginx counts
/// whole seconds; here <c>fail_timeout</c> is exact.
/// </remarks>
public sealed class PassiveChecks : Component
{
    private static readonly Purpose Request = Purpose.Named("request");

    private readonly ClusterStages _stages;
    private readonly ImmutableArray<ProcessSignals> _balancers;
    private readonly ImmutableArray<BackendView> _views;
    private readonly ImmutableArray<Signal> _inRotation;
    private readonly PassiveOptions _options;
    private readonly Fidelity _fidelity;
    private readonly Markdowns? _markdowns;
    private readonly int _backends;
    private readonly State<Server> _servers;

    /// <param name="builder">The model to join.</param>
    /// <param name="name">Unique.</param>
    /// <param name="stages">Stages of the model.</param>
    /// <param name="balancers">The balancers' processes.</param>
    /// <param name="backends">The same for every balancer.</param>
    /// <param name="route">From a balancer to a backend, by their numbers.</param>
    /// <param name="options">Limits, and how many requests there are.</param>
    /// <param name="fidelity">Whether requests that try a server in vain are events.</param>
    /// <param name="markdowns">Counts servers that are taken out of rotation; null: nobody asks.</param>
    public PassiveChecks(
        ModelBuilder builder,
        string name,
        ClusterStages stages,
        IReadOnlyList<ProcessSignals> balancers,
        IReadOnlyList<Backend> backends,
        Func<int, int, BackendRoute> route,
        PassiveOptions options,
        Fidelity fidelity,
        Markdowns? markdowns = null)
        : base(builder, name, balancers.Count * backends.Count, 1)
    {
        _stages = stages;
        _options = options;
        _fidelity = fidelity;
        _markdowns = markdowns;
        _backends = backends.Count;
        _balancers = [.. balancers];
        _views = [.. Enumerable.Range(0, Count).Select(slot => new BackendView(
            backends[slot % _backends].Process, backends[slot % _backends].Serves, route(slot / _backends, slot % _backends)))];
        _inRotation = [.. Enumerable.Range(0, Count).Select(slot =>
            builder.Condition($"{name}/{slot / _backends}-{backends[slot % _backends].Process.Name}.in-rotation"))];
        _servers = NewState<Server>(Count);
        for (int slot = 0; slot < Count; slot++)
        {
            _views[slot].Observe(builder, this, slot);
            builder.Observe(_balancers[slot / _backends].Alive, this, slot);
            builder.Observe(_balancers[slot / _backends].Runs, this, slot);
        }
    }

    private enum Step : byte
    {
        /// <summary>In rotation, and no request fails.</summary>
        Calm,

        /// <summary>In rotation; the next request will fail.</summary>
        Exposed,

        /// <summary>The request that decides has been sent and is not answered.</summary>
        Trying,

        /// <summary>Out of rotation.</summary>
        Resting,

        /// <summary>Out of rotation; the next request will be tried on it.</summary>
        Open,
    }

    /// <summary>A condition: the balancer sends new requests to the backend.</summary>
    public Signal InRotation(int instance, int backend) => _inRotation[(instance * _backends) + backend];

    protected override bool SlotsAreSymmetric => false;

    protected override void Start()
    {
    }

    protected override void OnTimer(int slot, int timer)
    {
        ref Server server = ref _servers[slot];
        Advance(slot, ref server, Now.Nanoseconds);
        Continue(slot);
    }

    protected override void OnSignal(int slot)
    {
        ref Server server = ref _servers[slot];
        ProcessSignals balancer = _balancers[slot / _backends];
        while (server.IsQuiet && server.Due <= PassedUntil(slot, 0))
        {
            Advance(slot, ref server, server.Due);
        }
        server.IsQuiet = false;
        server.Seen = _views[slot].Look(Simulation.Signals);
        if (!Simulation.Signals[balancer.Alive])
        {
            server = new Server { Requests = server.Requests, Seen = server.Seen };
            Disarm(slot, 0);
        }
        else if (!Simulation.Signals[balancer.Runs])
        {
            Disarm(slot, 0);
        }
        else
        {
            Notice(slot, ref server);
            Continue(slot);
        }
    }

    protected override void Encode(int slot, StateWriter writer)
    {
        ref Server server = ref _servers[slot];
        writer.Add((long)server.Step);
        writer.Add((long)server.Fails);
        writer.Add(server.IsOut ? 1L : 0L);
        writer.Add(server.Due - Now.Nanoseconds);
        writer.Add(server.Sent - Now.Nanoseconds);
    }

    /// <summary>From a request until it is seen to have failed.</summary>
    private SimDuration FailsAfter(Sight sight) => sight switch
    {
        Sight.Refused => SimDuration.Zero,
        Sight.Silent => _options.ConnectTimeout,
        Sight.Hung => _options.AnswerTimeout,
        _ => SimDuration.Never,
    };

    /// <summary>What the server looks like now, to requests that are under way and to the next.</summary>
    private void Notice(int slot, ref Server server)
    {
        SimDuration failsAfter = FailsAfter(server.Seen);
        bool inRotation = Simulation.Signals[_inRotation[slot]];
        if (!server.IsOut && !inRotation)
        {
            // The balancer has been restarted: it knows nothing of failures.
            Simulation.Drive(_inRotation[slot], true);
        }
        if (server.Step == Step.Trying)
        {
            if (failsAfter.IsNever)
            {
                Succeed(slot, ref server);
            }
            else
            {
                server.Due = Math.Max(Now.Nanoseconds, (new SimTime(server.Sent) + failsAfter).Nanoseconds);
            }
        }
        else if (server.Step is Step.Calm or Step.Exposed)
        {
            bool fails = !failsAfter.IsNever;
            if (fails && server.Step == Step.Calm)
            {
                server.Due = NextRequest(slot, ref server, Now.Nanoseconds);
            }
            server.Step = fails ? Step.Exposed : Step.Calm;
            server.Fails = fails ? server.Fails : 0;
        }
    }

    /// <summary>What is due at an instant happens.</summary>
    private void Advance(int slot, ref Server server, long at)
    {
        switch (server.Step)
        {
            case Step.Exposed:
                server.Fails++;
                if (server.Fails < _options.MaxFails)
                {
                    server.Due = NextRequest(slot, ref server, at);
                    break;
                }
                Try(slot, ref server, at);
                break;
            case Step.Trying:
                server.Step = Step.Resting;
                server.Due = at + _options.FailTimeout.Nanoseconds;
                if (!server.IsOut)
                {
                    server.IsOut = true;
                    Simulation.Drive(_inRotation[slot], false, _stages.Detect);
                    _markdowns?.Count(Simulation, slot % _backends);
                }
                break;
            case Step.Resting:
                server.Step = Step.Open;
                server.Due = NextRequest(slot, ref server, at);
                break;
            case Step.Open:
                Try(slot, ref server, at);
                break;
        }
    }

    private void Try(int slot, ref Server server, long at)
    {
        SimDuration failsAfter = FailsAfter(server.Seen);
        if (failsAfter.IsNever)
        {
            Succeed(slot, ref server);
            return;
        }
        server.Step = Step.Trying;
        server.Sent = at;
        server.Due = at + failsAfter.Nanoseconds;
    }

    private void Succeed(int slot, ref Server server)
    {
        server.Step = Step.Calm;
        server.Fails = 0;
        if (server.IsOut)
        {
            server.IsOut = false;
            Simulation.Drive(_inRotation[slot], true);
        }
    }

    private long NextRequest(int slot, ref Server server, long at) =>
        at + SimDuration.FromSeconds(
            DrawsFor(slot, Request, server.Requests++).NextExponential() * _backends / _options.RequestsPerSecond).Nanoseconds;

    /// <summary>A server that is out and fails every request stays so until something changes: nothing need happen meanwhile.</summary>
    private void Continue(int slot)
    {
        ref Server server = ref _servers[slot];
        // What fell due while the balancer hung is due now.
        server.Due = Math.Max(server.Due, Now.Nanoseconds);
        server.IsQuiet = _fidelity == Fidelity.Elided && server.IsOut && !FailsAfter(server.Seen).IsNever;
        if (server.IsQuiet || server.Step == Step.Calm)
        {
            Disarm(slot, 0);
        }
        else
        {
            ArmAt(slot, 0, new SimTime(server.Due));
        }
    }

    private struct Server
    {
        public long Requests;

        /// <summary>When the present step ends, in nanoseconds.</summary>
        public long Due;

        /// <summary>When the request that decides was sent.</summary>
        public long Sent;

        public int Fails;
        public Step Step;
        public Sight Seen;
        public bool IsOut;

        /// <summary>Nothing is armed though something is due: it is worked out when it matters.</summary>
        public bool IsQuiet;
    }
}
