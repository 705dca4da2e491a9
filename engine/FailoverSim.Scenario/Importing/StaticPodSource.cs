using FailoverSim.Scenario.Catalogue;
using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Scenario.Importing;

/// <summary>Pods that are the control plane: manifests of static pods, and their mirrors among the pods of a dump.</summary>
internal static class StaticPodSource
{
    private static readonly (string Program, string Component)[] Programs =
    [
        ("etcd", "etcd"), ("kube-apiserver", "apiserver"), ("kube-controller-manager", "controller-manager"), ("kube-scheduler", "scheduler"),
        ("kube-vip", "vip"), ("haproxy", "haproxy"), ("keepalived", "keepalived"),
    ];

    /// <summary>The component that a container is, by its program or its image, and the tag of the image.</summary>
    public static (string? Component, string? Tag) ComponentOf(Fields container)
    {
        string image = container.Text("image")?.Split('@')[0] ?? "";
        string[] repository = image[(image.LastIndexOf('/') + 1)..].Split(':');
        string program = container.Texts("command") is [var first, ..] ? first.Text : "";
        string? component = Named(program[(program.LastIndexOf('/') + 1)..]) ?? Named(repository[0]);
        return (component, repository.Length > 1 ? repository[1] : null);

        static string? Named(string name)
        {
            string plain = name.StartsWith("hardened-", StringComparison.Ordinal) ? name["hardened-".Length..] : name;
            return plain.EndsWith("cloud-controller-manager", StringComparison.Ordinal) ? "cloud-controller-manager"
                : Array.Find(Programs, known => known.Program == plain).Component;
        }
    }

    /// <summary>Takes the components of a pod; whether there was one.</summary>
    public static bool Take(Fields pod, string? node, Dump dump)
    {
        Fields spec = pod.Map("spec");
        bool isOne = false, isCounted = false;
        foreach (Fields container in spec.Maps("containers"))
        {
            if (ComponentOf(container) is not ({ } component, var tag))
            {
                continue;
            }
            isOne = true;
            if (component == "vip" && !KubeVipSource.Take(container, dump))
            {
                continue;
            }
            Product? product = component switch
            {
                "etcd" => Products.Etcd,
                "vip" => Products.KubeVip,
                "haproxy" => Products.Haproxy,
                "keepalived" => Products.Keepalived,
                "cloud-controller-manager" => null,
                _ => Products.Kubernetes,
            };
            if (product is not null)
            {
                dump.Versions.Add(product, tag, 3);
            }
            List<(string Flag, YamlScalar Value)> flags =
                [.. ComponentFlags.Of(container.Texts("command").Concat(container.Texts("args"))), .. Variables(container, component)];
            // The request is the pod's, however many components it runs.
            dump.Components.Add(new ComponentFacts(component, node, Instance(flags), Request("cpu"), Request("memory")));
            isCounted = true;
            TakeMembers(component, flags, dump);
            TakeLiveness(component, container, dump);
            ComponentFlags.Take(component, flags, Closeness.Running, dump.Settings, dump.Unused);
        }
        return isOne;

        decimal Request(string resource) => isCounted ? 0 : PodSource.Request(spec, resource);
    }

    /// <summary>etcd takes its flags as variables, too: <c>ETCD_HEARTBEAT_INTERVAL</c>.</summary>
    private static IEnumerable<(string Flag, YamlScalar Value)> Variables(Fields container, string component)
    {
        const string prefix = "ETCD_";
        foreach (Fields variable in component == "etcd" ? container.Maps("env") : [])
        {
            if (variable.Text("name") is { } name && name.StartsWith(prefix, StringComparison.Ordinal) && variable.Scalar("value") is { } value)
            {
                yield return (name[prefix.Length..].ToLowerInvariant().Replace('_', '-'), value);
            }
        }
    }

    private static string? Instance(List<(string Flag, YamlScalar Value)> flags) =>
        flags.FirstOrDefault(flag => flag.Flag is "advertise-address" or "initial-advertise-peer-urls").Value?.Text;

    private static void TakeMembers(string component, List<(string Flag, YamlScalar Value)> flags, Dump dump)
    {
        foreach ((string flag, YamlScalar value) in flags)
        {
            string[] parts = value.Text.Split(',', StringSplitOptions.RemoveEmptyEntries);
            if (component == "etcd" && flag == "initial-cluster")
            {
                dump.EtcdMembers = Math.Max(dump.EtcdMembers, parts.Length);
            }
            else if (component == "apiserver" && flag == "etcd-servers")
            {
                string?[] own = ["127.0.0.1", "localhost", "[::1]", Instance(flags), $"[{Instance(flags)}]"];
                bool isLocal = parts.Length == 1 && own.Any(host => parts[0].Contains($"//{host}:", StringComparison.Ordinal));
                dump.AsksAllMembers = !isLocal || dump.AsksAllMembers == true;
                dump.EtcdMembers = Math.Max(dump.EtcdMembers, isLocal ? 0 : parts.Length);
            }
        }
    }

    /// <summary>Some distributions leave etcd out of what restarts an apiserver.</summary>
    private static void TakeLiveness(string component, Fields container, Dump dump)
    {
        if (component == "apiserver" && container.Map("livenessProbe", "httpGet").Scalar("path") is { } path
            && path.Text.Contains("exclude=etcd", StringComparison.Ordinal))
        {
            dump.Settings.Add("apiserver.liveness-includes-etcd", "false", "livenessProbe", path.Mark);
        }
    }
}
