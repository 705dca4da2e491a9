using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Language;
using FailoverSim.Scenario.Reading;
using FailoverSim.Scenario.Specification;
using FailoverSim.Scenario.Values;
using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Scenario.Variants;

/// <summary>Reads <c>sensitivity</c>: finds the values to be varied, scales them, and composes two variants for each.</summary>
internal sealed class SensitivityReader(VariantComposer composer, BoundMapping file, DiagnosticBag bag)
{
    private const string AllRates = "all-rates";

    /// <summary>With what the catalogues say: only there stand their values among what belongs to them.</summary>
    private readonly Lazy<YamlMapping> _completed = new(() => (YamlMapping)Completion.Of(composer.BaseRoot));

    /// <summary>A value, and the item of <c>vary</c> that asks for it.</summary>
    private sealed record Asked(PlacedValue Place, Mark Mark, bool ByPath);

    /// <summary>Null after a finding that leaves nothing to vary.</summary>
    public SensitivitySpec? Read(BoundMapping block)
    {
        if (block.Find(StudyKeys.Vary) is not BoundList vary || !block.TryGet(StudyKeys.By, out var by))
        {
            return null;
        }
        if (by.Low <= 0 || by.Low == by.High)
        {
            bag.Error(block.Scalar(StudyKeys.By)!.Mark, Codes.BadRange, "'by' does not go from one percentage above zero up to another",
                "write like 50%..200%");
            return null;
        }
        // What all-rates covers and a path names again is varied once.
        Asked[] asked = [.. vary.Items.SelectMany(Places).DistinctBy(value => value.Place.Path)];
        var labels = asked.GroupBy(value => LabelOf(value.Place.Path)).ToDictionary(same => same.Key, same => same.Count());
        List<SensitivityFactor> factors = [];
        List<(string, string)> leftOut = [];
        foreach (var value in asked)
        {
            if (WhyNot(value.Place, by) is not { } reason)
            {
                string label = LabelOf(value.Place.Path);
                if (Factor(value, by, labels[label] == 1 ? label : value.Place.Path) is { } factor)
                {
                    factors.Add(factor);
                }
            }
            else if (value.ByPath)
            {
                bag.Error(value.Mark, Codes.NotScalable,
                    $"'{value.Place.Path}: {ValueKind.Shown(value.Place.Value.Source.Text)}' cannot be scaled: {reason}",
                    "vary something else, or go through values with a sweep");
            }
            else
            {
                leftOut.Add((value.Place.Path, reason));
            }
        }
        if (asked.Length > 0 && factors.Count == 0 && leftOut.Count == asked.Length)
        {
            bag.Error(vary.Mark, Codes.NotScalable, $"none of the rates can be scaled; the first, '{leftOut[0].Item1}', because {leftOut[0].Item2}",
                "name what to vary by path");
        }
        return new SensitivitySpec(by.Low, by.High, factors, leftOut);
    }

    private IEnumerable<Asked> Places(BoundScalar item)
    {
        if (item.Source.Text == AllRates)
        {
            Asked[] rates = [.. VaryingValues.AllRates(file).Where(IsReadable).Select(rate => new Asked(rate, item.Mark, false))];
            if (rates.Length == 0)
            {
                bag.Error(item.Mark, Codes.NothingToVary, "the scenario has no rates: nothing in it breaks, or is repaired, at random",
                    "add 'fails' or 'every', or name what to vary by path");
            }
            return rates;
        }
        var path = new NodePath(item.Source);
        if (path.Parts.Count == 1)
        {
            bag.Error(item.Mark, Codes.UnknownPath, $"'{item.Source.Text}' is not a path",
                "write all-rates, or paths such as [units.pump.fails]");
            return [];
        }
        var places = new PathResolver(composer.BaseRoot, bag).Resolve(path, inStudy: true);
        PlacedValue[] values = [.. places.Select(place => VaryingValues.At(file, place)).OfType<PlacedValue>()];
        if (places.Count > 0 && values.Length == 0)
        {
            bag.Error(item.Mark, Codes.NothingToVary, $"there is no single value at '{item.Source.Text}'",
                "write the path of a law, a duration or a share that the scenario has, such as units.pump.fails");
        }
        return values.Where(IsReadable).Select(value => new Asked(value, item.Mark, true));
    }

    private static bool IsReadable(PlacedValue place) => place.Value.Value is not null;

    private static string? WhyNot(PlacedValue place, ShareRange by) => place.Path.Contains('[', StringComparison.Ordinal)
        ? "no path leads into a list"
        : ScaledValue.Of(place.Value.Kind, place.Value.Value!, by.Low).Reason;

    /// <summary>Null after a finding.</summary>
    private SensitivityFactor? Factor(Asked asked, ShareRange by, string label)
    {
        var low = End(asked, by.Low);
        var high = End(asked, by.High);
        return low is null || high is null ? null
            : new SensitivityFactor(asked.Place.Path, label, asked.Place.Value.Source.Text, low, high);
    }

    private FactorEnd? End(Asked asked, decimal factor)
    {
        string text = ScaledValue.Of(asked.Place.Value.Kind, asked.Place.Value.Value!, factor).Text!;
        var replacement = new Replacement(
            asked.Mark, new NodePath(YamlScalar.Of(asked.Mark, asked.Place.Path)), YamlScalar.Of(asked.Mark, text));
        var root = asked.Place.Value.Mark.IsDefault ? _completed.Value : composer.BaseRoot;
        return composer.Compose($"{asked.Place.Path}={text}", asked.Mark, root, [replacement]) is { } variant
            ? new FactorEnd(text, variant) : null;
    }

    /// <summary><c>units.pump.modes.seal.repair.takes</c> is the <c>pump seal repair takes</c>.</summary>
    private static string LabelOf(string path) =>
        string.Join(' ', path.Split('.').Skip(1).Where(part => part != UnitKeys.Modes.Name && part != ScenarioKeys.Crews.Name));
}
