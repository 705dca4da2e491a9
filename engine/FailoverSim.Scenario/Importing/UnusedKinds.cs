namespace FailoverSim.Scenario.Importing;

/// <summary>What was seen and not used, once per kind, counted.</summary>
internal sealed class UnusedKinds
{
    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);

    public IReadOnlyList<(string Kind, int Count)> All => [.. _counts.Select(pair => (pair.Key, pair.Value))];

    public void Add(string kind, int count = 1)
    {
        if (count > 0)
        {
            _counts[kind] = _counts.GetValueOrDefault(kind) + count;
        }
    }
}
