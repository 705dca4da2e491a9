using System.Text.RegularExpressions;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Files;
using FailoverSim.Scenario.Language;
using FailoverSim.Scenario.Values;
using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Scenario.Reading;

/// <summary>Applies the description of the language to a tree of nodes.</summary>
internal sealed partial class Binder(DiagnosticBag bag, FilesBeside beside)
{
    private static readonly Mark DefaultMark = new(Mark.DefaultFile, 1, 1);

    /// <summary>Whether something was met that an earlier finding has rejected, so that values are missing without a
    /// new one.</summary>
    public bool MetBroken { get; private set; }

    /// <summary>The value of a file, or null if it is not even a mapping.</summary>
    public BoundMapping? File(YamlNode root) => (BoundMapping?)Bind(ScenarioKeys.File, root, "the file", root.Mark);

    /// <param name="shape">What is expected.</param>
    /// <param name="node">What is there.</param>
    /// <param name="field">The key, for messages.</param>
    /// <param name="at">Place of the key, where something is missing.</param>
    private Bound? Bind(Shape shape, YamlNode node, string field, Mark at) => shape switch
    {
        _ when IsBroken(node) => null,
        ScalarShape scalar => Scalar(scalar.Kind, node, field),
        ListShape list => List(list, node, field),
        EitherShape either => node is YamlScalar ? Scalar(either.Single.Kind, node, field)
            : Bind(either.Other, node, field, at),
        MapShape map => Map(map, node, field),
        RecordsShape records => Records(records, node, field),
        MappingShape mapping => Mapping(mapping, node, field, at),
        NamedShape named => Named(named, node, field),
        FreeShape free => Free(free, node, field),
        _ => throw new InvalidOperationException("Every shape is bound here."),
    };

    private bool IsBroken(YamlNode node)
    {
        bool broken = node is YamlBroken or YamlMapping { IsIncomplete: true };
        MetBroken |= broken;
        return node is YamlBroken;
    }

    private BoundScalar? Scalar(ValueKind kind, YamlNode node, string field)
    {
        if (IsBroken(node))
        {
            return null;
        }
        if (node is YamlScalar scalar)
        {
            return new BoundScalar(scalar, kind, kind.Read(scalar, new FieldContext(field, beside), bag));
        }
        bag.Error(node.Mark, Codes.WrongShape, $"'{field}' takes {kind.Noun}, not {node.Noun}",
            node is YamlMapping { Entries: [var single] } && kind is LawKind
                ? $"write laws like {kind.Example}, not '{single.Key.Text}:'"
                : $"write {kind.Example}, in quotes if it starts with a bracket or brace");
        return null;
    }

    private BoundList? List(ListShape shape, YamlNode node, string field)
    {
        if (node is YamlSequence sequence)
        {
            if (sequence.Items.Count == 0)
            {
                bag.Error(node.Mark, Codes.EmptyCollection, $"'{field}' is an empty list",
                    $"write at least one item, such as [{shape.Kind.Example}]");
            }
            return new BoundList(node.Mark,
                [.. sequence.Items.Select(item => Scalar(shape.Kind, item, field)).OfType<BoundScalar>()]);
        }
        if (node is YamlScalar && shape.OrSingle)
        {
            return new BoundList(node.Mark, [.. new[] { Scalar(shape.Kind, node, field) }.OfType<BoundScalar>()]);
        }
        bag.Error(node.Mark, Codes.WrongShape, $"'{field}' takes a list, not {node.Noun}",
            $"write [{shape.Kind.Example}]");
        return null;
    }

    private BoundMapping? Mapping(MappingShape shape, YamlNode node, string field, Mark at)
    {
        if (node is not YamlMapping mapping)
        {
            var example = shape.Keys.FirstOrDefault(key => key.Required) ?? shape.Keys[0];
            NotAMapping(node, field, $"write keys below it, such as '{example.Name}: …'");
            return null;
        }
        var unreadable = RejectUnknown(shape, mapping, field);
        var entries = new List<(Key, Bound)>();
        foreach (var key in shape.Keys)
        {
            if (mapping.Find(key.Name) is { } entry)
            {
                if (Entry(key, entry) is { } value)
                {
                    entries.Add((key, value));
                }
                else
                {
                    unreadable.Add(key);
                }
            }
            else if (mapping.IsIncomplete)
            {
                unreadable.Add(key);
            }
            else if (!unreadable.Contains(key) && Absent(key, mapping, field, at) is { } value)
            {
                entries.Add((key, value));
            }
        }
        return new BoundMapping(node.Mark, mapping, entries, unreadable, Others(shape, mapping));
    }

    /// <summary>Names of the author's own beside the keys of the language.</summary>
    private List<BoundOther> Others(MappingShape shape, YamlMapping mapping)
    {
        var others = new List<BoundOther>();
        if (shape.Others is { } names)
        {
            foreach (var (key, value) in mapping.Entries.Where(entry => shape.Find(entry.Key.Text) is null))
            {
                CheckName(names.Noun, [], key);
                if (Bind(names.Shape, value, key.Text, key.Mark) is { } bound)
                {
                    others.Add(new BoundOther(key.Text, key.Mark, bound));
                }
            }
        }
        return others;
    }

    private BoundMap? Map(MapShape shape, YamlNode node, string field)
    {
        if (node is not YamlMapping mapping)
        {
            NotAMapping(node, field, $"write like {{{shape.Noun}: {shape.Kind.Example}}}");
            return null;
        }
        if (mapping.Entries.Count == 0 && !mapping.IsIncomplete)
        {
            bag.Error(node.Mark, Codes.EmptyCollection, $"'{field}' is empty",
                $"write at least one {shape.Noun}, or remove '{field}'");
        }
        var items = new List<(string, Mark, BoundScalar)>();
        foreach (var (key, value) in mapping.Entries)
        {
            CheckName(shape.Noun, [], key);
            if (Scalar(shape.Kind, value, key.Text) is { } scalar)
            {
                items.Add((key.Text, key.Mark, scalar));
            }
        }
        return new BoundMap(node.Mark, items);
    }

    private BoundRecords? Records(RecordsShape shape, YamlNode node, string field)
    {
        IReadOnlyList<YamlNode> items = node is YamlSequence sequence ? sequence.Items : [node];
        if (items.Count == 0)
        {
            bag.Error(node.Mark, Codes.EmptyCollection, $"'{field}' is an empty list",
                $"write at least one item, or remove '{field}'");
        }
        if (items.Count > RecordsShape.Most)
        {
            TooMany(items[RecordsShape.Most].Mark, RecordsShape.Most, $"items of '{field}'");
            return null;
        }
        return new BoundRecords(node.Mark,
            [.. items.Where(item => !IsBroken(item)).Select(item => Mapping(shape.Item, item, field, item.Mark))
                .OfType<BoundMapping>()], shape.IsFlat);
    }

    /// <summary>The default of a key that is not written; null if it has none, after a finding if it should be
    /// written.</summary>
    private Bound? Absent(Key key, YamlMapping mapping, string field, Mark at)
    {
        if (key.Required)
        {
            bag.Error(at, Codes.MissingKey, field == "the file" ? $"the file has no '{key.Name}'"
                : $"'{field}' has no '{key.Name}'",
                key.Shape is ScalarShape { Kind: var kind } ? $"add '{key.Name}: {kind.Example}'"
                    : $"add '{key.Name}'");
            return null;
        }
        if (key.Default is not { } text
            || (key.DefaultUnless is not null && mapping.Find(key.DefaultUnless) is not null))
        {
            return null;
        }
        YamlNode written = text == "{}" ? new YamlMapping(DefaultMark, []) : YamlScalar.Of(DefaultMark, text);
        return Bind(key.Shape, written, key.Name, DefaultMark);
    }

    private Bound? Entry(Key key, YamlEntry entry) => Bind(key.Shape, entry.Value, key.Name, entry.Key.Mark);

    /// <summary>Tells unknown keys; returns the keys that were probably meant, whose absence is then no news.</summary>
    private HashSet<Key> RejectUnknown(MappingShape shape, YamlMapping mapping, string field)
    {
        var meant = new HashSet<Key>();
        if (shape.Others is not null)
        {
            return meant;
        }
        string where = field == "the file" ? "at the top level" : $"under '{field}'";
        List<string>? free = null;
        foreach (var entry in mapping.Entries.Where(entry => shape.Find(entry.Key.Text) is null))
        {
            free ??= [.. shape.Keys.Where(key => mapping.Find(key.Name) is null or { Key.Mark.IsDefault: true }).Select(key => key.Name)];
            bag.Error(entry.Key.Mark, Codes.UnknownKey, $"there is no key '{ValueKind.Shown(entry.Key.Text)}' {where}",
                Suggestion.For(entry.Key.Text, free, "remove it"));
            if (Suggestion.Nearest(entry.Key.Text, free) is { } nearest)
            {
                meant.Add(shape.Find(nearest)!);
            }
        }
        return meant;
    }

    private BoundNamed? Named(NamedShape shape, YamlNode node, string field)
    {
        if (shape.OrList && node is YamlSequence list)
        {
            RejectTwins(shape, list);
            node = list.AsNames() ?? node;
        }
        if (node is not YamlMapping mapping)
        {
            NotAMapping(node, field, $"write the name of each {shape.Noun} with its keys below it");
            return null;
        }
        if (shape.NeedsOne && mapping.Entries.Count == 0)
        {
            bag.Error(node.Mark, Codes.EmptyCollection, $"'{field}' is empty",
                $"write at least one {shape.Noun}, or remove '{field}'");
        }
        if (mapping.Entries.Count > shape.Most)
        {
            TooMany(mapping.Entries[shape.Most].Key.Mark, shape.Most, $"names under '{field}'");
            return null;
        }
        var items = new List<NamedItem>();
        foreach (var (key, value) in mapping.Entries)
        {
            CheckName(shape.Noun, shape.Reserved, key);
            var item = IsBroken(value) ? null : Mapping(shape.Item, value, key.Text, key.Mark);
            items.Add(new NamedItem(key.Text, key.Mark,
                item ?? new BoundMapping(value.Mark, null, [], shape.Item.Keys.ToHashSet())));
        }
        return new BoundNamed(node.Mark, items);
    }

    private void TooMany(Mark mark, int most, string what) => bag.Error(mark, Codes.TooManyNames,
        FormattableString.Invariant($"there are more than {most:N0} {what} up to here"), "describe fewer, or like ones once with a 'count'");

    private void RejectTwins(NamedShape shape, YamlSequence list)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var twin in list.Items.OfType<YamlScalar>().Where(item => !seen.Add(item.Text)))
        {
            bag.Error(twin.Mark, Codes.ListedTwice, $"the {shape.Noun} '{ValueKind.Shown(twin.Text)}' is listed twice",
                "keep one of them");
        }
    }

    private void CheckName(string noun, IReadOnlyList<string> reserved, YamlScalar key)
    {
        if (!NameKind.IsName(key.Text))
        {
            bag.Error(key.Mark, Codes.BadName, $"'{ValueKind.Shown(key.Text)}' is not a name for a {noun}",
                NameKind.Proposal(key.Text));
        }
        else if (reserved.Contains(key.Text, StringComparer.Ordinal))
        {
            bag.Error(key.Mark, Codes.BadName, $"'{key.Text}' is a word of the language and cannot name a {noun}",
                $"write another name, such as '{key.Text}-1'");
        }
    }

    private BoundFree? Free(FreeShape shape, YamlNode node, string field)
    {
        bool fits = shape.Form switch
        {
            FreeForm.Mapping => node is YamlMapping,
            FreeForm.ListOrRange => node is YamlSequence or YamlScalar,
            _ => true,
        };
        if (fits)
        {
            return new BoundFree(node);
        }
        bag.Error(node.Mark, Codes.WrongShape,
            $"'{field}' takes {(shape.Form == FreeForm.ListOrRange ? "a list" : "a mapping")}, not {node.Noun}",
            shape.Form == FreeForm.ListOrRange ? "write [A, B]" : "write {PATH: VALUE}");
        return null;
    }

    private void NotAMapping(YamlNode node, string field, string remedy)
    {
        if (node is YamlScalar scalar && GluedColon().Match(scalar.Text) is { Success: true } glued)
        {
            bag.Error(scalar.At(glued.Groups[1].Length), Codes.MissingBlank,
                $"the blank after the colon is missing in '{ValueKind.Shown(scalar.Text)}'",
                $"write '{glued.Groups[1].Value}: {ValueKind.Shown(scalar.Text[(glued.Groups[1].Length + 1)..])}'");
            return;
        }
        bag.Error(node.Mark, Codes.WrongShape, field == "the file" ? $"a scenario is a mapping, not {node.Noun}"
            : $"'{field}' takes a mapping, not {node.Noun}", remedy);
    }

    [GeneratedRegex(@"^([a-z][a-z0-9-]*):\S")]
    private static partial Regex GluedColon();
}
