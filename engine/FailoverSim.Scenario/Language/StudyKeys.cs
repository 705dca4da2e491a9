using FailoverSim.Scenario.Specification;
using FailoverSim.Scenario.Values;

namespace FailoverSim.Scenario.Language;

/// <summary><c>compare</c>, <c>sweep</c> and <c>sensitivity</c>: what to vary.</summary>
internal static class StudyKeys
{
    public static readonly Key Set = new("set", new FreeShape(FreeForm.Mapping),
        "Values by path that replace those of this scenario, such as {units.pump.count: 6}.");

    public static readonly Key<string> From = new("from", new TextKind("the path of a scenario", "other.yaml"),
        "Another scenario to compare with, relative to this one and within its folder.");

    public static readonly Key<Money> PerYear = new("per-year", new MoneyKind(), "Cost a year.");

    public static readonly Key<Money> Once = new("once", new MoneyKind(), "Cost once.");

    public static readonly Key Cost = new("cost", new MappingShape([PerYear, Once]),
        "What the variant costs, for reports.");

    public static readonly NamedShape Compare = new("variant", new MappingShape([Set, From, Cost]), ["base"]);

    public static readonly Key<string> Path = new("path", new TextKind("a path", "units.pump.count"),
        "What is swept.");

    public static readonly Key Values = new("values", new FreeShape(FreeForm.ListOrRange),
        "The values that it takes in turn: [15d, 30d], or evenly spaced: 1s..15s in 8 steps.");

    public static readonly Key Grid = new("grid", new FreeShape(FreeForm.Mapping),
        "In place of 'path' and 'values', the values of several paths, each with each: {units.pump.count: [5, 6], crews.a.size: [1, 2]}.");

    public static readonly Key Tie = new("tie", new FreeShape(FreeForm.Mapping),
        "Paths that follow as a percentage of the swept value, such as {crews.a.size: 50%}.");

    public static readonly NamedShape Sweep = new("sweep", new MappingShape([Path, Values, Grid, Tie]), ["base"]);

    public static readonly Key<string> Method = new("method", new WordKind("tornado"),
        "How the influence of each rate is found.")
    {
        Default = "tornado",
    };

    public static readonly ListKey<string> Vary = new("vary", new TextKind("a path, or all-rates", "all-rates"),
        "All rates, or the paths of some.")
    {
        Required = true,
    };

    public static readonly Key<ShareRange> By = new("by", new ShareRangeKind("50%..200%"),
        "From which to which percentage of its value each is varied.")
    {
        Default = "50%..200%",
    };

    public static readonly MappingShape Sensitivity = new([Method, Vary, By]);
}
