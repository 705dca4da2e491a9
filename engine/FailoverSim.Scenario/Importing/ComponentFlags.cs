using System.Globalization;
using FailoverSim.Scenario.Values;
using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Scenario.Importing;

/// <summary>Flags of the control plane's processes that the language knows, however they were handed over.</summary>
internal static class ComponentFlags
{
    private static Form Milliseconds { get; } = new(text => ForeignValues.Duration(text, 1e6m), "100 (milliseconds)");
    private static Form Seconds { get; } = new(text => ForeignValues.Duration(text, 1e9m), "300 (seconds)");
    private static Form Duration { get; } = new(text => ForeignValues.Duration(text, 0), "15s");
    private static Form Truth { get; } = new(text => bool.TryParse(text, out bool truth) ? truth ? "true" : "false" : null, "true");
    private static Form Whole { get; } = new(text =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong n) ? n.ToString(CultureInfo.InvariantCulture) : null, "10000");
    private static Form PerSecond { get; } = new(text => Number(text) is { } n ? NumberText.Write(n) + "/s" : null, "0.1");
    private static Form Share { get; } = new(text => Number(text) is > 0 and <= 1 and var n ? NumberText.Write(n * 100) + "%" : null, "0.55");

    /// <summary>Flag, key below the component, form. Below the forms, which must be there when it is made.</summary>
    private static readonly Dictionary<string, (string Flag, string Key, Form Form)[]> Known = new(StringComparer.Ordinal)
    {
        ["etcd"] =
        [
            ("heartbeat-interval", "heartbeat", Milliseconds), ("election-timeout", "election-timeout", Milliseconds), ("pre-vote", "pre-vote", Truth),
            ("snapshot-count", "snapshot-count", Whole), ("snapshot-catchup-entries", "snapshot-catchup-entries", Whole),
            ("experimental-snapshot-catchup-entries", "snapshot-catchup-entries", Whole),
            ("initial-election-tick-advance", "initial-election-tick-advance", Truth),
        ],
        ["apiserver"] =
        [
            ("default-not-ready-toleration-seconds", "default-not-ready-toleration-seconds", Seconds),
            ("default-unreachable-toleration-seconds", "default-unreachable-toleration-seconds", Seconds),
            ("shutdown-delay-duration", "shutdown-delay-duration", Duration),
        ],
        ["controller-manager"] =
        [
            .. Lease(), ("node-monitor-period", "node-monitor-period", Duration), ("node-monitor-grace-period", "node-monitor-grace-period", Duration),
            ("node-eviction-rate", "node-eviction-rate", PerSecond), ("secondary-node-eviction-rate", "secondary-node-eviction-rate", PerSecond),
            ("large-cluster-size-threshold", "large-cluster-size-threshold", Whole), ("unhealthy-zone-threshold", "unhealthy-zone-threshold", Share),
        ],
        ["scheduler"] =
        [
            .. Lease(), ("pod-max-in-unschedulable-pods-duration", "pod-max-in-unschedulable-pods-duration", Duration),
        ],
        ["cloud-controller-manager"] =
        [
            .. Lease(), ("node-monitor-period", "node-monitor-period", Duration), ("route-reconciliation-period", "route-reconciliation-period", Duration),
        ],
    };

    /// <summary>Takes those flags that the language has a key for, and counts the others.</summary>
    public static void Take(
        string component, IEnumerable<(string Flag, YamlScalar Value)> flags, Closeness closeness, FoundSettings settings, UnusedKinds unused)
    {
        if (!Known.TryGetValue(component, out (string Flag, string Key, Form Form)[]? known))
        {
            return;
        }
        foreach ((string flag, YamlScalar value) in flags)
        {
            (string name, string key, Form form) = known.FirstOrDefault(entry => entry.Flag == flag);
            if (name is null)
            {
                unused.Add($"flag of {component}");
            }
            else
            {
                settings.Read($"{component}.{key}", $"--{flag}", value, form.Read, form.Example, closeness);
            }
        }
    }

    /// <summary>Flags of a command line: <c>--name=value</c>, <c>--name value</c> or <c>--name</c>; also within the text of a shell.</summary>
    public static IEnumerable<(string Flag, YamlScalar Value)> Of(IEnumerable<YamlScalar> words)
    {
        List<YamlScalar> parts = [.. words.SelectMany(word => word.Text.StartsWith('-') || !word.Text.Contains(" --", StringComparison.Ordinal)
            ? [word]
            : word.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(part => YamlScalar.Of(word.Mark, part)))];
        for (int i = 0; i < parts.Count; i++)
        {
            if (!parts[i].Text.StartsWith("--", StringComparison.Ordinal))
            {
                continue;
            }
            string text = parts[i].Text[2..];
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            bool isApart = equals < 0 && i + 1 < parts.Count && !parts[i + 1].Text.StartsWith('-');
            string value = equals >= 0 ? text[(equals + 1)..] : isApart ? parts[i + 1].Text : "true";
            yield return (equals >= 0 ? text[..equals] : text, YamlScalar.Of(parts[isApart ? i + 1 : i].Mark, value));
        }
    }

    private static (string, string, Form)[] Lease() =>
    [
        ("leader-elect-lease-duration", "lease.duration", Duration), ("leader-elect-renew-deadline", "lease.renew-deadline", Duration),
        ("leader-elect-retry-period", "lease.retry", Duration),
    ];

    private static decimal? Number(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) && number is >= 0 and < 1_000_000 ? number : null;

    private sealed record Form(Func<string, string?> Read, string Example);
}
