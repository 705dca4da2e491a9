namespace FailoverSim.Scenario.Catalogue;

/// <summary>How often something breaks and how long that lasts.</summary>
/// <param name="Target">What a selector begins with; <c>process</c> for components and roles.</param>
/// <param name="State">The state of the victim.</param>
/// <param name="Every">Time between events per target.</param>
/// <param name="Lasts">How long it lasts; null where it is repaired.</param>
/// <param name="Repair">How long a repair takes; null where it ends by itself.</param>
/// <param name="Source">Publication or reason.</param>
/// <param name="Basis">How sure it is.</param>
internal sealed record Rates(string Target, string State, string Every, string? Lasts, string? Repair, string Source,
    Basis Basis = Basis.Unverified)
{
    public string Remark => new Setting("", "", Source, Basis).Remark;
}

/// <summary>What <c>use: rates</c> chooses from: it fills what a named fault leaves out, and adds none.</summary>
internal static class RatesCatalogue
{
    public const string PublicCloudVm = "public-cloud-vm";

    /// <summary>The start of a virtual machine.</summary>
    public static readonly Setting Boot = new("boot", "30s..2m", "start of a virtual machine", Basis.Unverified);

    private static readonly IReadOnlyList<Rates> PublicCloud =
    [
        new("nodes", "down", "weibull(shape=0.75 mean=8mo)", null, "3m..6m",
            "3 to 12 months per machine, Barroso et al., The Datacenter as a Computer; shape as in Schroeder and Gibson 2006"),
        new("nodes", "hang", "exp(5y)", null, "10m..60m", "a tenth of the crashes, ended by people"),
        new("nodes", "lost-for-good", "AFR 4%", null, "5m..20m",
            "2 to 8 % of servers a year, Dean 2009 and Vishwanath and Nagappan 2010; a new machine"),
        new("process", "down", "exp(75d)", null, "5s..30s", "30 to 120 days per process"),
        new("process", "hang", "exp(750d)", null, "80s..130s", "a tenth of the crashes, ended by the liveness probe"),
        new("process", "lost-for-good", "AFR 1.5%", null, "5m..20m", "disks, Backblaze 2024", Basis.Read),
        new("process", "stall", "exp(120d)", "lognormal(median=4s p95=45s)", null, "noisy neighbours on shared disks",
            Basis.Engineering),
        new("agents", "down", "exp(9mo)", null, "10s..60s", "6 to 12 months per node, restarted by systemd or the kubelet"),
        new("workloads", "down", "exp(18d)", null, "2s..10s", "7 to 30 days per replica"),
        new("cloud-api", "down", "exp(30d)", "lognormal(median=15m p95=60m)", null, "errors or throttling once a month, 5 to 60 min"),
        new("zones", "down", "exp(6y)", "lognormal(median=2h p95=12h)", null, "public post-mortems: 0.05 to 0.3 a year"),
        new("zone-links", "partition", "exp(4y)", "lognormal(median=15m p95=60m)", null, "0.1 to 0.5 a year, 5 to 60 min"),
        new("power", "down", "exp(1y)", "lognormal(median=5h p95=12h)", null,
            "one power distribution unit a year and cluster, about 6 h, Dean 2009", Basis.Read),
        new("racks", "down", "exp(3723d)", "1h..6h", null, "rack MTTF 10.2 years, Ford et al. 2010; 1 to 6 h, Dean 2009",
            Basis.Read),
    ];

    public static readonly IReadOnlyList<string> Names = [PublicCloudVm];

    public static IReadOnlyList<Rates>? Find(string name) => name == PublicCloudVm ? PublicCloud : null;
}
