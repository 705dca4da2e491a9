using System.Globalization;

namespace FailoverSim.Tests.Cluster.Whole;

/// <summary>A small cluster drawn from a seed, with scripted faults of every state on targets of every kind within its first hour.</summary>
internal sealed class RandomCluster
{
    private readonly Random _random;
    private readonly List<string> _top = [];
    private readonly List<string> _faults = [];

    /// <param name="seed">Which one.</param>
    /// <param name="constant">Whether calls and disks take a fixed time.</param>
    public RandomCluster(int seed, bool constant = false)
    {
        _random = new Random(seed);
        string[] zones = [.. new[] { "a", "b", "c" }.Take(_random.Next(1, 4))];
        bool stacked = _random.Next(2) == 0;
        int members = _random.Next(1, 6);
        int others = _random.Next(1, 4);
        string zoneList = string.Join(", ", zones.Select(z => _random.Next(3) == 0 ? $"{z}: {{power: feed-1}}" : $"{z}: {{power: feed-{z}}}"));
        string fsync = constant ? "5ms" : "lognormal(median=2ms p99=20ms)";
        _top.Add("use: [{timers: kubernetes/v1.33}]");
        _top.Add($"topology: {{zones: {{{zoneList}}}, rtt: {{inside-zone: 1ms, between-zones: 1ms}}}}");
        string[] kinds = ["etcd", "apiserver", "controller-manager", "scheduler", stacked ? "vip" : "haproxy"];
        List<string> machines = [];
        if (stacked)
        {
            _top.Add($"nodes: {{cp: {{count: {members}, place: spread, runs: [{string.Join(", ", kinds)}]}}}}");
            machines.AddRange(Enumerable.Range(1, members).Select(i => $"cp-{i}"));
        }
        else
        {
            _top.Add(
                $"nodes: {{db: {{count: {members}, place: spread, runs: [etcd]}}, "
                + $"cp: {{count: {others}, place: spread, runs: [apiserver, controller-manager, scheduler]}}, "
                + $"lb: {{count: 2, place: spread, runs: [haproxy, keepalived]}}}}");
            machines.AddRange(Enumerable.Range(1, members).Select(i => $"db-{i}"));
            machines.AddRange(Enumerable.Range(1, others).Select(i => $"cp-{i}"));
        }
        _top.Add(
            $"components: {{etcd: {{fsync: {fsync}}}, apiserver: {{etcd: {(stacked ? "local-member" : "all-members")}, start: 10s}}"
            + (stacked ? ", vip: {kind: kube-vip-arp}" : ", haproxy: {backend: apiserver}, keepalived: {priority: {" + Priorities(zones) + "}}") + "}");
        string[] states = ["down", "hang", "stall", "slow(factor=5)", "lost-for-good"];
        List<string> targets = [.. machines.Select(m => $"nodes.{m}"), .. kinds, .. zones.Select(z => $"zones.{z}"), "power"];
        targets.AddRange(["etcd.leader", "controller-manager.leader", "scheduler.leader", stacked ? "vip.holder" : "keepalived.master"]);
        if (zones.Length > 1)
        {
            targets.Add("zone-links");
        }
        for (int i = _random.Next(1, 6); i > 0; i--)
        {
            _faults.Add(Fault($"f{i}", targets[_random.Next(targets.Count)], states));
        }
        _top.Add($$"""
            services:
              api: {probe: apiserver.write, through: {{(stacked ? "vip" : "keepalived")}}}
              read: {probe: apiserver.read, timeout: 2s}
              controllers: {probe: controller-manager.acting}
              scheduling: {probe: scheduler.acting}
              etcd: {probe: etcd.write}
            """);
    }

    public override string ToString() => Text(_top, _faults);

    /// <summary>The same with everything in the other order.</summary>
    public string Reversed() => Text(Enumerable.Reverse(_top), Enumerable.Reverse(_faults));

    /// <summary>The same with a fault that never comes.</summary>
    public string WithStranger() => Text(_top, ["  aa: {of: etcd, every: never, repair: {takes: 1s}}", .. _faults]);

    private static string Text(IEnumerable<string> top, IEnumerable<string> faults) =>
        $"{string.Join('\n', top)}\nfaults:\n{string.Join('\n', faults)}\n";

    private static string Priorities(string[] zones) => string.Join(", ", zones.Take(2).Select((z, i) => $"{z}: {150 - (50 * i)}"));

    private string Fault(string name, string target, string[] states)
    {
        string at = string.Join(", ", Enumerable.Range(0, _random.Next(1, 3)).Select(_ => Seconds(60, 3600)));
        string lasts = $"lasts: {Seconds(1, 600)}";
        bool isLink = target == "zone-links";
        bool isDomain = isLink || target.StartsWith("zones", StringComparison.Ordinal) || target == "power";
        bool isProcess = !isDomain && !target.StartsWith("nodes", StringComparison.Ordinal);
        bool isEtcd = target.StartsWith("etcd", StringComparison.Ordinal);
        string state = isLink ? "partition" : isDomain ? "down" : isEtcd ? states[_random.Next(5)] : states[_random.Next(isProcess ? 2 : 1)];
        string direction = isLink ? $", direction: {new[] { "both", "one-way", "either" }[_random.Next(3)]}" : "";
        string end = state is "stall" or "slow(factor=5)" || isDomain || (state == "hang" && _random.Next(2) == 0)
            ? lasts : $"repair: {{takes: {Seconds(1, 600)}}}";
        return $"  {name}: {{of: {target}, at: [{at}], state: {state}{direction}, {end}}}";
    }

    private string Seconds(int low, int high) =>
        ((_random.Next(1000 * low, 1000 * high) / 1000.0) + _random.NextDouble()).ToString("F3", CultureInfo.InvariantCulture) + "s";
}
