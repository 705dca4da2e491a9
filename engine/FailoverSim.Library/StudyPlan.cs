using FailoverSim.Analysis.Studies;
using FailoverSim.Analysis.Tables;
using FailoverSim.Scenario;

namespace FailoverSim.Library;

/// <summary>What is to be simulated: a scenario with its variants, which may come from other files.</summary>
/// <param name="Reading">The scenario, read without errors; its study says which variants.</param>
/// <param name="Repeat">A command that runs so many replications of the same again.</param>
public sealed record StudyPlan(ScenarioReading Reading, Func<long, string> Repeat)
{
    /// <summary>What the scenario as written is called among its variants.</summary>
    public string BaseName { get; init; } = ResultSet.BaseVariant;

    /// <summary>Scenarios of other files among the variants, under their names.</summary>
    public IReadOnlyList<(string Variant, ScenarioReading Reading)> Others { get; init; } = [];

    /// <summary>Exactly so many replications, in place of what the scenario says; at least 1.</summary>
    public long? Replications { get; init; }

    /// <summary>Worker threads, at least 1; the results do not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Whether to run again without each of the faults that matter most.</summary>
    public bool IfRemoved { get; init; }

    /// <summary>Where finished blocks are, and are kept while it runs; null for nowhere.</summary>
    public IStudyStore? Store { get; init; }
}
