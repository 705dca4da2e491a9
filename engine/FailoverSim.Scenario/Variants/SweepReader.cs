using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Language;
using FailoverSim.Scenario.Output;
using FailoverSim.Scenario.Reading;
using FailoverSim.Scenario.Specification;
using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Scenario.Variants;

/// <summary>Reads one sweep: a path with its values, or a grid of several.</summary>
internal sealed class SweepReader(VariantComposer composer, DiagnosticBag bag)
{
    /// <summary>One thing that is varied, and what it is set to in turn.</summary>
    private sealed record Axis(NodePath Path, IReadOnlyList<YamlNode> Values);

    /// <summary>Null after a finding that leaves nothing to sweep.</summary>
    public SweepSpec? Read(NamedItem sweep)
    {
        if (AxesOf(sweep) is not { Count: > 0 } axes)
        {
            return null;
        }
        long points = axes.Aggregate(1L, (product, axis) => Math.Min(long.MaxValue / 10_000, product * axis.Values.Count));
        if (points > VariantComposer.MostVariants)
        {
            bag.Error(sweep.Mark, Codes.TooManyVariants, FormattableString.Invariant($"the sweep '{sweep.Name}' has {points:N0} points"),
                "sweep fewer values, or in two sweeps");
            return null;
        }
        var ties = ((sweep.Value.Find(StudyKeys.Tie) as BoundFree)?.Node as YamlMapping)?.Entries ?? [];
        if (axes.Count > 1 && ties.Count > 0)
        {
            bag.Error(ties[0].Key.Mark, Codes.BadTie, $"'{ties[0].Key.Text}' cannot follow several values",
                "write it into the grid, or sweep one path");
            return null;
        }
        return new SweepSpec(sweep.Name, [.. axes.Select(axis => axis.Path.Text)],
            [.. Combinations(axes).Select(values => Point(sweep.Name, axes, values, ties)).OfType<SweepPoint>()]);
    }

    private SweepPoint? Point(string sweep, IReadOnlyList<Axis> axes, IReadOnlyList<YamlNode> values, IReadOnlyList<YamlEntry> ties)
    {
        List<Replacement> replacements =
            [.. axes.Zip(values, (axis, value) => new Replacement(value.Mark, axis.Path, value))];
        foreach (var tie in ties)
        {
            if (TiedValue.Of(tie, values[0], bag) is { } tied)
            {
                replacements.Add(new Replacement(tie.Key.Mark, new NodePath(tie.Key), tied));
            }
        }
        SweptValue[] swept = [.. values.Select(value => new SweptValue(YamlText.Flow(value), SweptAmount.Of(value)))];
        string name = $"{sweep}={string.Join(',', swept.Select(value => value.Text))}";
        return composer.Compose(name, values[0].Mark, composer.BaseRoot, replacements) is { } variant
            ? new SweepPoint(swept, variant) : null;
    }

    /// <summary>The last axis goes round fastest.</summary>
    private static IEnumerable<IReadOnlyList<YamlNode>> Combinations(IReadOnlyList<Axis> axes) =>
        axes.Aggregate<Axis, IEnumerable<IReadOnlyList<YamlNode>>>(
            [[]], (done, axis) => done.SelectMany(values => axis.Values, (values, value) => (IReadOnlyList<YamlNode>)[.. values, value]));

    private List<Axis>? AxesOf(NamedItem sweep)
    {
        var grid = (sweep.Value.Find(StudyKeys.Grid) as BoundFree)?.Node as YamlMapping;
        if (!sweep.Value.IsKnown || sweep.Value.IsUnreadable(StudyKeys.Grid))
        {
            return null;
        }
        if (grid is not null)
        {
            return GridOf(sweep, grid);
        }
        foreach (Key key in new[] { StudyKeys.Path, StudyKeys.Values })
        {
            if (!sweep.Value.Has(key))
            {
                bag.Error(sweep.Mark, Codes.MissingKey, $"'{sweep.Name}' has no '{key.Name}'",
                    key == StudyKeys.Path ? "add 'path: units.pump.count', or a 'grid'" : "add 'values: [A, B]'");
            }
        }
        return sweep.Value.Scalar(StudyKeys.Path)?.Source is { } path
            && (sweep.Value.Find(StudyKeys.Values) as BoundFree)?.Node is { } values
            && AxisOf(sweep.Name, path, values) is { } axis ? [axis] : null;
    }

    private List<Axis>? GridOf(NamedItem sweep, YamlMapping grid)
    {
        if (sweep.Value.IsWritten(StudyKeys.Path) || sweep.Value.IsWritten(StudyKeys.Values))
        {
            bag.Error(sweep.Value.KeyMark(StudyKeys.Grid), Codes.BadGrid, $"the sweep '{sweep.Name}' has a 'grid' beside 'path' or 'values'",
                "write the path into the grid: {PATH: [A, B]}");
            return null;
        }
        if (grid.Entries.Count == 0)
        {
            bag.Error(grid.Mark, Codes.EmptyCollection, $"the grid of '{sweep.Name}' is empty", "write {PATH: [A, B], PATH: [C, D]}");
        }
        Axis?[] axes = [.. grid.Entries.Select(entry => AxisOf(sweep.Name, entry.Key, entry.Value))];
        return axes.Contains(null) ? null : [.. axes.OfType<Axis>()];
    }

    private Axis? AxisOf(string sweep, YamlScalar pathSource, YamlNode written)
    {
        var path = new NodePath(pathSource);
        if (new PathResolver(composer.BaseRoot, bag).Resolve(path, inStudy: true).Count == 0)
        {
            // Told once at the path, not again at each value.
            return null;
        }
        var values = written switch
        {
            YamlSequence list => list.Items,
            YamlScalar range => SweptRange.Of(range, bag),
            _ => null,
        };
        if (values is null && written is not YamlScalar)
        {
            bag.Error(written.Mark, Codes.WrongShape, $"'{pathSource.Text}' takes a list of values, not {written.Noun}", "write [A, B]");
        }
        if (values is { Count: 0 })
        {
            bag.Error(written.Mark, Codes.EmptyCollection, $"the sweep '{sweep}' has no values", "write at least one, such as [15d, 30d]");
        }
        return values is { Count: > 0 } ? new Axis(path, values) : null;
    }
}
