using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Signals;
using FailoverSim.Models.Nodes;

namespace FailoverSim.Models.Networking;

/// <summary>Whether nodes have each other's routes, before the component that drives it.</summary>
public sealed class RouteSet
{
    private RouteSet(ModelBuilder builder, CniOptions options, IReadOnlyList<NodeOptions> nodes, IReadOnlyList<string> zones)
    {
        Options = options;
        Routed = [.. nodes.Select(node => builder.Condition($"{node.Name}.routed", node.Exists))];
        Zones = [.. zones];
        ZonePairs = options.Routes == RoutesBy.Bgp
            ? [.. Enumerable.Range(0, Zones.Length).SelectMany(a => Enumerable.Range(a, Zones.Length - a).Select(b => (a, b)))]
            : [];
        ZonesRouted = [.. ZonePairs.Select(pair => builder.Condition($"routes/{Zones[pair.A]}-{Zones[pair.B]}"))];
    }

    public CniOptions Options { get; }

    /// <summary>Per node, a condition: other nodes have the routes of its pods, and so reach them if the node is there.</summary>
    public ImmutableArray<Signal> Routed { get; }

    internal ImmutableArray<string> Zones { get; }

    /// <summary>Zones whose nodes have sessions with each other, by number, the lower one first; none without BGP.</summary>
    internal ImmutableArray<(int A, int B)> ZonePairs { get; }

    /// <summary>Per pair of zones: their nodes have not lost each other's routes because the way between them was cut.</summary>
    internal ImmutableArray<Signal> ZonesRouted { get; }

    /// <param name="builder">The model to join.</param>
    /// <param name="options">Of the agents.</param>
    /// <param name="nodes">All places for nodes.</param>
    /// <param name="zones">Names by number.</param>
    public static RouteSet Declare(ModelBuilder builder, CniOptions options, IReadOnlyList<NodeOptions> nodes, IReadOnlyList<string> zones) =>
        new(builder, options, nodes, zones);
}
