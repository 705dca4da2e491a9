using System.Collections.Immutable;

namespace FailoverSim.Models.Workloads;

/// <summary>
/// The (anti-)affinities that concern one workload, sorted by what they do: its own, and those by which others keep it away. Whose pods
/// they mean are numbers in <see cref="Affinities.Ranges"/>.
/// </summary>
/// <remarks>
/// As in kube-scheduler (pkg/scheduler/framework/plugins/interpodaffinity): what is required of affinity must be met by pods that match
/// all required terms at once; anti-affinity is judged term by term, and one that an existing pod requires keeps others away
/// from it; pods that are being deleted count until they are gone.
/// </remarks>
internal sealed record AffinityRules
{
    /// <summary>It has required affinity.</summary>
    public bool IsAffine { get; init; }

    /// <summary>The pods that match all that it requires; −1 for none: no pod matches all.</summary>
    public int Required { get; init; } = -1;

    /// <summary>Its pods must be on a node with such pods, not only in a zone.</summary>
    public bool IsAffineByNode { get; init; }

    /// <summary>Its own pods match: the first of them may go anywhere.</summary>
    public bool IsAffineToItself { get; init; }

    /// <summary>Pods that may not be in its zone.</summary>
    public ImmutableArray<int> ApartByZone { get; init; } = [];

    /// <summary>Pods that may not be on its node.</summary>
    public ImmutableArray<int> ApartByNode { get; init; } = [];

    /// <summary>Pods that its zone had better have.</summary>
    public ImmutableArray<int> NearByZone { get; init; } = [];

    /// <summary>Pods that its node had better have.</summary>
    public ImmutableArray<int> NearByNode { get; init; } = [];

    /// <summary>Pods that its zone had better not have.</summary>
    public ImmutableArray<int> FarByZone { get; init; } = [];

    /// <summary>Pods that its node had better not have.</summary>
    public ImmutableArray<int> FarByNode { get; init; } = [];
}
