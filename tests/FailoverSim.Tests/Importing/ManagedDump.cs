using System.Text.Json;
using System.Text.Json.Nodes;

namespace FailoverSim.Tests.Importing;

/// <summary>What kubectl would print of a managed cluster: a list in JSON, in an order that may be changed.</summary>
internal sealed class ManagedDump
{
    private readonly List<JsonObject> _items = [];
    private readonly Dictionary<string, int> _zones = new(StringComparer.Ordinal);

    /// <param name="nodes">A fifth of them spot machines, over three zones.</param>
    /// <param name="workloads">Deployments, each third of them with a budget.</param>
    /// <param name="prefix">Of every name in the dump.</param>
    public ManagedDump(int nodes, int workloads, string prefix = "")
    {
        for (int i = 0; i < nodes; i++)
        {
            string zone = $"{prefix}eu-west-1{"abc"[i % 3]}";
            _zones[zone] = _zones.GetValueOrDefault(zone) + 1;
            bool isSpot = i % 5 == 4;
            _items.Add(new JsonObject
            {
                ["apiVersion"] = "v1",
                ["kind"] = "Node",
                ["metadata"] = new JsonObject
                {
                    ["name"] = $"{prefix}ip-10-0-{i}.internal",
                    ["labels"] = new JsonObject
                    {
                        ["eks.amazonaws.com/nodegroup"] = prefix + (isSpot ? "spot" : "general"),
                        ["eks.amazonaws.com/capacityType"] = isSpot ? "SPOT" : "ON_DEMAND",
                        ["node.kubernetes.io/instance-type"] = "m6i.2xlarge",
                        ["topology.kubernetes.io/zone"] = zone,
                        ["kubernetes.io/hostname"] = $"{prefix}ip-10-0-{i}.internal",
                    },
                    ["annotations"] = new JsonObject { ["note"] = "\"quoted\" \u2603 \\ 😀 / {{ }}" },
                },
                ["spec"] = new JsonObject { ["providerID"] = $"aws:///eu-west-1a/{prefix}i-{i:x8}" },
                ["status"] = new JsonObject
                {
                    ["allocatable"] = new JsonObject { ["cpu"] = "7910m", ["memory"] = $"{31_482_000 - i}Ki", ["pods"] = "58" },
                    ["nodeInfo"] = new JsonObject { ["kubeletVersion"] = "v1.32.3-eks-473151a" },
                },
            });
        }
        for (int i = 0; i < workloads; i++)
        {
            string name = $"{prefix}app-{i}x";
            Replicas[name] = 1 + (i % 4);
            JsonObject labels = new() { ["app"] = name };
            _items.Add(new JsonObject
            {
                ["apiVersion"] = "apps/v1",
                ["kind"] = "Deployment",
                ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = $"{prefix}team-{i % 3}" },
                ["spec"] = new JsonObject
                {
                    ["replicas"] = Replicas[name],
                    ["selector"] = new JsonObject { ["matchLabels"] = labels.DeepClone() },
                    ["template"] = new JsonObject
                    {
                        ["metadata"] = new JsonObject { ["labels"] = labels.DeepClone() },
                        ["spec"] = new JsonObject
                        {
                            ["containers"] = new JsonArray(new JsonObject
                            {
                                ["name"] = name,
                                ["image"] = $"{prefix}registry/{name}:1",
                                ["resources"] = new JsonObject { ["requests"] = new JsonObject { ["cpu"] = "250m", ["memory"] = "512Mi" } },
                            }),
                        },
                    },
                },
            });
            if (i % 3 == 0)
            {
                _items.Add(new JsonObject
                {
                    ["apiVersion"] = "policy/v1",
                    ["kind"] = "PodDisruptionBudget",
                    ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = $"{prefix}team-{i % 3}" },
                    ["spec"] = new JsonObject { ["maxUnavailable"] = 1, ["selector"] = new JsonObject { ["matchLabels"] = labels.DeepClone() } },
                });
            }
        }
    }

    /// <summary>By name of workload.</summary>
    public Dictionary<string, int> Replicas { get; } = new(StringComparer.Ordinal);

    public int NodesIn(string zone) => _zones[zone];

    public int Count => _items.Count;

    /// <param name="order">Numbers of the items; null: as they were made.</param>
    public string Json(IEnumerable<int>? order = null) => new JsonObject
    {
        ["apiVersion"] = "v1",
        ["items"] = new JsonArray([.. (order ?? Enumerable.Range(0, Count)).Select(i => _items[i].DeepClone())]),
        ["kind"] = "List",
    }.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
}
