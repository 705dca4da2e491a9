using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Levels;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;

namespace FailoverSim.Models.LoadBalancing;

/// <summary>A running load balancer.</summary>
/// <param name="Process">Null: it never fails.</param>
/// <param name="Traffic">It passes traffic on; while this is false its health checks and those of its watchers go well all the same.</param>
public sealed record BalancerInstance(ProcessSignals? Process, Signal Traffic);

/// <summary>What becomes of a request whose first server does not work.</summary>
/// <param name="Redispatch">It is tried on another server (<c>option redispatch</c>; <c>proxy_next_upstream</c>).</param>
/// <param name="ConnectTimeout">After so long on a silent one.</param>
/// <param name="RequestTimeout">After which its client gives up.</param>
public sealed record RequestOptions(bool Redispatch, SimDuration ConnectTimeout, SimDuration RequestTimeout);

/// <summary>
/// How new requests through each balancer fare, one slot per balancer: servers in rotation get equal shares, and not all of
/// them need work.
/// </summary>
/// <remarks>
/// With redispatch a refused request costs nothing and one to a silent server the connect timeout, once; without, both fail, as do
/// those to a server that hangs or answers badly. HAProxy 2.6 tries another server at the first retry where the algorithm is round robin.
/// </remarks>
public sealed class Rotation : Component
{
    private readonly ImmutableArray<BalancerInstance> _instances;
    private readonly ImmutableArray<BackendView> _views;
    private readonly ImmutableArray<Signal> _inRotation;
    private readonly ImmutableArray<Signal> _passes;
    private readonly ImmutableArray<Level> _levels;
    private readonly RequestOptions _options;
    private readonly int _backends;

    /// <param name="builder">The model to join.</param>
    /// <param name="name">Unique.</param>
    /// <param name="instances">The balancers.</param>
    /// <param name="backends">The same for every balancer.</param>
    /// <param name="route">From a balancer to a backend, by their numbers.</param>
    /// <param name="inRotation">Whether a balancer sends new requests to a backend.</param>
    /// <param name="options">Of the requests.</param>
    public Rotation(
        ModelBuilder builder,
        string name,
        IReadOnlyList<BalancerInstance> instances,
        IReadOnlyList<Backend> backends,
        Func<int, int, BackendRoute> route,
        Func<int, int, Signal> inRotation,
        RequestOptions options)
        : base(builder, name, instances.Count, 0)
    {
        _instances = [.. instances];
        _backends = backends.Count;
        _options = options;
        int pairs = instances.Count * _backends;
        _views = [.. Enumerable.Range(0, pairs).Select(pair => new BackendView(
            backends[pair % _backends].Process, backends[pair % _backends].Serves, route(pair / _backends, pair % _backends)))];
        _inRotation = [.. Enumerable.Range(0, pairs).Select(pair => inRotation(pair / _backends, pair % _backends))];
        _levels = [.. instances.Select(_ => builder.Level())];
        _passes = [.. Enumerable.Range(0, Count).Select(instance => GateOf(builder, name, instance))];
        for (int pair = 0; pair < pairs; pair++)
        {
            _views[pair].Observe(builder, this, pair / _backends);
            builder.Observe(_inRotation[pair], this, pair / _backends);
        }
        for (int instance = 0; instance < Count; instance++)
        {
            builder.Observe(_instances[instance].Traffic, this, instance);
            if (_instances[instance].Process is { } process)
            {
                builder.Observe(process.Runs, this, instance);
            }
        }
    }

    /// <summary>A gate: a new request through the balancer can succeed. It runs, passes traffic on, and a server in rotation works.</summary>
    public Signal Passes(int instance) => _passes[instance];

    /// <summary>The share of new requests through the balancer that are answered in time.</summary>
    public Level Share(int instance) => _levels[instance];

    /// <summary>The same share now, in parts of <see cref="Level.Whole"/>.</summary>
    public int Answered(int instance)
    {
        BalancerInstance balancer = _instances[instance];
        if (!Simulation.Signals[balancer.Traffic]
            || (balancer.Process is { } process && !Simulation.Signals[process.Runs]))
        {
            return 0;
        }
        (int working, int failing, int silent, int refusing) = (0, 0, 0, 0);
        for (int pair = instance * _backends; pair < (instance + 1) * _backends; pair++)
        {
            if (!Simulation.Signals[_inRotation[pair]])
            {
                continue;
            }
            switch (_views[pair].Look(Simulation.Signals))
            {
                case Sight.Ok:
                    working++;
                    break;
                case Sight.Refused:
                    refusing++;
                    break;
                case Sight.Silent:
                    silent++;
                    break;
                default:
                    failing++;
                    break;
            }
        }
        if (working == 0)
        {
            return 0;
        }
        long whole = Level.Whole;
        if (!_options.Redispatch)
        {
            return (int)(whole * working / (working + failing + silent + refusing));
        }
        bool outlasts = _options.ConnectTimeout <= _options.RequestTimeout;
        int settled = outlasts ? working + failing : working + failing + silent;
        return (int)(whole * working / settled);
    }

    protected override bool SlotsAreSymmetric => false;

    protected override void Start()
    {
        for (int instance = 0; instance < Count; instance++)
        {
            Simulation.SetLevel(_levels[instance], Answered(instance));
        }
    }

    protected override void OnTimer(int slot, int timer)
    {
    }

    protected override void OnSignal(int slot) => Simulation.SetLevel(_levels[slot], Answered(slot));

    protected override void Encode(int slot, StateWriter writer)
    {
    }

    private Signal GateOf(ModelBuilder builder, string name, int instance)
    {
        BalancerInstance balancer = _instances[instance];
        string prefix = $"{name}/{instance}";
        Signal[] servers = [.. Enumerable.Range(instance * _backends, _backends).Select(pair =>
        {
            BackendView view = _views[pair];
            return builder.Gate(
                $"{prefix}-{view.Process.Name}.works", 5, _inRotation[pair], view.Route.There, view.Route.Back, view.Process.Runs, view.Good);
        })];
        Signal any = builder.Gate($"{prefix}.servers", 1, servers);
        return balancer.Process is { } process
            ? builder.Gate($"{prefix}.passes", 3, process.Runs, balancer.Traffic, any)
            : builder.Gate($"{prefix}.passes", 2, balancer.Traffic, any);
    }
}
