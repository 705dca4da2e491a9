using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FailoverSim.Scenario.Diagnostics;

namespace FailoverSim.Scenario.Values;

/// <summary>What a fault strikes, as written.</summary>
/// <param name="Head">What stands before the dot or <c>@</c>: <c>nodes</c>, <c>zones</c>, a component.</param>
/// <param name="Name">What stands behind the dot: a name, <c>*</c> or a role; null if there is none.</param>
/// <param name="Machine">What stands behind <c>@</c>; null if there is none.</param>
/// <param name="NameIndex">Place of <paramref name="Name"/> or <paramref name="Machine"/> in the text.</param>
internal sealed record SelectorText(string Head, string? Name, string? Machine, int NameIndex)
{
    public override string ToString() => Machine is not null ? $"{Head}@{Machine}" : Name is not null ? $"{Head}.{Name}"
        : Head;
}

/// <summary><c>nodes.cp</c>, <c>zones.a</c>, <c>etcd@cp-1</c>, <c>etcd.leader</c>.</summary>
internal sealed partial class SelectorKind : ValueKind<SelectorText>
{
    public override string Noun => "a selector";
    public override string Example => "nodes.cp";
    public override DiagnosticCode Code => Codes.BadSelector;

    public override JsonObject Schema() => TextSchema(
        @"^[a-z0-9-]+((\.([a-z0-9-]+|\*))*|@[a-z0-9-]+)$", Example, "zones", "zone-links", "etcd@cp-1", "etcd.leader");

    public override SelectorText Read(TextCursor cursor, FieldContext field)
    {
        string written = cursor.Rest.TrimEnd();
        var match = Form().Match(written);
        if (!match.Success)
        {
            throw cursor.Fault(Codes.BadSelector, $"'{Shown(written)}' is not a selector",
                "write like nodes.cp, nodes.cp-1, zones, zones.a, zone-links, power, etcd, etcd@cp-1, etcd.leader or workloads.NAME");
        }
        cursor.TryTake(written);
        var name = match.Groups["name"];
        var machine = match.Groups["machine"];
        return new SelectorText(match.Groups["head"].Value, name.Success ? name.Value : null,
            machine.Success ? machine.Value : null, name.Success ? name.Index : machine.Success ? machine.Index : 0);
    }

    public override string Write(SelectorText value) => value.ToString();

    [GeneratedRegex(@"\A(?<head>[a-z0-9][a-z0-9-]*)(\.(?<name>[a-z0-9][a-z0-9-]*(\.[a-z0-9][a-z0-9-]*)*|\*)|@(?<machine>[a-z0-9][a-z0-9-]*))?\z")]
    private static partial Regex Form();
}
