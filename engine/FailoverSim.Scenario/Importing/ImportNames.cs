using System.Text.RegularExpressions;
using FailoverSim.Scenario.Values;

namespace FailoverSim.Scenario.Importing;

/// <summary>Names of one kind of thing in the scenario. They depend on the set of names in the dump, not on its order.</summary>
internal sealed partial class ImportNames
{
    /// <summary>Room for what makes names differ, below the longest that the language allows.</summary>
    private const int Longest = 150;

    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    /// <param name="noun">What names begin with where they are scrubbed, or where nothing of one is left.</param>
    /// <param name="names">Those in the dump, each with what would be its name here; several may want the same.</param>
    /// <param name="isAnonymous">Whether they are scrubbed.</param>
    /// <param name="areCounted">Whether the things are NAME-1, NAME-2 …, which no other name may be.</param>
    public ImportNames(string noun, IEnumerable<(string Name, string Wanted)> names, bool isAnonymous, bool areCounted = false)
    {
        HashSet<string> taken = new(StringComparer.Ordinal), counted = new(StringComparer.Ordinal);
        Dictionary<string, int> tried = new(StringComparer.Ordinal);
        int number = 0;
        foreach ((string name, string wanted) in names.DistinctBy(pair => pair.Name).OrderBy(pair => pair.Name, StringComparer.Ordinal))
        {
            number++;
            string clean = Cleaned(wanted);
            string first = isAnonymous || clean.Length == 0 ? FormattableString.Invariant($"{noun}-{number}") : clean;
            string free = first;
            while (taken.Contains(free) || (areCounted && (counted.Contains(free) || taken.Contains(CountedAs(free)))))
            {
                // With a letter, as numbers are for copies.
                int letter = tried[first] = tried.GetValueOrDefault(first, 1) + 1;
                free = $"{first}-{Letters(letter)}";
            }
            taken.Add(free);
            counted.Add(CountedAs(free));
            _names[name] = free;
        }
    }

    public ImportNames(string noun, IEnumerable<string> names, bool isAnonymous)
        : this(noun, names.Select(name => (name, name)), isAnonymous)
    {
    }

    public string this[string name] => _names[name];

    /// <summary>Small letters, digits and dashes of a text; may be empty.</summary>
    public static string Cleaned(string text)
    {
        string cleaned = NotInNames().Replace(text.ToLowerInvariant(), "-").Trim('-');
        cleaned = cleaned.Length > Longest ? cleaned[..Longest].Trim('-') : cleaned;
        return UpWhenKind.ReservedWords.Contains(cleaned) ? cleaned + "-x" : cleaned;
    }

    private static string Letters(int number) => number <= 26
        ? ((char)('a' + number - 1)).ToString()
        : Letters((number - 1) / 26) + Letters(((number - 1) % 26) + 1);

    /// <summary>The name of which this one would be a copy; itself where it does not end in a number.</summary>
    private static string CountedAs(string name) =>
        name.TrimEnd("0123456789".ToCharArray()) is var stem && stem.Length < name.Length && stem.Length > 1 && stem[^1] == '-' ? stem[..^1] : name;

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotInNames();
}
