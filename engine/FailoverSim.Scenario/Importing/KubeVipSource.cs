using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Scenario.Importing;

/// <summary>kube-vip's container, which is set by variables.</summary>
internal static class KubeVipSource
{
    private static readonly (string Variable, string Path)[] Durations =
    [
        ("vip_leaseduration", "vip.lease.duration"), ("vip_renewdeadline", "vip.lease.renew-deadline"), ("vip_retryperiod", "vip.lease.retry"),
    ];

    /// <summary>Takes its settings; false if it does not hold the address of the apiservers, but those of Services.</summary>
    public static bool Take(Fields container, Dump dump)
    {
        Dictionary<string, YamlScalar> variables = new(StringComparer.Ordinal);
        foreach (Fields variable in container.Maps("env"))
        {
            if (variable.Text("name") is { } name && variable.Scalar("value") is { } value)
            {
                variables[name] = value;
            }
        }
        if (variables.TryGetValue("cp_enable", out YamlScalar? enabled) && enabled.Text.Equals("false", StringComparison.OrdinalIgnoreCase))
        {
            dump.Unused.Add("kube-vip for Services");
            return false;
        }
        foreach ((string variable, string path) in Durations)
        {
            if (variables.TryGetValue(variable, out YamlScalar? text))
            {
                dump.Settings.Read(path, variable, text, value => ForeignValues.Duration(value, 1e9m), "15 (seconds)");
            }
        }
        bool isBgp = Is("bgp_enable") && !Is("vip_arp");
        YamlScalar? kind = variables.GetValueOrDefault(isBgp ? "bgp_enable" : "vip_arp");
        dump.Settings.Add("vip.kind", isBgp ? "kube-vip-bgp" : "kube-vip-arp", isBgp ? "bgp_enable" : "vip_arp", kind?.Mark ?? container.Mark);
        dump.HasEndpoint = true;
        return true;

        bool Is(string variable) => variables.TryGetValue(variable, out YamlScalar? value) && value.Text.Equals("true", StringComparison.OrdinalIgnoreCase);
    }
}
