using FailoverSim.Scenario.Catalogue;
using FailoverSim.Scenario.Values;

namespace FailoverSim.Scenario.Language;

/// <summary><c>use</c>: which catalogues of defaults apply.</summary>
internal static class UseKeys
{
    public static readonly ListKey<TimersText> Timers = new("timers", new TimersKind(),
        "The version whose timers are the defaults of the components.");

    public static readonly Key<string> Rates = new("rates", new WordKind([.. RatesCatalogue.Names]),
        "The rates that fill the 'every', 'lasts', 'repair' and 'boot' that are left out.");

    public static readonly RecordsShape Use = new(new MappingShape([Timers, Rates]), isFlat: true);
}
