using FailoverSim.Scenario.Values;

namespace FailoverSim.Scenario.Language;

/// <summary>A repair, wherever one is written.</summary>
internal static class RepairKeys
{
    public static readonly Key<LawValue> Takes = new("takes", new LawKind("lognormal(median=6h p95=20h)"),
        "Elapsed time of the work.")
    {
        Required = true,
    };

    public static readonly ListKey<string> Crew = new("crew", new NameKind("a crew"),
        "Who does it: a crew, several in order of preference, or 'any' (the first on duty and free in written order).");

    public static readonly Key<string> Spare = new("spare", new NameKind("a spare"), "The part that it uses up.");

    public static readonly MappingShape Shape = new([Takes, Crew, Spare]);
}
