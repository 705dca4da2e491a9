using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Levels;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Workloads;

namespace FailoverSim.Models.Networking;

/// <summary>Cluster DNS: a workload whose requests are lookups, and the addresses that its clients remember.</summary>
/// <remarks>
/// <para>
/// A lookup is answered as long as the rules of the nodes lead to some pod that serves. It needs nothing of the control plane: CoreDNS'
/// kubernetes plugin answers from what it has seen.
/// </para>
/// <para>
/// Addresses are remembered for the ttl. Clients that send requests all the time have looked theirs up at instants of their own, so that when
/// lookups cease the answers expire evenly over the ttl: x after that the share 1 − x/ttl still has one, told in ten steps that are right in
/// the mean. When lookups are answered again everybody has an address at once.
/// </para>
/// </remarks>
public sealed class ClusterDns : Component
{
    private const int Steps = 10;

    private readonly DnsOptions _options;
    private readonly EndpointShares _shares;
    private readonly Signal _cached;
    private readonly State<int> _step;

    /// <param name="builder">The model to join.</param>
    /// <param name="options">Of servers and clients.</param>
    /// <param name="workload">Number of the workload that answers.</param>
    /// <param name="workloads">All of them.</param>
    /// <param name="shares">Where requests end.</param>
    public ClusterDns(ModelBuilder builder, DnsOptions options, int workload, WorkloadSet workloads, EndpointShares shares)
        : base(builder, "dns", 1, 1)
    {
        _options = options;
        _shares = shares;
        _step = NewState<int>(1);
        Workload = workload;
        Lookups = builder.Gate("dns.lookups", 1, [.. workloads.Serving[workloads.FirstPod[workload]..workloads.FirstPod[workload + 1]]]);
        if (options.Ttl == SimDuration.Zero)
        {
            shares.NamesComeFrom(workload, options.Attempts);
            Names = Lookups;
            return;
        }
        _cached = builder.Condition("dns.remembered");
        Names = builder.Gate("dns.names", 1, Lookups, _cached);
        builder.Observe(Lookups, this, 0);
    }

    /// <summary>Number of the workload that answers.</summary>
    public int Workload { get; }

    /// <summary>A new lookup can be answered.</summary>
    public Signal Lookups { get; }

    /// <summary>Some client has the address that it needs: it can ask, or remembers it.</summary>
    public Signal Names { get; }

    /// <summary>The share of lookups that are answered within a time; only while the model is built.</summary>
    public Level AnsweredWithin(ModelBuilder builder, SimDuration? time) =>
        _shares.AnsweredWithin(builder, Workload, time is { } limit ? _options.TriesWithin(limit) : _options.Attempts);

    protected override void Start()
    {
    }

    protected override void OnSignal(int slot)
    {
        if (!Simulation.Signals[Lookups])
        {
            Show();
            return;
        }
        Disarm(0, 0);
        if (_step[0] == Steps)
        {
            Simulation.Drive(_cached, true);
        }
        _step[0] = 0;
        _shares.SetNamed(Level.Whole);
    }

    protected override void OnTimer(int slot, int timer)
    {
        if (++_step[0] < Steps)
        {
            Show();
            return;
        }
        _shares.SetNamed(0);
        Simulation.Drive(_cached, false);
    }

    protected override void Encode(int slot, StateWriter writer) => writer.Add((long)_step[0]);

    /// <summary>The middle of a step, until the next.</summary>
    private void Show()
    {
        int left = (2 * (Steps - _step[0])) - 1;
        _shares.SetNamed((int)((((long)Level.Whole * left) + Steps) / (2 * Steps)));
        ArmAfter(0, 0, new SimDuration(((_step[0] + 1) * _options.Ttl.Nanoseconds / Steps) - (_step[0] * _options.Ttl.Nanoseconds / Steps)));
    }
}
