using System.Text.Json.Nodes;
using FailoverSim.Scenario.Diagnostics;

namespace FailoverSim.Scenario.Values;

/// <summary>What a service asks: <c>apiserver.write</c>, <c>etcd.leader</c> …</summary>
internal sealed class ProbeKind : ValueKind<string>
{
    private static readonly string[] Probes =
    [
        "apiserver.write", "apiserver.read", "controller-manager.acting", "scheduler.acting",
        "cloud-controller-manager.acting", "etcd.write", "etcd.leader", "vip.held",
    ];

    private static readonly string[] Later = ["node-network", "workload"];

    public override string Noun => "a probe";
    public override string Example => Probes[0];
    public override DiagnosticCode Code => Codes.UnknownWord;

    public override JsonObject Schema() =>
        new() { ["enum"] = new JsonArray([.. Probes.Select(probe => (JsonNode)probe)]) };

    public override string Read(TextCursor cursor, FieldContext field)
    {
        string written = cursor.Rest.TrimEnd();
        if (Later.Contains(written.Split(' ')[0], StringComparer.Ordinal))
        {
            throw cursor.Fault(Codes.NotSimulatedYet,
                $"the probe '{Shown(written)}' is part of the language but not simulated by this version yet",
                $"write one of {string.Join(", ", Probes)}");
        }
        if (!Probes.Contains(written, StringComparer.Ordinal))
        {
            throw cursor.Fault(Codes.UnknownWord, $"'{field.Field}' cannot be '{Shown(written)}'",
                Suggestion.For(written, Probes, ""));
        }
        cursor.TryTake(written);
        return written;
    }

    public override string Write(string value) => value;
}
