using System.Text.RegularExpressions;
using FailoverSim.Scenario.Values;

namespace FailoverSim.Scenario.Importing;

/// <summary>Names of one kind of thing in the scenario. They depend on the set of names in the dump, not on its order.</summary>
internal sealed partial class ImportNames
{
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    /// <param name="noun">What names begin with where they are scrubbed, or where nothing of one is left.</param>
    /// <param name="names">Those in the dump, each with what would be its name here; several may want the same.</param>
    /// <param name="isAnonymous">Whether they are scrubbed.</param>
    /// <param name="areCounted">Whether the things are NAME-1, NAME-2 …, which no other name may be.</param>
    public ImportNames(string noun, IEnumerable<(string Name, string Wanted)> names, bool isAnonymous, bool areCounted = false)
    {
        HashSet<string> taken = new(StringComparer.Ordinal);
        int number = 0;
        foreach ((string name, string wanted) in names.DistinctBy(pair => pair.Name).OrderBy(pair => pair.Name, StringComparer.Ordinal))
        {
            number++;
            string clean = Cleaned(wanted);
            string first = isAnonymous || clean.Length == 0 ? FormattableString.Invariant($"{noun}-{number}") : clean;
            string free = Candidates(first).First(candidate => !taken.Contains(candidate)
                && !(areCounted && taken.Any(other => IsCopy(candidate, other) || IsCopy(other, candidate))));
            taken.Add(free);
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
        return UpWhenKind.ReservedWords.Contains(cleaned) ? cleaned + "-x" : cleaned;
    }

    /// <summary>A name and those that take its place where it is taken: with a letter, as numbers are for copies.</summary>
    private static IEnumerable<string> Candidates(string first) =>
        Enumerable.Range(1, int.MaxValue - 1).Select(i => i == 1 ? first : $"{first}-{Letters(i)}");

    private static string Letters(int number) => number <= 26
        ? ((char)('a' + number - 1)).ToString()
        : Letters((number - 1) / 26) + Letters(((number - 1) % 26) + 1);

    private static bool IsCopy(string copy, string of) => copy.Length > of.Length + 1 && copy.StartsWith(of, StringComparison.Ordinal)
        && copy[of.Length] == '-' && copy.AsSpan(of.Length + 1).IndexOfAnyExceptInRange('0', '9') < 0;

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotInNames();
}
