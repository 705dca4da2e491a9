using FailoverSim.Scenario.Reading;

namespace FailoverSim.Scenario.Output;

/// <summary>A value of the resolved scenario and where it comes from.</summary>
/// <param name="Path">Dotted path, as <c>--set</c> takes it.</param>
/// <param name="Value">As written.</param>
/// <param name="Source"><c>file.yaml:12</c>, <c>--set</c>, <c>default</c>, or <c>default: </c> and the catalogue's source.</param>
public sealed record ValueSource(string Path, string Value, string Source);

/// <summary>Lists every single value with its source.</summary>
internal static class ValueSources
{
    public static IReadOnlyList<ValueSource> Of(BoundMapping file) => [.. Below("", file)];

    private static IEnumerable<ValueSource> Below(string path, Bound value) => value switch
    {
        BoundScalar scalar => [new ValueSource(path, scalar.Source.Text, scalar.Mark.Source)],
        BoundList list => [new ValueSource(path, string.Join(", ", list.Items.Select(item => item.Source.Text)), list.Mark.Source)],
        BoundMap map => map.Items.SelectMany(item => Below($"{path}.{item.Name}", item.Value)),
        BoundNamed named => named.Items.SelectMany(item => Below($"{path}.{item.Name}", item.Value)),
        BoundMapping mapping => mapping.Entries.Select(entry => (entry.Key.Name, entry.Value))
            .Concat(mapping.Others.Select(other => (other.Name, other.Value)))
            .SelectMany(child => Below(path.Length == 0 ? child.Name : $"{path}.{child.Name}", child.Value)),
        _ => [],
    };
}
