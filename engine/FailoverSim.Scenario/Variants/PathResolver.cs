using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Language;
using FailoverSim.Scenario.Values;
using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Scenario.Variants;

/// <summary>Checks a path against the language and the names in the file, and writes its <c>*</c> out.</summary>
internal sealed class PathResolver(YamlMapping root, DiagnosticBag bag)
{
    /// <summary>Most paths that one <c>*</c> may stand for.</summary>
    private const int MostMatches = 100_000;

    /// <summary>The concrete paths; empty after a finding.</summary>
    /// <param name="path">As written.</param>
    /// <param name="inStudy">Whether it is part of a study, which cannot vary studies.</param>
    public IReadOnlyList<IReadOnlyList<string>> Resolve(NodePath path, bool inStudy)
    {
        if (inStudy && ScenarioKeys.Studies.Append(ScenarioKeys.Outputs).Append(ScenarioKeys.Version)
            .Any(key => key.Name == path.Parts[0]))
        {
            bag.Error(path.MarkOf(0), Codes.PathNotVariable, $"'{path.Parts[0]}' cannot be varied",
                "vary the system or the run");
            return [];
        }
        if (inStudy && path.Parts[0] == ScenarioKeys.Run.Name && (path.Parts.Count == 1 || RunAgreement.OfTheBase.Contains(path.Parts[1])))
        {
            bag.Error(path.MarkOf(path.Parts.Count == 1 ? 0 : 1), Codes.PathNotVariable,
                $"'{path.Text}' is the same for all variants, which share their replications", "set it in 'run', for all");
            return [];
        }
        if (path.Parts.Count > YamlLimits.Depth)
        {
            bag.Error(path.Mark, Codes.TooDeep, $"the path has more than {YamlLimits.Depth} parts",
                "write a path of the language, such as units.pump.count");
            return [];
        }
        var places = new List<(IReadOnlyList<string> Parts, YamlNode? Node)> { ([], root) };
        Shape shape = ScenarioKeys.File;
        for (int i = 0; i < path.Parts.Count; i++)
        {
            if (Step(path, i, shape, places) is not { } next)
            {
                return [];
            }
            shape = next;
        }
        return [.. places.Select(place => place.Parts)];
    }

    /// <summary>Goes one part further; the shape that is reached, or null after a finding.</summary>
    private Shape? Step(NodePath path, int i, Shape shape, List<(IReadOnlyList<string> Parts, YamlNode? Node)> places)
    {
        string part = path.Parts[i];
        switch (shape)
        {
            case FreeShape { Form: FreeForm.Anything }:
                Descend(places, [part]);
                return shape;
            case MappingShape mapping when mapping.Find(part) is { } key:
                Descend(places, [part]);
                return key.Shape;
            case MappingShape { Others: { } others }:
                return Name(path, i, others.Noun, places) ? others.Shape : null;
            case EitherShape either:
                return Step(path, i, either.Other, places);
            case RecordsShape records when places.All(place => place.Node is null or YamlMapping):
                return Step(path, i, records.Item, places);
            case MapShape map:
                return Name(path, i, map.Noun, places) ? new ScalarShape(map.Kind) : null;
            case MappingShape mapping:
                bag.Error(path.MarkOf(i), Codes.UnknownPath,
                    $"there is no key '{ValueKind.Shown(part)}' {Where(path, i)}",
                    Suggestion.For(part, mapping.Keys.Select(key => key.Name), ""));
                return null;
            case NamedShape named:
                return Name(path, i, named.Noun, places) ? named.Item : null;
            default:
                bag.Error(path.MarkOf(i), Codes.UnknownPath, $"'{path.Before(i)}' has no keys below it",
                    $"end the path at '{path.Before(i)}'");
                return null;
        }
    }

    private bool Name(NodePath path, int i, string noun,
        List<(IReadOnlyList<string> Parts, YamlNode? Node)> places)
    {
        string part = path.Parts[i];
        var names = places.SelectMany(place => TreeEdit.Names(place.Node)?.Entries ?? [])
            .Select(entry => entry.Key.Text).Distinct().ToList();
        bool last = i == path.Parts.Count - 1;
        if (part == "*")
        {
            if (names.Count == 0 || names.Count * (long)places.Count > MostMatches)
            {
                bag.Error(path.MarkOf(i), Codes.WildcardMatchesNothing, $"'*' matches no {noun}",
                    $"define one under '{path.Before(i)}'");
                return false;
            }
            Descend(places, names);
            return true;
        }
        if (!names.Contains(part, StringComparer.Ordinal) && !(last && NameKind.IsName(part)))
        {
            bag.Error(path.MarkOf(i), Codes.UnknownPath,
                $"there is no {noun} '{ValueKind.Shown(part)}' {Where(path, i)}",
                Suggestion.For(part, names, $"define it under '{path.Before(i)}'"));
            return false;
        }
        Descend(places, [part]);
        return true;
    }

    private static void Descend(List<(IReadOnlyList<string> Parts, YamlNode? Node)> places, IReadOnlyList<string> names)
    {
        var next = places.SelectMany(place => names.Select(name =>
            ((IReadOnlyList<string>)[.. place.Parts, name], TreeEdit.Names(place.Node)?.Find(name)?.Value))).ToList();
        places.Clear();
        places.AddRange(next);
    }

    private static string Where(NodePath path, int i) => i == 0 ? "at the top level" : $"under '{path.Before(i)}'";
}
