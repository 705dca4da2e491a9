using System.Text;

namespace FailoverSim.Reporting.Figures.Drawing;

/// <summary>
/// Widths of text from the advance widths of Helvetica (Adobe AFM, shared by Arial and Liberation Sans), in 1/1000 of
/// the size.
/// An estimate is enough: layout needs to know that nothing overlaps, not where each letter ends.
/// </summary>
internal static class TextWidth
{
    private const string Ellipsis = "…";
    private const int BoldPermille = 1090;

    private static readonly int[] Ascii =
    [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
        556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
        1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
        667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
        333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
        556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
    ];

    public static double Of(string text, double size, bool bold = false)
    {
        int permille = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            permille += Advance(rune);
        }
        return permille * (bold ? BoldPermille : 1000) * size / 1e6;
    }

    /// <summary>The text itself if it fits, otherwise its beginning and its end: names of a family differ at
    /// either.</summary>
    public static string Shorten(string text, double size, double limit, bool bold = false)
    {
        if (Of(text, size, bold) <= limit)
        {
            return text;
        }
        Rune[] runes = [.. text.EnumerateRunes()];
        for (int kept = runes.Length - 1; kept > 1; kept--)
        {
            int head = (kept + 1) / 2;
            string candidate = string.Concat(runes[..head]) + Ellipsis + string.Concat(runes[^(kept - head)..]);
            if (Of(candidate, size, bold) <= limit)
            {
                return candidate;
            }
        }
        return Ellipsis;
    }

    /// <summary>Lines of whole words no wider than the limit; the last line is shortened when more than <paramref
    /// name="lines"/> were needed.</summary>
    public static IReadOnlyList<string> Wrap(string text, double size, double limit, int lines, bool bold = false)
    {
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        List<string> wrapped = [];
        int next = 0;
        while (next < words.Length)
        {
            string line = words[next++];
            while (next < words.Length
                && (wrapped.Count + 1 == lines || Of($"{line} {words[next]}", size, bold) <= limit))
            {
                line += " " + words[next++];
            }
            wrapped.Add(Shorten(line, size, limit, bold));
        }
        return wrapped;
    }

    // Beyond ASCII: ideographs and emoji are as wide as the size, most signs and letters no wider than two thirds of
    // it.
    private static int Advance(Rune rune) => rune.Value switch
    {
        < ' ' => 0,
        <= '~' => Ascii[rune.Value - ' '],
        '·' or '\u00a0' or '\u202f' => 278,
        '–' or 'µ' or '≤' or '≥' or '−' or '×' or '±' => 584,
        '…' or '→' or '—' => 1000,
        < 0x1100 => 667,
        _ => 1000,
    };
}
