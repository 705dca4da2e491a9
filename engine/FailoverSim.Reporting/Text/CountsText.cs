using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Tables;

namespace FailoverSim.Reporting.Text;

/// <summary>What the mechanisms of a scenario did, in a few lines: how often a year, and what never happened.</summary>
public static class CountsText
{
    /// <summary>Lines without indentation, none longer than asked for unless a single entry is; none where nothing is counted.</summary>
    public static IReadOnlyList<string> Lines(ResultTable table, int width)
    {
        ArgumentNullException.ThrowIfNull(table);
        List<string> seen = [], never = [];
        HashSet<int> judged = [.. JudgedMechanism.Of(table.Names.Counters).Select(mechanism => mechanism.All)];
        double bound = 0;
        foreach (int i in InOrder(table.Names.Counters))
        {
            string name = table.Names.Counters[i];
            Estimate perYear = Summary.CountPerYear(table, i);
            if (table.Count(i).Total > 0)
            {
                // What is judged is told as needed and false (DetectionText).
                if (!judged.Contains(i))
                {
                    seen.Add($"{HumanUnits.Number(perYear.Value ?? 0)} {name}");
                }
            }
            else
            {
                never.Add(name);
                // Of what never happened the bound depends on the observed time alone.
                bound = perYear.High ?? 0;
            }
        }
        return
        [
            .. Wrap("in a year:", seen, width),
            .. Wrap($"never seen (at most {HumanUnits.Number(bound)} a year):", never, width),
        ];
    }

    /// <summary>What cannot be made good comes first; like things stand together; false ones are part of others.</summary>
    private static IEnumerable<int> InOrder(IReadOnlyList<string> names) => Enumerable.Range(0, names.Count)
        .Where(i => JudgedMechanism.AllOf(names[i]) == names[i])
        .OrderBy(i => names[i].EndsWith("data-losses", StringComparison.Ordinal) ? 0 : 1)
        .ThenBy(i => names[i], StringComparer.Ordinal);

    internal static IEnumerable<string> Wrap(string head, List<string> entries, int width)
    {
        string line = head;
        for (int i = 0; i < entries.Count; i++)
        {
            string entry = i < entries.Count - 1 ? $"{entries[i]}," : entries[i];
            if (i > 0 && line.Length + 1 + entry.Length > width)
            {
                yield return line;
                line = " ";
            }
            line += $" {entry}";
        }
        if (entries.Count > 0)
        {
            yield return line;
        }
    }
}
