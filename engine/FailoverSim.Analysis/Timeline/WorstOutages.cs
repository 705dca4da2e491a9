using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Results;
using FailoverSim.Kernel.Time;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Analysis.Timeline;

/// <summary>Finds the longest outages of a run and tells them: each replication that has one is run again.</summary>
public static class WorstOutages
{
    /// <summary>The longest outages, the longest first; of services that were down together only the one that was down for longest.</summary>
    /// <param name="spec">The variant that the table is of.</param>
    /// <param name="table">Its results.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="service">A service, or a workload where all services are figures over workloads; null: any.</param>
    /// <param name="mostLines">Lines of a story at most.</param>
    /// <exception cref="InvalidDataException">The scenario does not have an outage that the table has: they do not belong together.</exception>
    public static IEnumerable<OutageStory> Of(ScenarioSpec spec, ResultTable table, int count, string? service, int mostLines) =>
        Candidates(table, service, count).Select(candidate =>
        {
            (Replay replay, OutageSpan outage) = Find(spec, candidate);
            return new Storyteller(replay).Of(outage, mostLines);
        });

    /// <summary>The replication with the longest outage, told around it; null if there was none.</summary>
    public static Replay? ReplayOf(ScenarioSpec spec, ResultTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return Candidates(table, null, 1).Select(candidate => Find(spec, candidate).Replay).FirstOrDefault();
    }

    /// <summary>Whom outages can be told of: the services, but for figures; the workloads where all services are figures.</summary>
    public static IReadOnlyList<string> Tellable(ResultNames names)
    {
        ArgumentNullException.ThrowIfNull(names);
        string[] states = [.. names.Services.Where((_, index) => names.ViewOf(index) is null)];
        return states.Length > 0 ? states : [.. names.Fleet.Select(member => member.Name)];
    }

    private static (Replay Replay, OutageSpan Outage) Find(ScenarioSpec spec, Candidate candidate)
    {
        OutageSpan outage = Replay.OutagesOf(spec, candidate.Replication).FirstOrDefault(candidate.Is)
            ?? throw new InvalidDataException(
                $"replication {candidate.Replication} has no outage of {candidate.Name} as long as the results say; "
                + "they come from another scenario, another seed or another version of the engine");
        Replay replay = Replay.Of(spec, candidate.Replication, Replay.Around(spec, [outage]), outage);
        return (replay, replay.Outages.First(candidate.Is));
    }

    private static List<Candidate> Candidates(ResultTable table, string? service, int count)
    {
        for (int looked = 256 + (16 * count); ; looked *= 16)
        {
            // Sorting all would take longer than finding a few: there may be millions.
            List<Candidate> longest = Longest(
                OfServices(table).Concat(OfMembers(table)).Where(candidate => service is null || candidate.Name == service), looked);
            List<Candidate> chosen = [];
            foreach (Candidate next in longest)
            {
                if (chosen.Count < count && !chosen.Exists(next.Overlaps))
                {
                    chosen.Add(next);
                }
            }
            if (chosen.Count == count || longest.Count < looked)
            {
                return chosen;
            }
        }
    }

    /// <summary>So many of the longest, the longest first; ties by replication, start, and order.</summary>
    private static List<Candidate> Longest(IEnumerable<Candidate> all, int most)
    {
        PriorityQueue<Candidate, (long, long, long, long)> kept = new();
        long order = 0;
        foreach (Candidate candidate in all)
        {
            var rank = (candidate.Length, -candidate.Replication, -(candidate.Start ?? 0), -order++);
            if (kept.Count < most)
            {
                kept.Enqueue(candidate, rank);
            }
            else
            {
                kept.EnqueueDequeue(candidate, rank);
            }
        }
        List<Candidate> sorted = new(kept.Count);
        while (kept.TryDequeue(out Candidate candidate, out _))
        {
            sorted.Add(candidate);
        }
        sorted.Reverse();
        return sorted;
    }

    private static IEnumerable<Candidate> OfServices(ResultTable table) =>
        table.Rows.SelectMany(row => row.Outages.Select(outage =>
            new Candidate(row.Replication, table.Names.Services[row.Service], outage.Start, outage.Duration)));

    /// <summary>Of a workload rows tell the longest outage of a replication, and not when it was.</summary>
    private static IEnumerable<Candidate> OfMembers(ResultTable table) =>
        table.Names.Views.Count < table.Names.Services.Count ? [] : table.Rows.SelectMany(row => row.Members
            .Where(member => member.LongestOutage > 0)
            .Select(member => new Candidate(row.Replication, table.Names.Fleet[member.Member].Name, null, member.LongestOutage)));

    /// <param name="Replication">Of which replication.</param>
    /// <param name="Name">Of the service or workload.</param>
    /// <param name="Start">Nanoseconds; null: not known.</param>
    /// <param name="Length">Nanoseconds.</param>
    private readonly record struct Candidate(long Replication, string Name, long? Start, long Length)
    {
        public bool Is(OutageSpan outage) =>
            !outage.WasOpen && outage.Name == Name && outage.Length.Nanoseconds == Length
            && (Start is null || outage.Start == new SimTime(Start.Value));

        /// <summary>Of workloads one a replication is told.</summary>
        public bool Overlaps(Candidate other) =>
            Replication == other.Replication
            && (Start is null || (Start < other.Start + other.Length && Start + Length > other.Start));
    }
}
