using FailoverSim.Scenario.Specification;

namespace FailoverSim.Analysis.Importance;

/// <summary>A service as a function of how many copies of each group work: copies of a group are alike to it.</summary>
public sealed class Structure
{
    /// <summary>More sets of failures than this are not searched for minimal cuts.</summary>
    private const long MostSubsets = 4096;

    private readonly UpWhen _upWhen;

    /// <param name="service">Name of the service.</param>
    /// <param name="upWhen">When it is up.</param>
    /// <param name="units">The units of the scenario.</param>
    public Structure(string service, UpWhen upWhen, IReadOnlyList<UnitSpec> units)
    {
        ArgumentNullException.ThrowIfNull(units);
        Service = service;
        _upWhen = upWhen;
        HashSet<string> names = [.. NamesIn(upWhen)];
        Groups = [.. units.Where(unit => names.Contains(unit.Name))];
    }

    public string Service { get; }

    /// <summary>The groups that it depends on, in the order of the file.</summary>
    public IReadOnlyList<UnitSpec> Groups { get; }

    /// <summary>Whether the service is down.</summary>
    /// <param name="working">Copies that work, by group.</param>
    public bool IsDown(ReadOnlySpan<int> working) => !IsUp(_upWhen, working);

    /// <summary>What a state says of each group, as means over its copies.</summary>
    /// <param name="working">Copies that work, by group.</param>
    public IReadOnlyList<CopyShares> SharesAt(IReadOnlyList<int> working)
    {
        ArgumentNullException.ThrowIfNull(working);
        int[] state = [.. working];
        bool down = IsDown(state);
        return [.. Groups.Select((unit, g) =>
        {
            double failed = (unit.Count - state[g]) / (double)unit.Count;
            bool downWithOneLess = state[g] > 0 && IsDownWith(state, g, -1);
            bool downWithOneMore = state[g] < unit.Count && IsDownWith(state, g, +1);
            double? inCut = !down || failed == 0 ? 0 : IsInFailedCut(state, g) is { } isIn ? (isIn ? failed : 0) : null;
            return new CopyShares(
                failed,
                ((1 - failed) * (downWithOneLess ? 1 : 0)) + (failed * (down ? 1 : 0)),
                ((1 - failed) * (down ? 1 : 0)) + (failed * (downWithOneMore ? 1 : 0)),
                inCut);
        })];
    }

    /// <summary>
    /// Whether a failed copy belongs to a minimal cut that has failed entirely: without it some of the other failures leave the service
    /// up, and with it they do not. Null where there are too many sets of failures to be searched.
    /// </summary>
    private bool? IsInFailedCut(int[] working, int group)
    {
        int[] most = [.. Groups.Select((unit, g) => unit.Count - working[g] - (g == group ? 1 : 0))];
        if (most.Aggregate(1L, (product, failures) => Math.Min(MostSubsets + 1, product * (failures + 1))) > MostSubsets)
        {
            return null;
        }
        int[] failures = new int[most.Length];
        int[] state = [.. Groups.Select(unit => unit.Count)];
        while (true)
        {
            if (!IsDown(state) && IsDownWith(state, group, -1))
            {
                return true;
            }
            // The next set of failures, as an odometer counts.
            int g = 0;
            while (g < most.Length && failures[g] == most[g])
            {
                state[g] += failures[g];
                failures[g++] = 0;
            }
            if (g == most.Length)
            {
                return false;
            }
            failures[g]++;
            state[g]--;
        }
    }

    private bool IsDownWith(int[] state, int group, int change)
    {
        state[group] += change;
        bool down = IsDown(state);
        state[group] -= change;
        return down;
    }

    private bool IsUp(UpWhen expression, ReadOnlySpan<int> working)
    {
        switch (expression)
        {
            case UpWhen.Copies copies:
                return working[IndexOf(copies.Unit)] >= copies.Needed;
            case UpWhen.AtLeast atLeast:
                int up = 0;
                foreach (UpWhen part in atLeast.Parts)
                {
                    up += IsUp(part, working) ? 1 : 0;
                }
                return up >= atLeast.Needed;
            default:
                throw new ArgumentOutOfRangeException(nameof(expression), expression, "Unknown kind of expression.");
        }
    }

    private int IndexOf(string unit)
    {
        for (int g = 0; g < Groups.Count; g++)
        {
            if (Groups[g].Name == unit)
            {
                return g;
            }
        }
        throw new ArgumentException($"No unit {unit}.", nameof(unit));
    }

    private static IEnumerable<string> NamesIn(UpWhen expression) => expression switch
    {
        UpWhen.Copies copies => [copies.Unit],
        UpWhen.AtLeast atLeast => atLeast.Parts.SelectMany(NamesIn),
        _ => [],
    };
}

/// <summary>What one state of a service says of the copies of a group: means over them.</summary>
/// <param name="Failed">The copy is failed.</param>
/// <param name="DownIfFailed">The service is down, were the copy failed and all else as it is.</param>
/// <param name="DownIfWorking">The service is down, were the copy working and all else as it is.</param>
/// <param name="InFailedCut">The service is down and the copy belongs to a minimal cut that has failed; null if that was too much to search.</param>
public readonly record struct CopyShares(double Failed, double DownIfFailed, double DownIfWorking, double? InFailedCut);
