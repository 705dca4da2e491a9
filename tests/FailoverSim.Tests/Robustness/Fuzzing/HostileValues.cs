namespace FailoverSim.Tests.Robustness.Fuzzing;

/// <summary>Values of the scenario language that break what believes them.</summary>
internal static class HostileValues
{
    public static readonly string[] All =
    [
        "0", "-1", "1", "2", "7", "1000", "1000000", "1000000000", "99999999999999999999", "99999999999999999999999999999", "0.5", "1e9", "1e400", "NaN", "Infinity",
        "0s", "1ns", "1us", "1s", "1h30m", "290y", "291y", "1000y", "9999999999y", "0.1ns", "1.5", "true", "~", "''", "' '",
        "exp(1ns)", "exp(0s)", "exp(9999999999y)", "never", "mix(50% exp(1d) 50% never)", "mix(100% 0s)", "weibull(shape=0.05 mean=1y)", "weibull(shape=1000 mean=1ns)",
        "lognormal(mean=1h cv=1000)", "lognormal(median=1ns p99=290y)", "gamma(shape=0.05 mean=1y max=1ns)", "gamma(shape=1000 mean=1y)", "erlang(k=1000 mean=1ns)",
        "triangular(0s 0s 1ns)", "0s..1ns", "1h..290y", "exp(1d min=289y)", "exp(1d max=1ns)", "empirical(a.csv)", "empirical(../a.csv)", "empirical(/dev/zero)", "empirical(.)",
        "AFR 99%", "AFR 0%", "1M per hour", "1 per year", "0%", "100%", "99.9999999999%", "0.0000001%", "1%..1000%", "100%..0%",
        "1..2 in 3 steps", "1s..2s in 40 steps", "1..70000000000000000000000000000 in 8 steps", "1s..1s in 2 steps", "choice(1=50% 1000000=50%)", "choice(2=100%)", "1..4", "lognormal(median=7 p95=14)",
        "a", "base", "none", "any", "all", "of", "not a", "2 of a", "100% of a", "0 of a", "3 of (a, b, c)", "a and (b or c)", "((((((((a))))))))", "a or a or a", "ready >= 1", "ready >= 200% of replicas",
        "nodes.*", "nodes.cp", "zones", "zone-links", "power", "racks", "etcd", "etcd.leader", "etcd@cp-1", "workloads", "workloads.*", "workload.a", "workload.a.host", "cloud-api", "registry", "vip.holder", "kubelet", "cni",
        "units.*.count", "*", "*.*.*", "units.a.fails", "run.horizon", "nodes.*.count", "a.b.c.d.e.f", "....", "faults.*.every",
        "down", "hang", "stall", "slow(factor=1000000)", "lossy(100%)", "partition", "lost-for-good", "answers-check-but-drops-traffic", "both", "either",
        "rolling 1ns", "rolling 30d", "calendar-month", "calendar-month Pacific/Apia", "calendar-month Antarctica/Troll", "P(met) >= 100%", "P(any outage > 0s in 1ns) <= 0%", "P(any outage > 30m in 1y) <= 2%",
        "24x7", "otherwise", "Mon-Sun 00:00-24:00 Pacific/Apia", "22:00-06:00", "Sat 02:00-02:00 Europe/Lisbon", "1900-01-01", "2500-12-31", "9999-12-31",
        "unavailability(a) within 0.1% at 99.9%", "mean-over(workloads)", "quantile(workloads 1%)", "quantile(a 100%)", "all-of(workloads)", "probe", "workload a", "apiserver.write", "etcd.write", "dns", "node-network", "vip.held",
        "kubernetes/v1.33", "kubernetes/v9.99", "cloud-lb/gcp", "public-cloud-vm", "exhaustive", "elided", "0B", "1B", "999999999999GiB", "1MiB/s", "0.1/s", "500m", "0.001", "1000000000000000000000m",
    ];
}
