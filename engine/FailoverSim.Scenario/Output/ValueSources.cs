using FailoverSim.Scenario.Language;
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
    /// <param name="file">Typed values.</param>
    /// <param name="drawn">What was drawn, behind everything that is written.</param>
    public static IReadOnlyList<ValueSource> Of(BoundMapping file, IReadOnlyList<DrawnValues> drawn) =>
        [.. Below("", file), .. drawn.SelectMany(copy => copy.Values.Select(value =>
            new ValueSource($"{ScenarioKeys.Workloads.Name}.{copy.Name}.{value.Key}", value.Value, copy.Source)))];

    private static IEnumerable<ValueSource> Below(string path, Bound value) => value switch
    {
        BoundScalar scalar => [new ValueSource(path, scalar.Source.Text, scalar.Mark.Source)],
        BoundList list => [new ValueSource(path, string.Join(", ", list.Items.Select(item => item.Source.Text)), list.Mark.Source)],
        BoundMap map => map.Items.SelectMany(item => Below($"{path}.{item.Name}", item.Value)),
        BoundNamed named => named.Items.SelectMany(item => Below($"{path}.{item.Name}", item.Value)),
        BoundRecords { IsFlat: false, Items: [var only] } => Below(path, only),
        BoundRecords { IsFlat: false } records => records.Items.SelectMany((item, i) => Below(FormattableString.Invariant($"{path}[{i + 1}]"), item)),
        BoundMapping mapping => mapping.Entries.Select(entry => (entry.Key.Name, entry.Value))
            .Concat(mapping.Others.Select(other => (other.Name, other.Value)))
            .SelectMany(child => Below(path.Length == 0 ? child.Name : $"{path}.{child.Name}", child.Value)),
        _ => [],
    };
}
