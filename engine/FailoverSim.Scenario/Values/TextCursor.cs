using FailoverSim.Scenario.Diagnostics;

namespace FailoverSim.Scenario.Values;

/// <summary>A reading position in a value; it may be confined to a part, so that indices stay those of the
/// whole.</summary>
internal sealed class TextCursor(string text, int start, int end)
{
    public TextCursor(string text)
        : this(text, 0, text.Length)
    {
    }

    public int Index { get; set; } = start;
    public bool AtEnd => Index >= end;

    /// <summary>The character here, or NUL (which no source holds) at the end.</summary>
    public char Current => AtEnd ? '\0' : text[Index];

    /// <summary>All that is left.</summary>
    public string Rest => AtEnd ? "" : text[Index..end];

    public char Peek(int offset) => Index + offset < end ? text[Index + offset] : '\0';

    public void SkipBlanks()
    {
        while (Current is ' ' or '\t' or '\n' or '\r')
        {
            Index++;
        }
    }

    public string TakeWhile(Func<char, bool> belongs)
    {
        int first = Index;
        while (!AtEnd && belongs(text[Index]))
        {
            Index++;
        }
        return text[first..Index];
    }

    public bool TryTake(string token)
    {
        if (string.CompareOrdinal(text, Index, token, 0, token.Length) != 0 || Index + token.Length > end)
        {
            return false;
        }
        Index += token.Length;
        return true;
    }

    /// <summary>A lower-case word with digits and dashes, as names are; empty if there is none.</summary>
    public string TakeName() => TakeWhile(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    /// <summary>What stands here up to the next blank, for messages.</summary>
    public string Token
    {
        get
        {
            int last = Index;
            while (last < end && text[last] is not (' ' or '\t' or '\n'))
            {
                last++;
            }
            return text[Index..last];
        }
    }

    public TextCursor Part(int first, int last) => new(text, first, last);

    public string Slice(int first, int last) => text[first..last];

    public BadValueException Fault(DiagnosticCode code, string message, Remedy remedy) =>
        new(Index, code, message, remedy);
}
