using FailoverSim.Scenario.Values;

namespace FailoverSim.Scenario.Diagnostics;

/// <summary>"Did you mean": the nearest of the names that would have been right.</summary>
internal static class Suggestion
{
    /// <summary>More names than this are not searched: the answer would cost more than it helps.</summary>
    private const int MostCandidates = 500;

    /// <summary>A slip in a longer word than this is no matter of letters, and looking for it costs too much.</summary>
    private const int LongestWord = 100;

    /// <summary>A remedy that proposes the nearest name, or lists what there is.</summary>
    public static Remedy For(string written, IEnumerable<string> candidates, string whenNone) => new(() => Text(written, candidates, whenNone));

    private static string Text(string written, IEnumerable<string> candidates, string whenNone)
    {
        var names = candidates.Take(MostCandidates).ToList();
        if (Nearest(written, names) is { } nearest)
        {
            return $"did you mean '{nearest}'?";
        }
        if (names.Count == 0)
        {
            return whenNone;
        }
        if (names is [var only])
        {
            return $"write {ValueKind.Shown(only)}";
        }
        const int Shown = 12;
        var rest = names.Count > Shown ? ", …" : "";
        return $"write one of {string.Join(", ", names.Take(Shown).Select(name => ValueKind.Shown(name)))}{rest}";
    }

    public static string? Nearest(string written, IEnumerable<string> candidates)
    {
        // Two slips in a long word are still a slip; in a short one they are another word.
        int limit = written.Length switch { <= 3 => 1, <= 7 => 2, <= LongestWord => 3, _ => -1 };
        string? best = null;
        foreach (var candidate in candidates.Take(MostCandidates))
        {
            if (Math.Abs(candidate.Length - written.Length) > limit)
            {
                continue;
            }
            int distance = Distance(written.ToLowerInvariant(), candidate.ToLowerInvariant());
            if (distance <= limit && distance < candidate.Length)
            {
                (best, limit) = (candidate, distance - 1);
            }
        }
        return best;
    }

    /// <summary>Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).</summary>
    private static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            d[i, 0] = i;
        }
        for (int j = 0; j <= b.Length; j++)
        {
            d[0, j] = j;
        }
        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int replace = d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                d[i, j] = Math.Min(replace, Math.Min(d[i - 1, j], d[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
                }
            }
        }
        return d[a.Length, b.Length];
    }
}
