using System.Globalization;
using FailoverSim.Scenario.Catalogue;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Values;
using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Scenario.Importing;

/// <summary>
/// Objects of the API in any packing: single, in lists, or in the data of kubeadm's ConfigMaps. Taken in the order of their names,
/// whatever that of the files.
/// </summary>
internal sealed class ObjectSource(Dump dump)
{
    private sealed record Found(string Kind, string Namespace, string Name, Fields Fields);

    private static readonly HashSet<string> Workloads = new(["Deployment", "StatefulSet", "DaemonSet"], StringComparer.Ordinal);

    /// <summary>Keys of kubeadm's ConfigMaps.</summary>
    private static readonly string[] Configurations = ["ClusterConfiguration", "kubelet"];

    private readonly List<Found> _found = [];

    /// <summary>Takes a document; false if it is no object of an API.</summary>
    public bool Add(YamlNode document)
    {
        if (document is YamlSequence several)
        {
            return several.Items.Count > 0 && several.Items.All(Add);
        }
        Fields fields = new(document, document.Mark, dump.Bag);
        if (document is not YamlMapping || fields.Text("kind") is not { Length: > 0 } kind)
        {
            return false;
        }
        if (fields.IsList("items") && kind.EndsWith("List", StringComparison.Ordinal))
        {
            // The items of a typed list, such as a NodeList, need not repeat their kind.
            AddItems(fields, kind[..^"List".Length]);
            return true;
        }
        Add(kind, fields);
        return true;
    }

    private void AddItems(Fields list, string kind)
    {
        foreach (Fields item in list.Maps("items"))
        {
            string? own = item.Text("kind");
            if (own is null && kind.Length == 0)
            {
                dump.Bag.Error(item.Mark, Codes.ImportShape, "this item of the list has no 'kind'", "give the objects as kubectl prints them");
            }
            else if (item.IsList("items"))
            {
                AddItems(item, (own ?? kind).Replace("List", "", StringComparison.Ordinal));
            }
            else
            {
                Add(own ?? kind, item);
            }
        }
    }

    private void Add(string kind, Fields fields)
    {
        Fields metadata = fields.Map("metadata");
        string name = metadata.Text("name") ?? "";
        if (name.Length == 0 && (Workloads.Contains(kind) || kind is "Node" or "PodDisruptionBudget"))
        {
            dump.Bag.Error(fields.Mark, Codes.ImportShape, $"a {kind} has no 'metadata.name'", "give the objects as kubectl prints them");
            return;
        }
        if (IsConfiguration(kind, fields))
        {
            AddData(fields.Map("data"));
        }
        _found.Add(new Found(kind, metadata.Text("namespace") ?? "default", name, fields));
    }

    private static bool IsConfiguration(string kind, Fields fields) => kind == "ConfigMap" && fields.Map("metadata").Text("namespace") == "kube-system"
        && Configurations.Any(fields.Map("data").Has);

    /// <summary>kubeadm keeps its configuration, and that of kubelets, in the cluster.</summary>
    private void AddData(Fields data)
    {
        foreach (string key in Configurations)
        {
            if (data.Scalar(key) is { } text)
            {
                // The block begins on the line below its key.
                Mark origin = text.Mark with { Line = text.Mark.Line + 1, Column = 1 };
                (IReadOnlyList<YamlNode> documents, Diagnostic? fault) = ForeignYaml.Read(text.Text, origin);
                foreach (Fields fields in documents.Select(document => new Fields(document, document.Mark, dump.Bag)))
                {
                    if (fields.Text("kind") is ("ClusterConfiguration" or "KubeletConfiguration") and { } kind)
                    {
                        _found.Add(new Found(kind, "default", "", fields));
                    }
                }
                if (fault is not null)
                {
                    dump.Bag.Add(fault);
                }
            }
        }
    }

    /// <summary>Takes what was added.</summary>
    public void Take()
    {
        IEnumerable<Found> once = _found
            .GroupBy(found => (found.Kind, found.Namespace, found.Name, Twin: IsMany(found) ? found.Fields.Mark : default))
            .Select(twins => twins.OrderByDescending(twin => Version(twin.Fields)).ThenBy(twin => twin.Fields.Mark.File, StringComparer.Ordinal)
                .ThenBy(twin => twin.Fields.Mark.Line).First())
            .OrderBy(found => found.Kind, StringComparer.Ordinal).ThenBy(found => found.Namespace, StringComparer.Ordinal)
            .ThenBy(found => found.Name, StringComparer.Ordinal).ThenBy(found => found.Fields.Mark.File, StringComparer.Ordinal)
            .ThenBy(found => found.Fields.Mark.Line);
        foreach (Found found in once)
        {
            Take(found);
        }
    }

    /// <summary>Manifests of static pods have the same name on all machines, and configurations none.</summary>
    private static bool IsMany(Found found) => found.Name.Length == 0 || (found.Kind == "Pod" && !found.Fields.Map("spec").Has("nodeName"));

    private static long Version(Fields fields) =>
        long.TryParse(fields.Map("metadata").Text("resourceVersion"), NumberStyles.None, CultureInfo.InvariantCulture, out long version) ? version : 0;

    private void Take(Found found)
    {
        Fields fields = found.Fields;
        switch (found.Kind)
        {
            case "Node":
                dump.Nodes.Add(NodeSource.Read(found.Name, fields));
                Fields info = fields.Map("status", "nodeInfo");
                dump.Versions.Add(Products.Kubernetes, info.Text("kubeletVersion"), 1);
                break;
            case "Deployment" or "StatefulSet" or "DaemonSet":
                TakeWorkload(found);
                break;
            case "PodDisruptionBudget":
                TakeBudget(found);
                break;
            case "Pod":
                TakePod(found);
                break;
            case "PersistentVolumeClaim":
                if (fields.Map("spec").Texts("accessModes").Any(mode => mode.Text is "ReadWriteMany" or "ReadOnlyMany"))
                {
                    dump.SharedClaims.Add($"{found.Namespace}/{found.Name}");
                }
                break;
            case "ClusterConfiguration":
                KubeadmSource.TakeCluster(fields, dump);
                break;
            case "InitConfiguration" or "JoinConfiguration":
                dump.IsKubeadm = true;
                break;
            case "KubeletConfiguration":
                KubeadmSource.TakeKubelet(fields, dump);
                break;
            case "KubeSchedulerConfiguration":
                KubeadmSource.TakeScheduler(fields, dump);
                break;
            case "ConfigMap" when IsConfiguration(found.Kind, fields):
                break;
            default:
                dump.Unused.Add(dump.IsAnonymous && !IsBuiltIn(fields) ? "object of a custom kind" : ValueKind.Shown(found.Kind));
                break;
        }
    }

    /// <summary>Groups of custom kinds have a domain; those of Kubernetes have none, or its own.</summary>
    private static bool IsBuiltIn(Fields fields)
    {
        string? group = fields.Text("apiVersion")?.Split('/')[0];
        return group is not null && (!group.Contains('.', StringComparison.Ordinal) || group.EndsWith(".k8s.io", StringComparison.Ordinal));
    }

    private void TakeWorkload(Found found)
    {
        Fields spec = found.Fields.Map("spec"), template = spec.Map("template");
        if (!template.Exists)
        {
            dump.Bag.Error(found.Fields.Mark, Codes.ImportShape, $"the {found.Kind} '{ValueKind.Shown(found.Name)}' has no 'spec.template'",
                "give the objects as kubectl prints them");
            return;
        }
        (string? component, _) = template.Map("spec").Maps("containers").Select(StaticPodSource.ComponentOf)
            .FirstOrDefault(named => named.Component is "vip" or "cloud-controller-manager");
        if (component is not null && StaticPodSource.Take(template, null, dump))
        {
            return;
        }
        if (found.Kind == "DaemonSet")
        {
            CniSource.Take(template, dump);
        }
        int replicas = found.Kind == "DaemonSet" ? 1 : spec.Whole("replicas") ?? 1;
        if (replicas == 0)
        {
            dump.Unused.Add($"{found.Kind} without replicas");
            return;
        }
        if (replicas > ImportLimits.MostReplicas)
        {
            dump.Bag.Error(spec.Scalar("replicas")!.Mark, Codes.ImportValue, $"'replicas' is {replicas}",
                FormattableString.Invariant($"write at most {ImportLimits.MostReplicas}"));
            return;
        }
        PodFacts pod = PodSource.Read(template, dump.Unused);
        bool hasVolumes = found.Kind == "StatefulSet" && spec.Maps("volumeClaimTemplates").Count > 0;
        WorkloadFacts workload = new(found.Kind, found.Namespace, found.Name, replicas, pod, hasVolumes, found.Fields.Mark);
        (found.Kind == "DaemonSet" ? dump.DaemonSets : dump.Workloads).Add(workload);
    }

    private void TakeBudget(Found found)
    {
        Fields spec = found.Fields.Map("spec");
        string? least = Share("minAvailable"), most = Share("maxUnavailable");
        dump.Budgets.Add(new BudgetFacts(found.Namespace, found.Name, PodSource.Selector(spec.Map("selector")), least, most, found.Fields.Mark));

        string? Share(string key)
        {
            if (spec.Scalar(key) is not { } text)
            {
                return null;
            }
            string digits = text.Text.EndsWith('%') ? text.Text[..^1] : text.Text;
            int most = digits == text.Text ? ReplicasKind.Most : 100;
            if (int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= most)
            {
                return text.Text;
            }
            dump.Bag.Error(text.Mark, Codes.ImportValue, $"'{key}' is '{ValueKind.Shown(text.Text)}'",
                "write a whole number or a percentage up to 100%");
            return null;
        }
    }

    private void TakePod(Found found)
    {
        Fields metadata = found.Fields.Map("metadata");
        Fields? owner = metadata.Maps("ownerReferences") is [var first, ..] ? first : null;
        string kind = owner?.Text("kind") ?? "Node";
        if (kind != "Node")
        {
            dump.Owners.Add((found.Namespace, kind, owner!.Text("name") ?? ""));
            return;
        }
        bool isSystem = found.Namespace == "kube-system" || !metadata.Has("namespace");
        if (!isSystem || !StaticPodSource.Take(found.Fields, found.Fields.Map("spec").Text("nodeName"), dump))
        {
            dump.Unused.Add("Pod without a controller");
        }
    }
}
