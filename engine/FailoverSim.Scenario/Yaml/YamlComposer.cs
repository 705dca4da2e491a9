using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Values;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace FailoverSim.Scenario.Yaml;

/// <summary>Parser events to a tree of nodes with marks.</summary>
internal sealed class YamlComposer
{
    private readonly string _file;
    private readonly Mark _origin;
    private readonly Parser _parser;
    private readonly DiagnosticBag _bag;
    private readonly YamlLimits _limits;
    private readonly Dictionary<string, YamlNode?> _anchors = new(StringComparer.Ordinal);
    private readonly Stack<bool> _open = new();
    private readonly Stack<Mark> _openFlows = new();
    private Mark _last;
    private long _aliasNodes;
    private long _values;

    /// <param name="text">YAML.</param>
    /// <param name="origin">Where the text starts; the lines and columns of nodes count from there.</param>
    /// <param name="bag">Receives every finding that is not a break of syntax.</param>
    /// <param name="limits">How much it may hold.</param>
    private YamlComposer(string text, Mark origin, DiagnosticBag bag, YamlLimits limits)
    {
        _limits = limits;
        _file = origin.File;
        _last = origin;
        _origin = origin;
        _bag = bag;
        _parser = new Parser(new StringReader(text));
    }

    /// <summary>The only document of a text; null after a break of syntax, which is then the only finding.</summary>
    public static YamlNode? Compose(string text, Mark origin, DiagnosticBag bag, YamlLimits? limits = null)
    {
        var findings = new DiagnosticBag();
        YamlNode? root = null;
        Mark? tab = SourceText.FirstIndentingTab(origin.File, text);
        try
        {
            root = new YamlComposer(text, origin, findings, limits ?? YamlLimits.Written).Document();
        }
        catch (SyntaxFault fault)
        {
            findings = new DiagnosticBag();
            findings.Error(fault.Mark, fault.Code, fault.Message, fault.Remedy);
        }
        if (tab is { } at && !findings.Sorted().Any(d =>
            d.Code == Codes.YamlSyntax && d.Line < at.Line && !d.Message.Contains(" tab ", StringComparison.Ordinal)))
        {
            bag.Error(at, Codes.TabIndentation, "a tab indents this line", "indent with blanks");
            return null;
        }
        foreach (var diagnostic in findings.Sorted())
        {
            bag.Add(diagnostic);
        }
        return root;
    }

    private YamlNode Document()
    {
        Take<StreamStart>();
        if (Peek() is StreamEnd)
        {
            throw new SyntaxFault(_origin, Codes.EmptyFile, "the file contains no scenario",
                "start with 'failoversim: 1' and 'name: …'");
        }
        Take<DocumentStart>();
        var root = Node(1);
        Take<DocumentEnd>();
        if (Peek() is DocumentStart second)
        {
            throw new SyntaxFault(At(second.Start), Codes.SeveralDocuments, "a second YAML document starts here",
                "keep one scenario per file");
        }
        Take<StreamEnd>();
        return root;
    }

    private YamlNode Node(int depth)
    {
        var parsed = Peek();
        var mark = At(parsed.Start);
        if (depth > YamlLimits.Depth)
        {
            throw new SyntaxFault(mark, Codes.TooDeep, $"values are nested more than {YamlLimits.Depth} deep",
                "flatten the file");
        }
        if (++_values + _aliasNodes > _limits.Values)
        {
            throw TooMany(mark, _limits.Values, "values up to here");
        }
        Next();
        if (parsed is AnchorAlias alias)
        {
            return Alias(alias, mark, depth);
        }
        if (parsed is not NodeEvent start)
        {
            throw new SyntaxFault(mark, Codes.YamlSyntax, "a value is expected here", "check brackets and indentation");
        }
        CheckTag(start, mark);
        string? anchor = start.Anchor.IsEmpty ? null : start.Anchor.Value;
        if (anchor is not null)
        {
            // Not yet complete: an alias inside its own anchor finds nothing, so there are no circles.
            _anchors[anchor] = null;
        }
        YamlNode node = start switch
        {
            Scalar scalar => Scalar(scalar, mark),
            MappingStart => Mapping(mark, depth),
            _ => Sequence(mark, depth),
        };
        if (anchor is not null)
        {
            _anchors[anchor] = node;
        }
        return node;
    }

    private YamlNode Alias(AnchorAlias alias, Mark mark, int depth)
    {
        string name = alias.Value.Value;
        if (!_anchors.TryGetValue(name, out var node))
        {
            _bag.Error(mark, Codes.UnknownAnchor, $"the alias '*{name}' has no anchor before it",
                Suggestion.For(name, _anchors.Keys.Order(StringComparer.Ordinal),
                    $"define '&{name}' first, or quote the text"));
            return new YamlBroken(mark);
        }
        if (node is null)
        {
            _bag.Error(mark, Codes.UnknownAnchor, $"the alias '*{name}' lies inside its own anchor",
                "write the value out");
            return new YamlBroken(mark);
        }
        _aliasNodes += node.Weight;
        if (_aliasNodes > YamlLimits.AliasNodes)
        {
            throw new SyntaxFault(mark, Codes.AliasesTooLarge,
                FormattableString.Invariant($"aliases expand to more than {YamlLimits.AliasNodes:N0} values"),
                    "use fewer or smaller anchors");
        }
        if (depth + node.Depth - 1 > YamlLimits.Depth)
        {
            throw new SyntaxFault(mark, Codes.TooDeep, $"values are nested more than {YamlLimits.Depth} deep",
                "flatten the file");
        }
        return node;
    }

    private YamlNode Scalar(Scalar scalar, Mark mark)
    {
        if (scalar.Value.Length > YamlLimits.Characters)
        {
            _bag.Error(mark, Codes.TooMuchInFile,
                FormattableString.Invariant($"a value has {scalar.Value.Length:N0} characters, more than {YamlLimits.Characters:N0}"), "shorten it");
            return new YamlBroken(mark);
        }
        bool plain = scalar.Style == ScalarStyle.Plain;
        int quotes = scalar.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted ? 1 : 0;
        long written = scalar.End.Index - scalar.Start.Index;
        bool exact = scalar.Start.Line == scalar.End.Line && (plain || quotes == 1)
            && written == scalar.Value.Length + (2 * quotes);
        return new YamlScalar(mark, scalar.Value, plain, exact ? mark.Column + quotes : 0);
    }

    private YamlMapping Mapping(Mark mark, int depth)
    {
        var entries = new List<YamlEntry>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        bool incomplete = false;
        while (Peek() is not MappingEnd)
        {
            var keyMark = At(Peek().Start);
            if (entries.Count == YamlLimits.Entries)
            {
                throw TooMany(keyMark, YamlLimits.Entries, "entries of one mapping up to here");
            }
            bool keyIsAlias = Peek() is AnchorAlias;
            var key = Node(depth + 1);
            var value = Node(depth + 1);
            if (key is not YamlScalar name)
            {
                incomplete = true;
                if (key is not YamlBroken)
                {
                    _bag.Error(keyMark, Codes.KeyNotScalar, $"{key.Noun} is used as a key",
                        "write a name before the colon, and quote text that starts with a bracket or brace");
                }
                continue;
            }
            name = keyIsAlias ? name.MovedTo(keyMark) : name;
            if (name is { IsPlain: true, Text: "<<" })
            {
                incomplete = true;
                _bag.Error(keyMark, Codes.MergeKey, "merge keys '<<' are not part of the language",
                    "write the keys out, or use an alias for a whole value");
            }
            else if (!seen.Add(name.Text))
            {
                _bag.Error(keyMark, Codes.DuplicateKey, $"the key '{ValueKind.Shown(name.Text)}' occurs twice",
                    "keep one of them");
            }
            else if (!IsNull(value))
            {
                entries.Add(new YamlEntry(name, value));
            }
            else if (Valueless(name, (YamlScalar)value, entries) is { } meant && seen.Add(meant))
            {
                entries.Add(new YamlEntry(YamlScalar.Of(name.Mark, meant), new YamlBroken(value.Mark)));
            }
        }
        Next();
        return new YamlMapping(mark, entries, incomplete);
    }

    private static bool IsNull(YamlNode node) =>
        node is YamlScalar { IsPlain: true, Text: "" or "~" or "null" or "Null" or "NULL" };

    /// <summary>Tells why a key has no value; the key that was meant, or null if none was.</summary>
    private string? Valueless(YamlScalar key, YamlScalar value, List<YamlEntry> before)
    {
        int colon = key.Text.IndexOf(':', StringComparison.Ordinal);
        if (value.Text.Length == 0 && before.LastOrDefault() is { Value: YamlScalar { IsPlain: true } open } last
            && open.Text.Count(c => c == '(') > open.Text.Count(c => c == ')'))
        {
            _bag.Error(open.Mark, Codes.UnquotedComma,
                $"the comma after '{ValueKind.Shown(open.Text)}' ends the value inside braces",
                "put the whole expression in quotes");
            before[^1] = last with { Value = new YamlBroken(open.Mark) };
            return null;
        }
        if (value.Text.Length == 0 && colon > 0 && key.IsPlain)
        {
            _bag.Error(key.At(colon), Codes.MissingBlank,
                $"the blank after the colon is missing in '{ValueKind.Shown(key.Text)}'",
                $"write '{ValueKind.Shown(key.Text[..colon])}: {ValueKind.Shown(key.Text[(colon + 1)..])}'");
            return key.Text[..colon];
        }
        _bag.Error(key.Mark, Codes.EmptyValue, $"'{ValueKind.Shown(key.Text)}' has no value",
            "write a value after the colon, or remove the key");
        return key.Text;
    }

    private YamlSequence Sequence(Mark mark, int depth)
    {
        var items = new List<YamlNode>();
        while (Peek() is not SequenceEnd)
        {
            if (items.Count == YamlLimits.Entries)
            {
                throw TooMany(At(Peek().Start), YamlLimits.Entries, "items of one list up to here");
            }
            var item = Node(depth + 1);
            if (IsNull(item))
            {
                _bag.Error(item.Mark, Codes.EmptyValue, "this item of the list has no value",
                    "write a value, or remove the item");
                item = new YamlBroken(item.Mark);
            }
            items.Add(item);
        }
        Next();
        return new YamlSequence(mark, items);
    }

    private static SyntaxFault TooMany(Mark mark, int most, string what) => new(mark, Codes.TooMuchInFile,
        FormattableString.Invariant($"there are more than {most:N0} {what}"), "describe like things once with a 'count', or split the file");

    private void CheckTag(NodeEvent start, Mark mark)
    {
        if (!start.Tag.IsEmpty)
        {
            string tag = start.Tag.IsNonSpecific ? "!" : start.Tag.Value;
            _bag.Error(mark, Codes.YamlTag, $"the YAML tag '{tag}' is not part of the language",
                "remove it, or quote text that starts with '!'");
        }
    }

    private ParsingEvent? _next;

    private ParsingEvent Peek() => _next ??= Advance();

    private void Next()
    {
        Peek();
        _next = null;
    }

    private void Take<T>()
        where T : ParsingEvent
    {
        var parsed = Peek();
        if (parsed is not T)
        {
            throw new SyntaxFault(At(parsed.Start), Codes.YamlSyntax, "the YAML document does not end here",
                "check the indentation");
        }
        Next();
    }

    private ParsingEvent Advance()
    {
        try
        {
            if (_parser.MoveNext() && _parser.Current is { } parsed)
            {
                Track(parsed);
                return parsed;
            }
        }
        catch (YamlException fault)
        {
            // What never ends is best shown where it began; else where reading stopped.
            bool endless = fault.Message.Contains("end of stream", StringComparison.Ordinal);
            throw new SyntaxFault(At(endless ? fault.Start : fault.End), Codes.YamlSyntax, Worded(fault.Message),
                "check indentation, quotes and brackets here");
        }
        catch (Exception fault) when (fault is ArgumentException or InvalidOperationException or FormatException
            or IndexOutOfRangeException or OverflowException or NullReferenceException or InvalidCastException)
        {
            // The parser's own slips on malformed input are malformed input to the user.
            throw _openFlows.TryPeek(out var open)
                ? new SyntaxFault(open, Codes.YamlSyntax, "the bracket or brace that opens here is not closed",
                    "close it")
                : new SyntaxFault(_last, Codes.YamlSyntax, "the YAML breaks off after this",
                    "check indentation, quotes and brackets");
        }
        throw new SyntaxFault(_origin, Codes.YamlSyntax, "the YAML ends too early", "check brackets and quotes");
    }

    private void Track(ParsingEvent parsed)
    {
        _last = At(parsed.Start);
        if (parsed is MappingStart or SequenceStart)
        {
            bool flow = parsed is MappingStart { Style: MappingStyle.Flow } or SequenceStart { Style: SequenceStyle.Flow };
            _open.Push(flow);
            if (flow)
            {
                _openFlows.Push(_last);
            }
        }
        else if (parsed is MappingEnd or SequenceEnd && _open.Pop())
        {
            _openFlows.Pop();
        }
    }

    private static string Worded(string message)
    {
        string line = message.ReplaceLineEndings(" ").TrimEnd('.', ' ');
        return line.Length == 0 ? "the YAML syntax is broken" : char.ToLowerInvariant(line[0]) + line[1..];
    }

    private Mark At(in YamlDotNet.Core.Mark mark)
    {
        int line = (int)Math.Clamp(mark.Line, 1, int.MaxValue / 2);
        int column = (int)Math.Clamp(mark.Column, 1, int.MaxValue / 2);
        return new Mark(_file, _origin.Line + line - 1, line == 1 ? _origin.Column + column - 1 : column);
    }

    /// <summary>Ends the reading of a file whose syntax is broken.</summary>
    private sealed class SyntaxFault(Mark mark, DiagnosticCode code, string message, string remedy) : Exception(message)
    {
        public Mark Mark { get; } = mark;
        public DiagnosticCode Code { get; } = code;
        public string Remedy { get; } = remedy;
    }
}
