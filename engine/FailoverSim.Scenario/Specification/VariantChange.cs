namespace FailoverSim.Scenario.Specification;

/// <summary>What a variant changes, by the paths that it sets: it says how much luck the variant can share with the base.</summary>
public static class VariantChange
{
    /// <summary>Why the luck of the base fits badly, in words.</summary>
    /// <param name="paths">As written.</param>
    public static string Describe(IReadOnlyList<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        return string.Join(" and ", paths.GroupBy(Consequence).Select(group => $"{string.Join(", ", group)} {group.Key}"));
    }

    /// <summary>What a variant changes that is a scenario of its own.</summary>
    internal static string AnotherFile(string name) => $"{name}.yaml";

    private static string Consequence(string path)
    {
        string[] parts = path.Split('.');
        if (parts[^1] is "yaml" or "yml")
        {
            return "is another system";
        }
        return (parts[0], parts[^1]) switch
        {
            ("topology", "zones") or (_, "count" or "replicas" or "replace-after") => "changes which parts there are",
            ("topology", _) or (_, "place" or "runs" or "power" or "zones" or "min-domains" or "max-skew" or "when-impossible") =>
                "changes what fails together",
            ("faults" or "common-cause", _) => "changes the faults themselves",
            ("crews" or "repair" or "spares" or "inspection" or "maintenance", _) => "changes what follows each fault",
            ("components" or "workloads", _) => "changes how each fault is survived",
            _ => "changes the system",
        };
    }
}
