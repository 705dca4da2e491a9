using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Files;
using FailoverSim.Scenario.Language;
using FailoverSim.Scenario.Reading;
using FailoverSim.Scenario.Specification;
using FailoverSim.Scenario.Values;
using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Scenario.Variants;

/// <summary>Reads <c>compare</c>, <c>sweep</c> and <c>sensitivity</c>: every variant is composed and
/// validated.</summary>
internal sealed class StudyReader(VariantComposer composer, FilesBeside beside, DiagnosticBag bag)
{
    private readonly Dictionary<string, YamlMapping?> _others = new(StringComparer.Ordinal);

    private const string Relative = "write the path of a scenario relative to this one";

    /// <summary>What could be read; whatever is missing from it has a finding.</summary>
    public StudySpec Read(BoundMapping file)
    {
        List<Alternative> alternatives = [.. file.Named(ScenarioKeys.Compare).Select(Compare).OfType<Alternative>()];
        List<SweepSpec> sweeps = [.. file.Named(ScenarioKeys.Sweep).Select(new SweepReader(composer, bag).Read).OfType<SweepSpec>()];
        SensitivitySpec? sensitivity = file.Child(ScenarioKeys.Sensitivity) is { } block
            ? new SensitivityReader(composer, file, bag).Read(block) : null;
        return new StudySpec { Compare = alternatives, Sweeps = sweeps, Sensitivity = sensitivity };
    }

    private Alternative? Compare(NamedItem variant)
    {
        if (variant.Value.IsKnown && !variant.Value.Has(StudyKeys.Set) && !variant.Value.Has(StudyKeys.From))
        {
            bag.Error(variant.Mark, Codes.MissingKey, $"the variant '{variant.Name}' has neither 'set' nor 'from'",
                "add 'set: {PATH: VALUE}'");
            return null;
        }
        var root = composer.BaseRoot;
        if (variant.Value.TryGet(StudyKeys.From, out var path))
        {
            if (OtherRoot(path, variant.Value.Scalar(StudyKeys.From)!.Mark) is not { } other)
            {
                return null;
            }
            root = other;
        }
        var set = (variant.Value.Find(StudyKeys.Set) as BoundFree)?.Node as YamlMapping;
        var replacements = (set?.Entries ?? [])
            .Select(entry => new Replacement(entry.Key.Mark, new NodePath(entry.Key), entry.Value));
        var cost = variant.Value.Child(StudyKeys.Cost);
        return composer.Compose(variant.Name, variant.Mark, root, [.. replacements]) is { } composed
            ? new Alternative(composed with { Changes = [.. path is null ? [] : new[] { path }, .. composed.Changes] }, Amount(cost, StudyKeys.PerYear), Amount(cost, StudyKeys.Once)) : null;
    }

    private static Money? Amount(BoundMapping? cost, Key<Money> key) =>
        cost is not null && cost.TryGet(key, out var amount) ? amount : null;

    /// <summary>Each file is read once, however many variants name it.</summary>
    private YamlMapping? OtherRoot(string path, Mark mark)
    {
        if (!_others.TryGetValue(path, out var root))
        {
            _others.Add(path, root = ReadOther(path, mark));
        }
        return root;
    }

    /// <summary>Null after a finding.</summary>
    private YamlMapping? ReadOther(string path, Mark mark)
    {
        var findings = new DiagnosticBag();
        if (!FilesBeside.IsInside(path))
        {
            bag.Error(mark, Codes.BadFrom, $"'{ValueKind.Shown(path)}' leaves the folder of the scenario", Relative);
            return null;
        }
        if (!beside.TryRead(path, out var bytes, out string reason))
        {
            bag.Error(mark, Codes.BadFrom, $"the file '{ValueKind.Shown(path)}' {reason}", Relative);
            return null;
        }
        var root = SourceText.Decode(path, bytes, findings) is { } text
            ? YamlComposer.Compose(text, new Mark(path, 1, 1), findings) as YamlMapping : null;
        if (root is not null)
        {
            Resolver.Resolve(root, beside, findings);
        }
        if (root is null || findings.HasErrors)
        {
            var first = findings.Sorted().FirstOrDefault(finding => finding.Severity == Severity.Error);
            bag.Error(mark, Codes.BadFrom,
                $"'{path}' is not a valid scenario{(first is null ? "" : $" (line {first.Line}: {first.Message})")}",
                "check that file first");
            return null;
        }
        // What is drawn once is drawn from the luck of the base.
        return composer.Base is { } scenario
            ? TreeEdit.Set(root, [["run", "seed"]], root.Mark,
                YamlScalar.Of(root.Mark, scenario.Run.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture)))
            : root;
    }
}
