namespace FailoverSim.Analysis.Tables;

/// <summary>Where results come from; two results can be joined only if all of this is equal.</summary>
/// <param name="Scenario">Name of the scenario.</param>
/// <param name="Hash">SHA-256 of the resolved scenario text, lower-case hexadecimal.</param>
/// <param name="EngineVersion">Version of the engine that ran it.</param>
/// <param name="Seed">Seed of all randomness.</param>
public sealed record Origin(string Scenario, string Hash, string EngineVersion, ulong Seed);

/// <summary>All that a run yielded: one table per variant, the base variant first, all with the same replications.</summary>
public sealed class ResultSet
{
    /// <summary>The scenario as written.</summary>
    public const string BaseVariant = "base";

    public ResultSet(Origin origin, IReadOnlyList<ResultTable> tables)
    {
        ArgumentNullException.ThrowIfNull(tables);
        if (tables.Count == 0)
        {
            throw new ArgumentException("A result has at least one variant.", nameof(tables));
        }
        if (tables.FirstOrDefault(table => table.Replications != tables[0].Replications) is { } other)
        {
            throw new ArgumentException(
                $"Variant {other.Variant} has {other.Replications} replications, {tables[0].Variant} has {tables[0].Replications}.",
                nameof(tables));
        }
        Origin = origin;
        Tables = tables;
    }

    public Origin Origin { get; }

    public IReadOnlyList<ResultTable> Tables { get; }

    public ResultTable Base => Tables[0];

    public long Replications => Base.Replications;

    public ResultTable this[string variant] =>
        Tables.FirstOrDefault(table => table.Variant == variant)
        ?? throw new KeyNotFoundException($"No variant {variant}; there are {string.Join(", ", Tables.Select(t => t.Variant))}.");
}
