using System.Text.Json.Nodes;
using FailoverSim.Scenario.Diagnostics;

namespace FailoverSim.Scenario.Values;

/// <summary>What a service asks: <c>apiserver.write</c>, <c>etcd.leader</c>, <c>workload web</c> …</summary>
internal sealed class ProbeKind : ValueKind<string>
{
    private static readonly string[] Probes =
    [
        "apiserver.write", "apiserver.read", "controller-manager.acting", "scheduler.acting",
        "cloud-controller-manager.acting", "etcd.write", "etcd.leader", "vip.held", NodeNetwork, Dns,
    ];

    /// <summary>What asks a workload, whose name follows.</summary>
    public const string Workload = "workload";

    public const string NodeNetwork = "node-network";

    /// <summary>Lookups of names; also what a workload is found through.</summary>
    public const string Dns = "dns";

    public override string Noun => "a probe";
    public override string Example => Probes[0];
    public override DiagnosticCode Code => Codes.UnknownWord;

    public override JsonObject Schema() =>
        new()
        {
            ["anyOf"] = new JsonArray(
                new JsonObject { ["enum"] = new JsonArray([.. Probes.Select(probe => (JsonNode)probe)]) },
                TextSchema(@"^workload\s+[a-z0-9][a-z0-9-]*$", "workload web")),
        };

    public override string Read(TextCursor cursor, FieldContext field)
    {
        string written = cursor.Rest.TrimEnd();
        if (written.Split([' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries) is [Workload, var name])
        {
            if (!NameKind.IsName(name))
            {
                throw cursor.Fault(Codes.BadName, $"'{Shown(name)}' is not a name", NameKind.Proposal(name));
            }
            cursor.TryTake(written);
            return $"{Workload} {name}";
        }
        if (!Probes.Contains(written, StringComparer.Ordinal))
        {
            throw cursor.Fault(Codes.UnknownWord, $"'{field.Field}' cannot be '{Shown(written)}'",
                Suggestion.For(written, [.. Probes, "workload NAME"], ""));
        }
        cursor.TryTake(written);
        return written;
    }

    public override string Write(string value) => value;
}
