using FailoverSim.Kernel.Laws;
using FailoverSim.Models.Laws;

namespace FailoverSim.Models.LoadBalancing;

/// <summary>How a cloud provider's load balancer watches its backends.</summary>
/// <param name="Name">As it is asked for.</param>
/// <param name="Timers">Of each prober.</param>
/// <param name="Probers">Probers that check independently, at least 1. The first that finds a backend unhealthy takes it out.</param>
/// <param name="Propagation">From that finding until the balancer's nodes follow it.</param>
/// <param name="FailsOpen">With no healthy backend left, all get requests.</param>
public sealed record CloudBalancerOptions(string Name, CheckTimers Timers, int Probers, Law Propagation, bool FailsOpen)
{
    private static readonly Law Assumed = new Uniform(1, 10);

    /// <summary>
    /// What the cloud-controller-managers ask for when they create a balancer for a Service, and what the providers use when nothing
    /// is asked for. Three probers (one per zone) and a propagation of 1 to 10 s are assumed of all: providers publish neither.
    /// </summary>
    public static IReadOnlyList<CloudBalancerOptions> Presets { get; } =
    [
        // cloud-provider-aws, pkg/providers/v1/aws_loadbalancer.go and aws.go (2026-07); network balancers fail open.
        new("aws-nlb-cluster", CheckTimers.Cloud(30, 10, 3, 3), 3, Assumed, FailsOpen: true),
        new("aws-nlb-local", CheckTimers.Cloud(10, 10, 2, 2), 3, Assumed, FailsOpen: true),
        // Defaults of target groups since 2023 (five successes; older groups three and three).
        new("aws-nlb", CheckTimers.Cloud(30, 10, 2, 5), 3, Assumed, FailsOpen: true),
        new("aws-elb", CheckTimers.Cloud(10, 5, 6, 2), 3, Assumed, FailsOpen: false),
        // cloud-provider-gcp, providers/gce/gce.go (2026-08).
        new("gce", CheckTimers.Cloud(8, 1, 3, 1), 3, Assumed, FailsOpen: false),
        // Reference of `gcloud compute health-checks create`.
        new("google", CheckTimers.Cloud(5, 5, 2, 2), 3, Assumed, FailsOpen: false),
        // cloud-provider-azure, pkg/consts/consts.go (2026-08): 5 s and two failures. Timeout (the interval) and one success are assumed.
        new("azure", CheckTimers.Cloud(5, 5, 2, 1), 3, Assumed, FailsOpen: false),
        // cloud-provider-alibaba-cloud, docs/usage.md (2026-04).
        new("alibaba", CheckTimers.Cloud(2, 5, 3, 3), 3, Assumed, FailsOpen: false),
    ];

    /// <summary>The preset of a name.</summary>
    public static CloudBalancerOptions Preset(string name) => Presets.Single(preset => preset.Name == name);
}
