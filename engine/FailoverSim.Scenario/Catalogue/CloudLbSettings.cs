namespace FailoverSim.Scenario.Catalogue;

internal static class CloudLbSettings
{
    public static readonly ComponentSettings Table = new("cloud-lb", Products.CloudLb,
    [
        new("backend", "apiserver", "what a cluster has to balance", Basis.Engineering),
        new("check.path", "tcp", "what is asked of a port", Basis.Engineering),
        .. Check("aws-nlb", "30s", "10s", "3", "3", "cloud-provider-aws pkg/providers/v1/aws_loadbalancer.go"),
        .. Check("aws-elb", "10s", "5s", "6", "2", "cloud-provider-aws pkg/providers/v1/aws_loadbalancer.go"),
        .. Check("gcp", "8s", "1s", "3", "1", "cloud-provider-gcp providers/gce/gce.go"),
        .. Check("azure", "5s", "5s", "2", "1", "cloud-provider-azure pkg/consts/consts.go; timeout and rise not told",
            Basis.Unverified),
        .. Check("alibaba", "2s", "5s", "3", "3", "cloud-provider-alibaba-cloud docs/usage.md"),
        new("check.fastinter", "=interval", "cloud checks have one interval", Basis.Engineering),
        new("check.downinter", "=interval", "cloud checks have one interval", Basis.Engineering),
        new("probers", "3", "one per zone", Basis.Engineering),
        new("propagation", "1s..10s", "until all nodes of the balancer know", Basis.Unverified),
        new("fail-open", "false", "traffic goes nowhere when no target is healthy", Basis.Engineering),
        new("fail-open", "true", "traffic goes to all targets when none is healthy", Basis.Unverified) { Only = "aws-nlb" },
    ]);

    private static Setting[] Check(string provider, string interval, string timeout, string fall, string rise,
        string source, Basis basis = Basis.Read) =>
    [
        new("check.interval", interval, source, basis) { Only = provider },
        new("check.timeout", timeout, source, basis) { Only = provider },
        new("check.fall", fall, source, basis) { Only = provider },
        new("check.rise", rise, source, basis) { Only = provider },
    ];
}
