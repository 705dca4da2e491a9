using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Links;
using FailoverSim.Kernel.Signals;

namespace FailoverSim.Models.Cluster;

/// <summary>
/// The network between machines. Reachability comes from few signals: the network of either machine and the directed pair
/// of their zones.
/// </summary>
public sealed class Network
{
    private readonly ModelBuilder _builder;
    private readonly IReadOnlyList<MachineSignals> _machines;
    private readonly Func<string, string, Law> _rtt;
    private readonly Dictionary<(string From, string To), Signal> _ways = [];
    private readonly Dictionary<(string From, string To), Signal> _cleanWays = [];
    private readonly Dictionary<(int From, int To), Signal> _paths = [];
    private readonly Dictionary<(int From, int To), Signal> _cleanPaths = [];
    private readonly List<string> _zones;

    /// <param name="builder">The model to join.</param>
    /// <param name="machines">All machines.</param>
    /// <param name="rtt">Law of the round trip between two zones, or within one.</param>
    /// <param name="zones">Zones that exist whether or not a machine is in them.</param>
    public Network(
        ModelBuilder builder, IReadOnlyList<MachineSignals> machines, Func<string, string, Law> rtt, IEnumerable<string>? zones = null)
    {
        _builder = builder;
        _machines = machines;
        _rtt = rtt;
        _zones = [.. machines.Select(m => m.Zone).Union(zones ?? []).Order(StringComparer.Ordinal)];
        foreach (string from in _zones)
        {
            foreach (string to in _zones)
            {
                _ways[(from, to)] = builder.Condition($"way/{from}-{to}");
                _cleanWays[(from, to)] = builder.Condition($"clean/{from}-{to}");
            }
        }
        Losses = new State<double>(_zones.Count * _zones.Count);
        builder.Register(Losses);
    }

    public IReadOnlyList<MachineSignals> Machines => _machines;

    /// <summary>Zones in ordinal order.</summary>
    public IReadOnlyList<string> Zones => _zones;

    /// <summary>Share of packets lost, by ordered pair of zones: from × number of zones + to.</summary>
    public State<double> Losses { get; }

    /// <summary>A condition: packets from one zone arrive in another (or in the same).</summary>
    public Signal Way(string from, string to) => _ways[(from, to)];

    /// <summary>A condition: no packet on that way is lost at random; while it is false, <see cref="LossOf"/> says how many are.</summary>
    public Signal CleanWay(string from, string to) => _cleanWays[(from, to)];

    /// <summary>A packet from one machine arrives at another, if that one is up.</summary>
    public Signal Path(int from, int to)
    {
        if (!_paths.TryGetValue((from, to), out Signal path))
        {
            (MachineSignals a, MachineSignals b) = (_machines[from], _machines[to]);
            path = from == to
                ? a.Powered
                : _builder.Gate($"path/{a.Name}-{b.Name}", 3, a.Network, b.Network, Way(a.Zone, b.Zone));
            _paths[(from, to)] = path;
        }
        return path;
    }

    /// <summary>No packet from one machine to another is lost at random.</summary>
    public Signal Clean(int from, int to) => CleanWay(_machines[from].Zone, _machines[to].Zone);

    /// <summary>Probability that a packet is lost.</summary>
    public double LossOf(int from, int to) =>
        Losses[(_zones.IndexOf(_machines[from].Zone) * _zones.Count) + _zones.IndexOf(_machines[to].Zone)];

    /// <summary>The law of the round trip; each message takes half of a fresh draw.</summary>
    public Law Rtt(int from, int to) => _rtt(_machines[from].Zone, _machines[to].Zone);

    /// <summary>What a message to a process depends on.</summary>
    /// <param name="from">Sending machine.</param>
    /// <param name="to">Receiving machine.</param>
    /// <param name="process">Receiving process.</param>
    /// <param name="ready">It takes messages in now.</param>
    public LinkEnds Ends(int from, int to, ProcessSignals process, Signal ready)
    {
        (MachineSignals a, MachineSignals b) = (_machines[from], _machines[to]);
        return new LinkEnds(a.Network, Way(a.Zone, b.Zone), b.Network, b.Up, process.Alive, ready);
    }
}
