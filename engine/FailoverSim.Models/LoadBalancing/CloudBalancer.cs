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
/// <remarks>
/// Where it is told which backends it has, one that is added is out until all probers have found it healthy, and one that is
/// taken away stays in rotation as long as any other news takes. A balancer that fails open looks at all backends only when the last healthy one goes or
/// the first one comes.
/// </remarks>
public sealed class CloudBalancer : Component
{
    private static readonly Purpose Propagation = Purpose.Named("propagation");

    private readonly ClusterStages _stages;
    private readonly LawId _propagation;
    private readonly bool _failsOpen;
    private readonly Markdowns _markdowns;
    private readonly ImmutableArray<string> _names;
    private readonly ImmutableArray<Signal> _healthy;
    private readonly ImmutableArray<Signal> _inRotation;
    private readonly IReadOnlyList<Signal>? _listed;
    private readonly State<Verdict> _verdicts;
    private readonly State<Standing> _standing;

    /// <param name="builder">The model to join.</param>
    /// <param name="name">Unique; its probers are called the same and <c>/probers</c>.</param>
    /// <param name="stages">Stages of the model.</param>
    /// <param name="backends">Of this balancer.</param>
    /// <param name="routes">From the provider's probers to each backend.</param>
    /// <param name="options">Of the provider.</param>
    /// <param name="fidelity">Whether checks that change nothing are events.</param>
    /// <param name="listed">Per backend, whether the balancer has been told of it; null: of all.</param>
    public CloudBalancer(
        ModelBuilder builder,
        string name,
        ClusterStages stages,
        IReadOnlyList<Backend> backends,
        IReadOnlyList<BackendRoute> routes,
        CloudBalancerOptions options,
        Fidelity fidelity,
        IReadOnlyList<Signal>? listed = null)
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
            fidelity,
            listed: listed);
        _healthy = [.. backends.Select((backend, b) => builder.Gate(
            $"{name}/{backend.Process.Name}.healthy",
            options.Probers,
            [.. Enumerable.Range(0, options.Probers).Select(prober => probers.InRotation(prober, b))]))];
        _inRotation = [.. backends.Select(backend => builder.Condition($"{name}/{backend.Process.Name}.in-rotation"))];
        _listed = listed;
        _names = [.. backends.Select(backend => backend.Process.Name)];
        _verdicts = NewState<Verdict>(Count);
        _standing = NewState<Standing>(1);
        for (int slot = 0; slot < Count; slot++)
        {
            builder.Observe(_healthy[slot], this, slot);
            if (listed is not null)
            {
                builder.Observe(listed[slot], this, slot);
            }
        }
    }

    /// <summary>A condition: the balancer sends new requests to the backend.</summary>
    public Signal InRotation(int backend) => _inRotation[backend];

    public override string EntityName(int slot) => _listed is null ? base.EntityName(slot) : $"{Name}/{_names[slot]}";

    protected override bool SlotsAreSymmetric => false;

    protected override void Start()
    {
        for (int slot = 0; slot < Count; slot++)
        {
            ref Verdict verdict = ref _verdicts[slot];
            verdict.IsListed = IsListed(slot);
            verdict.IsOut = !verdict.IsListed;
            _standing[0].Listed += verdict.IsListed ? 1 : 0;
            Show(slot);
        }
    }

    protected override void OnSignal(int slot)
    {
        ref Verdict verdict = ref _verdicts[slot];
        if (IsListed(slot) != verdict.IsListed)
        {
            FollowList(slot);
        }
        if (Simulation.Signals[_healthy[slot]] != verdict.IsOut)
        {
            // Found to be as the balancer believes, before it heard otherwise.
            Disarm(slot, 0);
        }
        else if (!IsArmed(slot, 0))
        {
            ArmAfter(slot, 0, SimDuration.FromSeconds(Draw(slot, _propagation, Propagation, verdict.Changes++)));
        }
    }

    protected override void OnTimer(int slot, int timer)
    {
        ref Verdict verdict = ref _verdicts[slot];
        verdict.IsOut ^= true;
        if (verdict.IsListed)
        {
            _standing[0].Out += verdict.IsOut ? 1 : -1;
            Simulation.Trace?.OnNote(
                Now, this, slot, verdict.IsOut ? "gets no requests from the balancer any more" : "gets requests from the balancer again");
            if (verdict.IsOut)
            {
                _markdowns.Count(Simulation, slot);
            }
        }
        Review(slot);
    }

    protected override void Encode(int slot, StateWriter writer) =>
        writer.Add((_verdicts[slot].IsOut ? 1L : 0L) + (_verdicts[slot].IsListed ? 2 : 0));

    private bool IsListed(int slot) => _listed is not { } listed || Simulation.Signals[listed[slot]];

    private void FollowList(int slot)
    {
        ref Verdict verdict = ref _verdicts[slot];
        verdict.IsListed ^= true;
        int change = verdict.IsListed ? 1 : -1;
        _standing[0].Listed += change;
        _standing[0].Out += verdict.IsOut ? change : 0;
        Review(slot);
    }

    /// <summary>A backend has another verdict, or has come or gone: shows it, or all of them where the balancer opens or closes.</summary>
    private void Review(int slot)
    {
        ref Standing standing = ref _standing[0];
        bool isOpen = _failsOpen && standing.Out == standing.Listed;
        if (isOpen == standing.IsOpen)
        {
            Show(slot);
            return;
        }
        standing.IsOpen = isOpen;
        for (int backend = 0; backend < Count; backend++)
        {
            Show(backend);
        }
    }

    private void Show(int slot)
    {
        ref Verdict verdict = ref _verdicts[slot];
        bool inRotation = !verdict.IsOut || (_standing[0].IsOpen && verdict.IsListed);
        if (inRotation == verdict.IsAway)
        {
            verdict.IsAway = !inRotation;
            Simulation.Drive(_inRotation[slot], inRotation, _stages.Detect);
        }
    }

    private struct Verdict
    {
        public long Changes;
        public bool IsOut;
        public bool IsListed;

        /// <summary>Out of rotation, as last told.</summary>
        public bool IsAway;
    }

    private struct Standing
    {
        /// <summary>Backends that the balancer has been told of.</summary>
        public int Listed;

        /// <summary>Those of them that are out.</summary>
        public int Out;

        /// <summary>All are, and get requests for that.</summary>
        public bool IsOpen;
    }
}
