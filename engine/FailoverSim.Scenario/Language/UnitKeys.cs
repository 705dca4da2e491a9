using FailoverSim.Scenario.Values;

namespace FailoverSim.Scenario.Language;

/// <summary><c>units</c>: any repairable thing, and how it fails.</summary>
internal static class UnitKeys
{
    public const int MostUnits = 1_000_000;

    public static readonly Key<decimal> Count = new("count", new CountKind(1, MostUnits),
        "How many copies there are; they fail independently.")
    {
        Default = "1",
    };

    public static readonly Key<LawValue> Fails = new("fails",
        new LawKind("weibull(shape=1.6 mean=400d)", positive: true, frequency: true),
        "Life from new, or from the end of repair, to failure.")
    {
        Required = true,
    };

    public static readonly Key Repair = new("repair", RepairKeys.Shape,
        "How a failed copy is repaired, to as good as new; without, it stays failed.");

    public static readonly Key<bool> Hidden = new("hidden", new BooleanKind(),
        "Whether nobody notices the failure until an inspection or a demand finds it.");

    public static readonly Key<string> FoundBy = new("found-by", new WordKind("inspection", "demand"),
        "What finds a hidden failure: an inspection (the default) or only the demand by a switch.");

    public static readonly Key<decimal> Share = new("share", new ShareKind("70%", aboveMin: true),
        "Share of the failures that are of this mode; the shares sum to 100 %.")
    {
        Required = true,
    };

    public static readonly Key Modes = new("modes",
        new NamedShape("mode", new MappingShape([Share, Hidden, FoundBy, Repair]), needsOne: true),
        "Ways to fail, by share, each with its own repair.");

    public static readonly Key<string> Kind = new("kind", new WordKind("cold", "warm", "hot"),
        "Whether waiting copies use up no life, some of it, or as much as running ones.")
    {
        Required = true,
    };

    public static readonly Key<decimal> Needed = new("needed", new CountKind(1, MostUnits),
        "How many copies run; the others wait.")
    {
        Required = true,
    };

    public static readonly Key<decimal> Hazard = new("hazard", new ShareKind("20%"),
        "Speed at which a waiting copy uses up its life; needed for warm, 0% for cold and 100% for hot.");

    public static readonly Key<LawValue> Switch = new("switch", new LawKind("30s"),
        "Time from the call of a waiting copy until it runs.")
    {
        Default = "0s",
    };

    public static readonly Key<decimal> SwitchFails = new("switch-fails", new ShareKind("1%"),
        "Probability that a called copy fails instead.")
    {
        Default = "0%",
    };

    public static readonly Key Standby = new("standby", new MappingShape([Kind, Needed, Hazard, Switch, SwitchFails]),
        "Some copies run, the others wait to be called.");

    public static readonly Key<string> Ages = new("ages", new WordKind("always", "while-running"),
        "Whether life goes on while something other than its own failure holds a copy down.")
    {
        Default = "always",
    };

    public static readonly MappingShape Unit = new([Count, Fails, Modes, Hidden, FoundBy, Repair, Standby, Ages]);
}
