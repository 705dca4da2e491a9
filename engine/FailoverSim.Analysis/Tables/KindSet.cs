using FailoverSim.Kernel.Results;

namespace FailoverSim.Analysis.Tables;

/// <summary>How many faults of which kinds, in the order of causes; a value.</summary>
public sealed class KindSet : IEquatable<KindSet>
{
    private readonly KindCount[] _kinds;

    public KindSet(ReadOnlySpan<KindCount> kinds) => _kinds = kinds.ToArray();

    public IReadOnlyList<KindCount> Kinds => _kinds;

    /// <summary>Faults, those of a kind counted one by one.</summary>
    public int Faults => _kinds.Sum(kind => kind.Count);

    /// <summary>Whether there are at least as many of each kind as in another set.</summary>
    public bool Contains(KindSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return other._kinds.All(theirs => _kinds.Any(own => own.Cause == theirs.Cause && own.Count >= theirs.Count));
    }

    /// <summary>Such as <c>2 x node-crash + zone-outage</c>; <c>other</c> without kinds.</summary>
    public string Name(ResultNames names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return _kinds.Length == 0
            ? "other"
            : string.Join(" + ", _kinds.Select(kind => kind.Count == 1 ? names.Causes[kind.Cause] : $"{kind.Count} x {names.Causes[kind.Cause]}"));
    }

    public bool Equals(KindSet? other) => other is not null && _kinds.AsSpan().SequenceEqual(other._kinds);

    public override bool Equals(object? obj) => Equals(obj as KindSet);

    public override int GetHashCode()
    {
        HashCode hash = new();
        foreach (KindCount kind in _kinds)
        {
            hash.Add(kind);
        }
        return hash.ToHashCode();
    }

    /// <summary>By kinds and their numbers, from the first on.</summary>
    public static IComparer<KindSet> InOrder { get; } = Comparer<KindSet>.Create((one, other) => one.CompareTo(other));

    private int CompareTo(KindSet other)
    {
        for (int i = 0; i < Math.Min(_kinds.Length, other._kinds.Length); i++)
        {
            int order = (_kinds[i].Cause, _kinds[i].Count).CompareTo((other._kinds[i].Cause, other._kinds[i].Count));
            if (order != 0)
            {
                return order;
            }
        }
        return _kinds.Length.CompareTo(other._kinds.Length);
    }
}
