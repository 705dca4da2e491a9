namespace FailoverSim.Tests.Robustness.Fuzzing;

/// <summary>Texts that are nearly valid ones: by lines and by words, from one another and from a list of hostile ones.</summary>
internal sealed class TextMutator(IReadOnlyList<string> texts, IReadOnlyList<string> hostile)
{
    private static readonly char[] Ends = [' ', '\n', ',', ':', '{', '}', '[', ']', '(', ')', '=', '\''];

    private readonly string[][] _lines = [.. texts.Select(text => text.Split('\n'))];
    private readonly string[] _words =
        [.. texts.SelectMany(text => text.Split(Ends, StringSplitOptions.RemoveEmptyEntries)).Distinct().Order(StringComparer.Ordinal), .. hostile];

    public string Word(Random dice) => Any(dice, _words);

    /// <summary>With some lines left out, doubled, shifted, or those of another.</summary>
    public string Lines(Random dice)
    {
        List<string> lines = [.. Any(dice, _lines)];
        for (int edits = dice.Next(1, 6); edits > 0; edits--)
        {
            int at = dice.Next(lines.Count);
            string[] other = Any(dice, _lines);
            switch (dice.Next(5))
            {
                case 0 when lines.Count > 1:
                    lines.RemoveAt(at);
                    break;
                case 1:
                    lines.Insert(at, lines[dice.Next(lines.Count)]);
                    break;
                case 2:
                    lines[at] = new string(' ', dice.Next(9)) + lines[at].TrimStart();
                    break;
                case 3:
                    lines.InsertRange(at, other.Skip(dice.Next(other.Length)).Take(dice.Next(1, 12)));
                    break;
                default:
                    lines[at] = Any(dice, other);
                    break;
            }
        }
        return string.Join('\n', lines);
    }

    /// <summary>With some words that are others'.</summary>
    public string Words(Random dice)
    {
        string text = string.Join('\n', Any(dice, _lines));
        for (int edits = dice.Next(1, 6); edits > 0; edits--)
        {
            int at = dice.Next(text.Length);
            int start = text.LastIndexOfAny(Ends, at) + 1;
            int end = text.IndexOfAny(Ends, at);
            end = end < 0 ? text.Length : end;
            text = text[..Math.Min(start, end)] + Word(dice) + text[end..];
        }
        return text;
    }

    private static T Any<T>(Random dice, IReadOnlyList<T> items) => items[dice.Next(items.Count)];
}
