using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;

namespace FailoverSim.Models.LoadBalancing;

/// <summary>
/// A cloud provider's load balancer, one slot per backend: several probers check independently, and what they find reaches
/// the balancer after a while. A backend is out while any prober finds it unhealthy.
/// </summary>
public sealed class CloudBalancer : Component
{
    private static readonly Purpose Propagation = Purpose.Named("propagation");

    private readonly ClusterStages _stages;
    private readonly LawId _propagation;
    private readonly bool _failsOpen;
    private readonly Markdowns _markdowns;
    private readonly ImmutableArray<Signal> _healthy;
    private readonly ImmutableArray<Signal> _inRotation;
    private readonly State<Verdict> _verdicts;

    /// <param name="builder">The model to join.</param>
    /// <param name="name">Unique; its probers are called the same and <c>/probers</c>.</param>
    /// <param name="stages">Stages of the model.</param>
    /// <param name="backends">Of this balancer.</param>
    /// <param name="routes">From the provider's probers to each backend.</param>
    /// <param name="options">Of the provider.</param>
    /// <param name="fidelity">Whether checks that change nothing are events.</param>
    public CloudBalancer(
        ModelBuilder builder,
        string name,
        ClusterStages stages,
        IReadOnlyList<Backend> backends,
        IReadOnlyList<BackendRoute> routes,
        CloudBalancerOptions options,
        Fidelity fidelity)
        : base(builder, name, backends.Count, 1)
    {
        _stages = stages;
        _propagation = builder.Law(options.Propagation);
        _failsOpen = options.FailsOpen;
        _markdowns = new Markdowns(builder, name, backends);
        HealthChecks probers = new(
            builder,
            $"{name}/probers",
            stages,
            new ProcessSignals?[options.Probers],
            backends,
            (_, backend) => routes[backend],
            options.Timers,
            fidelity);
        _healthy = [.. backends.Select((backend, b) => builder.Gate(
            $"{name}/{backend.Process.Name}.healthy",
            options.Probers,
            [.. Enumerable.Range(0, options.Probers).Select(prober => probers.InRotation(prober, b))]))];
        _inRotation = [.. backends.Select(backend => builder.Condition($"{name}/{backend.Process.Name}.in-rotation"))];
        _verdicts = NewState<Verdict>(Count);
        for (int slot = 0; slot < Count; slot++)
        {
            builder.Observe(_healthy[slot], this, slot);
        }
    }

    /// <summary>A condition: the balancer sends new requests to the backend.</summary>
    public Signal InRotation(int backend) => _inRotation[backend];

    protected override bool SlotsAreSymmetric => false;

    protected override void Start()
    {
    }

    protected override void OnSignal(int slot)
    {
        ref Verdict verdict = ref _verdicts[slot];
        if (Simulation.Signals[_healthy[slot]] != verdict.IsOut)
        {
            // Found to be as the balancer believes, before it heard otherwise.
            Disarm(slot, 0);
            return;
        }
        ArmAfter(slot, 0, SimDuration.FromSeconds(Draw(slot, _propagation, Propagation, verdict.Changes++)));
    }

    protected override void OnTimer(int slot, int timer)
    {
        _verdicts[slot].IsOut ^= true;
        if (_verdicts[slot].IsOut)
        {
            _markdowns.Count(Simulation, slot);
        }
        bool failsOpen = _failsOpen;
        for (int backend = 0; backend < Count; backend++)
        {
            failsOpen &= _verdicts[backend].IsOut;
        }
        for (int backend = 0; backend < Count; backend++)
        {
            bool inRotation = failsOpen || !_verdicts[backend].IsOut;
            if (inRotation != Simulation.Signals[_inRotation[backend]])
            {
                Simulation.Drive(_inRotation[backend], inRotation, _stages.Detect);
            }
        }
    }

    protected override void Encode(int slot, StateWriter writer) => writer.Add(_verdicts[slot].IsOut ? 1L : 0L);

    private struct Verdict
    {
        public long Changes;
        public bool IsOut;
    }
}
