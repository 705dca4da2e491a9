using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Files;
using FailoverSim.Scenario.Language;
using FailoverSim.Scenario.Reading;
using FailoverSim.Scenario.Specification;
using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Scenario.Variants;

/// <summary>One replacement of a variant: the place in the file that asks for it, its path, and its value.</summary>
internal sealed record Replacement(Mark Mark, NodePath Path, YamlNode Value);

/// <summary>Builds and validates variants; findings stand where the variant is written, not where its victim
/// is.</summary>
/// <param name="baseRoot">The system and the run that variants depart from.</param>
/// <param name="scenario">What the whole file is, studies included; null where it is not valid.</param>
/// <param name="beside">Files that it may name.</param>
/// <param name="bag">For findings.</param>
internal sealed class VariantComposer(YamlMapping baseRoot, ScenarioSpec? scenario, FilesBeside beside, DiagnosticBag bag)
{
    public const int MostVariants = 1_000;

    /// <summary>Of all variants: each is read like a file of its own, and kept.</summary>
    private const long MostParts = 1_000_000;

    /// <summary>Where so much is wrong already, variants are not looked at: each would find all of it again, and a remedy for it.</summary>
    private const int MostKnown = 20;

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private long _parts;
    private readonly Dictionary<YamlMapping, HashSet<(DiagnosticCode, Mark)>> _known = [];
    private readonly Lazy<ScenarioSpec?> _base = new(() => scenario ?? Resolver.Resolve(baseRoot, beside, new DiagnosticBag()).Spec);

    /// <param name="name">Name of the variant.</param>
    /// <param name="at">Where it is written.</param>
    /// <param name="root">The scenario that it departs from.</param>
    /// <param name="replacements">What it replaces.</param>
    /// <returns>Null after a finding.</returns>
    public Variant? Compose(string name, Mark at, YamlMapping root, IReadOnlyList<Replacement> replacements)
    {
        if (name == "base")
        {
            // A word of the language: told with the other names.
            return null;
        }
        if (!_names.Add(name))
        {
            bag.Error(at, Codes.ReservedVariant, $"there is already a variant '{name}'", "write another name");
            return null;
        }
        if (_names.Count > MostVariants)
        {
            if (_names.Count == MostVariants + 1)
            {
                bag.Error(at, Codes.TooManyVariants, "there are more than 1,000 variants up to here",
                    "compare or sweep fewer");
            }
            return null;
        }
        if (_parts > MostParts)
        {
            return null;
        }
        var resolver = new PathResolver(root, bag);
        var edited = root;
        bool found = true;
        foreach (var replacement in replacements)
        {
            var places = resolver.Resolve(replacement.Path, inStudy: true);
            found &= places.Count > 0;
            edited = TreeEdit.Set(edited, places, replacement.Mark, replacement.Value);
        }
        return found && Validate(name, at, root, edited, replacements) is { } spec && Agrees(name, at, spec, replacements)
            ? new Variant(name, spec) { Changes = [.. replacements.Select(replacement => replacement.Path.Text)] } : null;
    }

    private ScenarioSpec? Validate(string name, Mark at, YamlMapping root, YamlMapping edited,
        IReadOnlyList<Replacement> replacements)
    {
        var known = Known(root);
        if (known.Count > MostKnown)
        {
            return null;
        }
        var findings = new DiagnosticBag();
        var resolved = Resolver.Resolve(edited, beside, findings);
        // What could not be read is no value, but was looked at.
        _parts += resolved.Parts + (resolved.Spec is null ? edited.Weight : 0);
        LargestModel = Math.Max(LargestModel, resolved.ModelBytes);
        if (_parts > MostParts)
        {
            bag.Error(at, Codes.TooManyVariants,
                FormattableString.Invariant($"the variants up to here have more than {MostParts:N0} values, machines, workloads and targets of faults"),
                "compare or sweep fewer, or a smaller system");
            return null;
        }
        foreach (var finding in findings.Sorted().Where(finding => finding.Severity == Severity.Error))
        {
            if (known.Contains((finding.Code, finding.Mark)))
            {
                continue;
            }
            bool inside = replacements.Any(replacement => Covers(replacement.Value, finding.Mark));
            var mark = inside ? finding.Mark : replacements.Count > 0 ? replacements[0].Mark : at;
            bag.Add(finding with { Mark = mark, Message = $"variant '{name}': {finding.Message}" });
        }
        return resolved.Spec;
    }

    private bool Agrees(string name, Mark at, ScenarioSpec spec, IReadOnlyList<Replacement> replacements)
    {
        // An invalid base is told of elsewhere.
        return _base.Value is not { } baseline || RunAgreement.Check(baseline.Run, spec.Run, $"variant '{name}'", MarkOf, bag);

        Mark MarkOf(Key key) =>
            replacements.FirstOrDefault(r => r.Path.Text == $"run.{key.Name}" || r.Path.Text == "run")?.Value.Mark ?? at;
    }

    /// <summary>What is wrong without the variant is told once, without it.</summary>
    private HashSet<(DiagnosticCode Code, Mark Mark)> Known(YamlMapping root)
    {
        if (!_known.TryGetValue(root, out var known))
        {
            var findings = new DiagnosticBag();
            if (root != baseRoot || scenario is null)
            {
                Resolver.Resolve(root, beside, findings);
            }
            known = [.. findings.Sorted().Where(finding => finding.Severity == Severity.Error).Select(finding => (finding.Code, finding.Mark))];
            _known.Add(root, known);
        }
        return known;
    }

    private static bool Covers(YamlNode node, Mark mark) => node switch
    {
        YamlScalar scalar => mark.File == scalar.Mark.File && mark.Line == scalar.Mark.Line
            && mark.Column >= scalar.Mark.Column && mark.Column <= scalar.Mark.Column + scalar.Text.Length + 1,
        YamlMapping mapping =>
            mark == mapping.Mark || mapping.Entries.Any(entry => Covers(entry.Key, mark) || Covers(entry.Value, mark)),
        YamlSequence sequence => mark == sequence.Mark || sequence.Items.Any(item => Covers(item, mark)),
        _ => false,
    };

    public YamlMapping BaseRoot => baseRoot;

    /// <summary>Bytes that a model of the largest variant takes.</summary>
    public long LargestModel { get; private set; }

    /// <summary>The base alone; null if it is not valid.</summary>
    public ScenarioSpec? Base => _base.Value;
}
