using FailoverSim.Scenario.Language;
using FailoverSim.Scenario.Reading;
using FailoverSim.Scenario.Values;

namespace FailoverSim.Scenario.Output;

/// <summary>What was drawn once for a workload.</summary>
/// <param name="Group">The entry of <c>workloads</c>.</param>
/// <param name="Name">The copy.</param>
/// <param name="Values">Key and value, as a file would say them.</param>
/// <param name="Source">From what it was drawn.</param>
internal sealed record DrawnValues(string Group, string Name, IReadOnlyList<KeyValuePair<string, string>> Values, string Source)
{
    private const decimal Mebi = 1 << 20;

    /// <summary>One per workload of which anything is drawn.</summary>
    public static IReadOnlyList<DrawnValues> Of(BoundMapping file, WorkloadLayout workloads)
    {
        string source = $"drawn from seed {file.Child(ScenarioKeys.Run)!.Scalar(RunKeys.Seed)!.Source.Text}";
        return
        [
            .. workloads.Groups.Where(group => group.DrawsReplicas || group.DrawsRequests)
                .SelectMany(group => group.Copies.Select(copy => new DrawnValues(group.Name, copy.Name, [.. ValuesOf(group, copy)], source))),
        ];
    }

    private static IEnumerable<KeyValuePair<string, string>> ValuesOf(WorkloadGroup group, WorkloadCopy copy)
    {
        if (group.DrawsReplicas)
        {
            yield return new(WorkloadKeys.Replicas.Name, NumberText.Write(copy.Replicas));
        }
        if (group.Draws(WorkloadKeys.Cpu))
        {
            yield return new(WorkloadKeys.Cpu.Name, NumberText.Write(copy.Cpu) + "m");
        }
        if (group.Draws(WorkloadKeys.Memory))
        {
            yield return new(WorkloadKeys.Memory.Name, NumberText.Write(Math.Round(copy.Memory / Mebi)) + "MiB");
        }
    }
}
