using FailoverSim.Kernel.Time;
using FailoverSim.Scenario.Specification;
using FailoverSim.Scenario.Values;

namespace FailoverSim.Scenario.Language;

/// <summary><c>crews</c>, <c>spares</c>, <c>inspection</c> and <c>common-cause</c>: what happens around the
/// units.</summary>
internal static class CrewKeys
{
    public static readonly Key<decimal> Size = new("size", new CountKind(1, UnitKeys.MostUnits),
        "How many jobs the crew has in hand at a time.")
    {
        Default = "1",
    };

    public static readonly Key<Hours> Hours = new("hours", new HoursKind(),
        "When a job may be started; UTC without a time zone.")
    {
        Default = "24x7",
    };

    public static readonly Key<string> Order = new("order", new WordKind("first-come", "most-urgent-first"),
        "Which waiting job is next: the oldest, or the one whose unit sits in the service with the smallest margin.")
    {
        Default = "first-come",
    };

    public static readonly Key<LawValue> Answer = new("answer", new LawKind("5m..15m"),
        "Delay of each job from the call, or from the next on-duty instant.");

    public static readonly Key<bool> Preempt = new("preempt", new BooleanKind(),
        "Whether a more urgent job interrupts one in hand, which later goes on where it stopped.")
    {
        Default = "false",
    };

    public static readonly NamedShape Crews = new("crew", new MappingShape([Size, Hours, Order, Answer, Preempt]),
        ["any"])
    { Most = 1_000 };

    public static readonly Key<decimal> Stock = new("stock", new CountKind(1, UnitKeys.MostUnits),
        "Parts on the shelf when it is full.")
    {
        Required = true,
    };

    public static readonly Key<decimal> ReorderAt = new("reorder-at", new CountKind(0, UnitKeys.MostUnits),
        "When stock plus orders is at or below this, one order refills to the stock.")
    {
        Default = "0",
    };

    public static readonly Key<LawValue> Delivery = new("delivery", new LawKind("5d..12d"),
        "Time from order to delivery.")
    {
        Required = true,
    };

    public static readonly Key<Money> Price = new("price", new MoneyKind(), "Price of one part, for reports.");

    public static readonly NamedShape Spares = new("spare", new MappingShape([Stock, ReorderAt, Delivery, Price]));

    public static readonly ListKey<string> InspectionOf = new("of", new NameKind("a unit"),
        "The units that are inspected.")
    {
        Required = true,
    };

    public static readonly Key<SimDuration> InspectionEvery = new("every", new DurationKind("30d"),
        "Period; the first inspection comes after one.")
    {
        Required = true,
    };

    public static readonly Key<LawValue> InspectionTakes = new("takes", new LawKind("2h"),
        "Time of the inspection of one copy, which stays in service.")
    {
        Default = "0s",
    };

    public static readonly ListKey<string> InspectionCrew = new("crew", new NameKind("a crew"),
        "Who inspects; without, nobody is occupied.");

    public static readonly MappingShape Inspection = new(
        [InspectionOf, InspectionEvery, InspectionTakes, InspectionCrew]);

    public static readonly ListKey<string> CauseOf = new("of", new NameKind("a unit"),
        "The units whose copies can be hit.")
    {
        Required = true,
    };

    public static readonly Key<LawValue> CauseEvery = new("every",
        new LawKind("exp(40y)", positive: true, frequency: true),
        "Time from the end of one event to the next.")
    {
        Required = true,
    };

    public static readonly Key<ShareRange> Hits = new("hits", new ShareRangeKind("60%..100%", max: 1),
        "Share of the copies that an event hits, at least one.")
    {
        Default = "100%",
    };

    public static readonly Key<LawValue> Lasts = new("lasts", new LawKind("2d..6d"),
        "How long the copies hit are held down, without crew and without renewing them.");

    public static readonly Key CauseRepair = new("repair", RepairKeys.Shape,
        "How copies hit are repaired; with neither this nor 'lasts', as after any other failure.");

    public static readonly NamedShape CommonCauses = new("common cause",
        new MappingShape([CauseOf, CauseEvery, Hits, Lasts, CauseRepair]), [FaultKeys.NoCause]);
}
