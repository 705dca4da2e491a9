using System.Text;
using FailoverSim.Scenario.Diagnostics;

namespace FailoverSim.Scenario.Yaml;

/// <summary>Bytes to text: size, encoding and control characters are settled before YAML is looked at.</summary>
internal static class SourceText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true);

    public static string? Decode(string file, ReadOnlySpan<byte> bytes, DiagnosticBag bag, YamlLimits? limits = null)
    {
        var start = new Mark(file, 1, 1);
        int most = (limits ?? YamlLimits.Written).FileBytes;
        if (bytes.Length > most)
        {
            bag.Error(start, Codes.FileTooLarge,
                FormattableString.Invariant($"the file is larger than the limit of {most >> 20} MiB"),
                "describe like things once with a 'count', or split the file");
            return null;
        }
        return Text(file, bytes, bag);
    }

    /// <summary>The same without a limit on the size.</summary>
    public static string? Text(string file, ReadOnlySpan<byte> bytes, DiagnosticBag bag)
    {
        if (bytes.StartsWith(new byte[] { 0xEF, 0xBB, 0xBF }))
        {
            bytes = bytes[3..];
        }
        string text;
        try
        {
            text = Strict.GetString(bytes);
        }
        catch (DecoderFallbackException fault)
        {
            var valid = Encoding.UTF8.GetString(bytes[..Math.Clamp(fault.Index, 0, bytes.Length)]);
            bag.Error(MarkOf(file, valid, valid.Length), Codes.NotText, "the file is not UTF-8 text",
                "save it as UTF-8");
            return null;
        }
        int bad = text.AsSpan().IndexOfAnyInRange('\0', '\u0008');
        bad = bad >= 0 ? bad : text.AsSpan().IndexOfAnyInRange('\u000B', '\u000C');
        bad = bad >= 0 ? bad : text.AsSpan().IndexOfAnyInRange('\u000E', '\u001F');
        bad = bad >= 0 ? bad : text.IndexOf('\u007F', StringComparison.Ordinal);
        if (bad >= 0)
        {
            bag.Error(MarkOf(file, text, bad), Codes.NotText,
                FormattableString.Invariant($"the file contains the control character U+{(int)text[bad]:X4}"),
                "a scenario is plain text: remove it, or give the path of the scenario");
            return null;
        }
        return text;
    }

    public static Mark MarkOf(string file, string text, int index)
    {
        int line = 1 + text.AsSpan(0, index).Count('\n');
        int column = index - text.AsSpan(0, index).LastIndexOf('\n');
        return new Mark(file, line, column);
    }

    /// <summary>The first tab that indents a line, which YAML forbids and editors hide.</summary>
    public static Mark? FirstIndentingTab(string file, string text)
    {
        int line = 1;
        int lineStart = 0;
        while (lineStart < text.Length)
        {
            int i = lineStart;
            int tab = -1;
            while (i < text.Length && text[i] is ' ' or '\t')
            {
                tab = tab < 0 && text[i] == '\t' ? i : tab;
                i++;
            }
            bool hasContent = i < text.Length && text[i] is not ('\n' or '\r' or '#');
            if (hasContent && tab >= 0)
            {
                return new Mark(file, line, tab - lineStart + 1);
            }
            int end = text.IndexOf('\n', i);
            if (end < 0)
            {
                break;
            }
            lineStart = end + 1;
            line++;
        }
        return null;
    }
}
