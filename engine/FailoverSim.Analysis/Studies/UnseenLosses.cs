using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Results;
using FailoverSim.Kernel.Structure;
using FailoverSim.Kernel.Time;
using FailoverSim.Scenario.Building;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Analysis.Studies;

/// <summary>A kind of loss that the structure allows and no replication has shown.</summary>
/// <param name="Kinds">The faults that bring it.</param>
/// <param name="ForcedSeconds">Mean length of the outages when they were made to strike together.</param>
public sealed record UnseenLoss(KindSet Kinds, double ForcedSeconds);

/// <summary>
/// What a sample without some kinds of losses says of them: their rate is bounded by what was observed, their length is measured
/// by force. Rules and limits in engine/docs/attribution.md.
/// </summary>
/// <param name="Service">Index of the service.</param>
/// <param name="Unseen">The kinds that were never seen and can be forced, the longest first.</param>
/// <param name="KindsOfLoss">All that the structure allows with so many faults, seen or not.</param>
/// <param name="Unavailability">What all unseen ones together may add, at the level of the interval.</param>
/// <param name="UpperEnd">Of the interval of the unavailability.</param>
/// <param name="IsCutShort">There may be more kinds than were looked at.</param>
public sealed record UnseenLosses(
    int Service, IReadOnlyList<UnseenLoss> Unseen, int KindsOfLoss, double Unavailability, double UpperEnd, bool IsCutShort)
{
    /// <summary>Faults that are combined.</summary>
    public const int Order = 3;

    /// <summary>Above this part of the upper end the interval does not say what it seems to.</summary>
    private const double Negligible = 0.1;

    /// <summary>Gates, conditions and faults that one search may look at: some tenths of a second.</summary>
    private const long Work = 50_000_000;

    /// <summary>Kinds that are forced; the others come with more faults, or later in the file.</summary>
    private const int MostForced = 24;

    /// <summary>Instants at which they are: 21 hours apart, so that they fall on all days of a week, or closer in a short horizon.</summary>
    private const int Trials = 8;

    private static readonly SimDuration Apart = SimDuration.FromSeconds(21 * 3600);

    public bool IsUnresolved => Unavailability > Negligible * UpperEnd;

    /// <summary>For each service that is up or down and whose structure allows losses that were not seen.</summary>
    public static IReadOnlyList<UnseenLosses> Of(ScenarioSpec spec, ResultTable table, double level = Summary.DefaultLevel)
    {
        ArgumentNullException.ThrowIfNull(table);
        Simulation present = new ScenarioModel(spec).Build();
        present.Reset(0);
        List<(int Service, List<Candidate> Unseen, int All, bool IsCutShort)> services = [];
        for (int service = 0; service < table.Names.Services.Count; service++)
        {
            if (present.CutsOf(service, Order, Work) is { } search)
            {
                List<Candidate> all = KindsOf(search.MinimalCuts(), present.Faults);
                List<Candidate> unseen = [.. all.Where(c => !IsSeen(c.Kinds, table.Totals(service).Attribution)).Take(MostForced)];
                services.Add((service, unseen, all.Count, search.IsCutShort));
            }
        }
        if (services.Any(s => s.Unseen.Count > 0))
        {
            Force(spec, present, [.. services.SelectMany(s => s.Unseen.Select(candidate => (s.Service, candidate)))]);
        }
        return [.. services.Select(s => Bound(table.Totals(s.Service), s.Unseen, s.All, s.IsCutShort, level)).Where(s => s.Unseen.Count > 0)];
    }

    /// <summary>Cuts by kinds of faults, those of few faults first; of each kind the first one stands for all.</summary>
    private static List<Candidate> KindsOf(IReadOnlyList<IReadOnlyList<int>> cuts, IReadOnlyList<FaultDeclaration> faults) =>
    [
        // Faults of one clock follow each other: they never meet.
        .. cuts.Where(cut => cut.Count > 0 && cut.DistinctBy(fault => (faults[fault].Owner, faults[fault].Slot)).Count() == cut.Count)
            .Select(cut => new Candidate(
                new KindSet([.. cut.CountBy(fault => faults[fault].Cause).OrderBy(kind => kind.Key).Select(kind => new KindCount(kind.Key, kind.Value))]),
                cut))
            .DistinctBy(candidate => candidate.Kinds),
    ];

    /// <summary>A loss was seen that began with these faults, whatever else was there.</summary>
    private static bool IsSeen(KindSet kinds, AttributionTotals seen) =>
        seen.ByCombination.Any(combination => combination.Value.Losses.Total > 0 && combination.Key.Contains(kinds));

    private static UnseenLosses Bound(ServiceTotals totals, List<Candidate> candidates, int all, bool isCutShort, double level)
    {
        IReadOnlyList<UnseenLoss> unseen =
        [
            .. candidates.Where(candidate => candidate.Outages > 0)
                .Select(candidate => new UnseenLoss(candidate.Kinds, candidate.Seconds / candidate.Outages))
                .OrderByDescending(loss => loss.ForcedSeconds),
        ];
        // None of all these was seen, so one bound holds for the sum of their rates.
        double rate = PoissonInterval.BoundAfterNone(level) / ((double)totals.Exposure / SimDuration.NanosecondsPerSecond);
        return new UnseenLosses(
            totals.Service, unseen, all, unseen.Count == 0 ? 0 : Math.Min(1, rate * unseen[0].ForcedSeconds),
            AvailabilityInterval.Unavailability(totals, level).High ?? 1, isCutShort);
    }

    /// <summary>Clones the model at some instants, lets the faults of a candidate strike together, and waits until the service is back.</summary>
    private static void Force(ScenarioSpec spec, Simulation present, IReadOnlyList<(int Service, Candidate Candidate)> candidates)
    {
        Simulation clone = new ScenarioModel(spec).Build();
        clone.Reset(0);
        Dictionary<int, CutSearch> lossOf = candidates.Select(c => c.Service).Distinct().ToDictionary(s => s, s => clone.CutsOf(s, Order, Work)!);
        SimTime end = SimTime.Zero + (spec.Run.WarmUp + spec.Run.Horizon);
        SimDuration apart = new(Math.Min(Apart.Nanoseconds, end.Nanoseconds / (2 * Trials)));
        SimTime instant = SimTime.Zero;
        for (int trial = 0; trial < Trials; trial++)
        {
            instant += apart;
            present.RunUntil(instant);
            foreach ((int service, Candidate candidate) in candidates)
            {
                clone.CopyStateFrom(present);
                CutSearch loss = lossOf[service];
                if (!loss.IsDown() && clone.Force([.. candidate.Faults.Select(fault => clone.Faults[fault])]) && loss.IsDown())
                {
                    candidate.Outages++;
                    candidate.Seconds += SecondsUntilUp(clone, service, end);
                }
            }
        }
    }

    /// <summary>In steps of a second at first (less in a horizon of seconds), then of a hundredth of what has passed.</summary>
    private static double SecondsUntilUp(Simulation simulation, int service, SimTime end)
    {
        SimTime start = simulation.Now;
        SimDuration passed = SimDuration.Zero;
        long least = Math.Clamp(end.Nanoseconds / 100, 1, SimDuration.NanosecondsPerSecond);
        while (start + passed < end && !simulation.Signals[simulation.UpOf(service)!.Value])
        {
            passed += new SimDuration(Math.Max(least, passed.Nanoseconds / 100));
            simulation.RunUntil(start + passed);
        }
        return passed.Seconds;
    }

    private sealed class Candidate(KindSet kinds, IReadOnlyList<int> faults)
    {
        public KindSet Kinds => kinds;

        /// <summary>Indices, the same in every instance of the model.</summary>
        public IReadOnlyList<int> Faults => faults;

        public int Outages { get; set; }

        public double Seconds { get; set; }
    }
}
