namespace FailoverSim.Scenario.Catalogue;

internal static class EtcdSettings
{
    public static readonly ComponentSettings Table = new("etcd", Products.Etcd,
    [
        new("heartbeat", "100ms", "--heartbeat-interval, server/embed/config.go"),
        new("election-timeout", "1s", "--election-timeout, server/embed/config.go"),
        new("pre-vote", "false", "--pre-vote, server/embed/config.go"),
        new("pre-vote", "true", "--pre-vote, server/embed/config.go and CHANGELOG-3.5") { Since = "v3.5" },
        new("initial-election-tick-advance", "true", "--initial-election-tick-advance, server/embed/config.go"),
        new("snapshot-count", "100000", "--snapshot-count, server/etcdserver/server.go"),
        new("snapshot-count", "10000", "--snapshot-count, server/etcdserver/server.go") { Since = "v3.6" },
        new("snapshot-catchup-entries", "5000", "--snapshot-catchup-entries, server/etcdserver/server.go"),
        new("fsync", "lognormal(median=2ms p99=10ms)", "the hardware guide asks for a p99 of the log's fsync below 10 ms",
            Basis.Engineering),
        new("writes", "50/s", "renewals and status updates of a small cluster", Basis.Engineering),
        new("start", "500ms..2s", "reading the snapshot and the log", Basis.Engineering),
        new("snapshot-size", "512MiB", "a quarter of the quota of 2 GiB, server/storage/quota.go", Basis.Engineering),
        new("resync-rate", "60MiB/s",
            "between 10 MB/s and 100 MB/s of the hardware guide", Basis.Engineering),
    ]);
}
