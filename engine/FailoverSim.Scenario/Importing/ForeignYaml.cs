using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Yaml;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using Mark = FailoverSim.Scenario.Yaml.Mark;

namespace FailoverSim.Scenario.Importing;

/// <summary>
/// YAML and JSON that others wrote, as trees with places. Several documents, tags, nulls and repeated keys (the last holds) are
/// let pass, as the API machinery of Kubernetes does.
/// </summary>
internal sealed class ForeignYaml
{
    /// <summary>Who last wrote which field: half of a dump, and of no use here.</summary>
    private const string ManagedFields = "managedFields";

    private readonly Mark _origin;
    private readonly Parser _parser;
    private readonly Dictionary<string, YamlNode> _anchors = new(StringComparer.Ordinal);
    private long _aliasNodes;

    private ForeignYaml(string text, Mark origin)
    {
        _origin = origin;
        // Objects of JSON that follow each other, as after several calls of kubectl, are several documents; the lines stay the same.
        _parser = new Parser(new StringReader(text.StartsWith('{') ? text.Replace("\n}\n{", "\n}\n--- {", StringComparison.Ordinal) : text));
    }

    /// <summary>The documents of a text that are not empty; those before a break of syntax, and why it ends there.</summary>
    public static (IReadOnlyList<YamlNode> Documents, Diagnostic? Break) Read(string text, Mark origin)
    {
        List<YamlNode> documents = [];
        try
        {
            new ForeignYaml(text, origin).Documents(documents);
            return (documents, null);
        }
        catch (BreakException fault)
        {
            bool isTemplate = text.Contains("{{", StringComparison.Ordinal);
            string remedy = isTemplate ? "render templates first, such as with 'helm template'" : fault.Remedy;
            return (documents, new Diagnostic(fault.Mark, Severity.Error, Codes.ImportSyntax, fault.Message, remedy));
        }
    }

    private void Documents(List<YamlNode> documents)
    {
        Move();
        while (_parser.Current is not StreamEnd)
        {
            Move();
            if (_parser.Current is StreamEnd)
            {
                break;
            }
            _anchors.Clear();
            Move();
            YamlNode? root = Node(1);
            if (root is not null)
            {
                documents.Add(root);
            }
            Move();
        }
    }

    /// <summary>The node that begins here; null for a null. The parser stands at its last event afterwards.</summary>
    private YamlNode? Node(int depth)
    {
        ParsingEvent parsed = _parser.Current!;
        Mark mark = At(parsed.Start);
        if (depth > ImportLimits.Depth)
        {
            throw new BreakException(mark, $"values are nested more than {ImportLimits.Depth} deep", "give the objects as kubectl prints them");
        }
        if (parsed is AnchorAlias alias)
        {
            return Alias(alias, mark);
        }
        YamlNode? node = parsed switch
        {
            Scalar scalar => IsNull(scalar) ? null : new YamlScalar(mark, scalar.Value, scalar.Style == ScalarStyle.Plain, 0),
            MappingStart => Mapping(mark, depth),
            SequenceStart => Sequence(mark, depth),
            _ => throw new BreakException(mark, "the document does not end here", "check the indentation"),
        };
        if (parsed is NodeEvent { Anchor.IsEmpty: false } anchored && node is not null)
        {
            _anchors[anchored.Anchor.Value] = node;
        }
        return node;
    }

    private YamlNode Alias(AnchorAlias alias, Mark mark)
    {
        if (!_anchors.TryGetValue(alias.Value.Value, out YamlNode? node))
        {
            throw new BreakException(mark, $"the alias '*{alias.Value.Value}' has no anchor before it", "define the anchor first, or quote the text");
        }
        _aliasNodes += node.Weight;
        return _aliasNodes <= ImportLimits.AliasNodes ? node : throw new BreakException(
            mark, FormattableString.Invariant($"aliases expand to more than {ImportLimits.AliasNodes:N0} values"), "use fewer or smaller anchors");
    }

    private YamlMapping Mapping(Mark mark, int depth)
    {
        Dictionary<string, YamlEntry> entries = new(StringComparer.Ordinal);
        for (Move(); _parser.Current is not MappingEnd; Move())
        {
            Mark keyMark = At(_parser.Current!.Start);
            YamlNode? key = Node(depth + 1);
            Move();
            YamlNode? value = Node(depth + 1);
            if (key is not (null or YamlScalar))
            {
                throw new BreakException(keyMark, $"{key.Noun} is used as a key", "quote text that starts with a bracket or brace");
            }
            if (key is YamlScalar name && value is not null && name.Text != ManagedFields)
            {
                entries[name.Text] = new YamlEntry(name, value);
            }
        }
        return new YamlMapping(mark, [.. entries.Values]);
    }

    private YamlSequence Sequence(Mark mark, int depth)
    {
        List<YamlNode> items = [];
        for (Move(); _parser.Current is not SequenceEnd; Move())
        {
            if (Node(depth + 1) is { } item)
            {
                items.Add(item);
            }
        }
        return new YamlSequence(mark, items);
    }

    private static bool IsNull(Scalar scalar) =>
        scalar is { Style: ScalarStyle.Plain, Value: "" or "~" or "null" or "Null" or "NULL" };

    private void Move()
    {
        try
        {
            if (_parser.MoveNext())
            {
                return;
            }
        }
        catch (YamlException fault)
        {
            bool isEndless = fault.Message.Contains("end of stream", StringComparison.Ordinal);
            string line = fault.Message.ReplaceLineEndings(" ").TrimEnd('.', ' ');
            throw new BreakException(At(isEndless ? fault.Start : fault.End),
                line.Length == 0 ? "the syntax is broken" : char.ToLowerInvariant(line[0]) + line[1..], "check indentation, quotes and brackets here");
        }
        catch (Exception fault) when (fault is ArgumentException or InvalidOperationException or FormatException
            or IndexOutOfRangeException or OverflowException or NullReferenceException or InvalidCastException)
        {
            // The parser's own slips on malformed input are malformed input to the user.
        }
        throw new BreakException(_parser.Current is { } last ? At(last.Start) : _origin, "the text breaks off after this",
            "check indentation, quotes and brackets");
    }

    private Mark At(in YamlDotNet.Core.Mark mark)
    {
        int line = (int)Math.Clamp(mark.Line, 1, int.MaxValue / 2);
        int column = (int)Math.Clamp(mark.Column, 1, int.MaxValue / 2);
        return new Mark(_origin.File, _origin.Line + line - 1, line == 1 ? _origin.Column + column - 1 : column);
    }

    private sealed class BreakException(Mark mark, string message, string remedy) : Exception(message)
    {
        public Mark Mark { get; } = mark;
        public string Remedy { get; } = remedy;
    }
}
