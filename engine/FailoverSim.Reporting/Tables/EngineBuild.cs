using FailoverSim.Analysis.Studies;
using FailoverSim.Kernel.Replications;
using FailoverSim.Models.Apiserver;
using FailoverSim.Scenario;

namespace FailoverSim.Reporting.Tables;

/// <summary>Which build of the engine this is. Of one version there are many while it is being written, and a block of each would make no run.</summary>
public static class EngineBuild
{
    /// <summary>
    /// The first eight hexadecimal digits of the module versions of all that decides on rows: the same sources give the same, wherever and by whom they are
    /// compiled.
    /// </summary>
    public static string Id { get; } = string.Join('-', new[]
    {
        typeof(ReplicationBlock), typeof(ApiserverOptions), typeof(ScenarioReading), typeof(RunStudy),
    }.Select(type => type.Module.ModuleVersionId.ToString("N")[..8]));
}
