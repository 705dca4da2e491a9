namespace FailoverSim.Analysis.Fitting;

/// <summary>Lives and repairs of one class, ready to be fitted.</summary>
/// <param name="Name">As in the log.</param>
public sealed record ClassHistory(string Name)
{
    /// <summary>How many units were watched.</summary>
    public int Units { get; init; }

    /// <summary>Times from new or repaired to failure; null if the log has none.</summary>
    public Sample? Lives { get; init; }

    /// <summary>Times from failure to repaired; null if the log has none.</summary>
    public Sample? Repairs { get; init; }

    /// <summary>Failures of several at once; null where the log does not tell when.</summary>
    public BetaFactor? Common { get; init; }

    /// <summary>Time observed, of one unit on average; seconds.</summary>
    public double Window { get; init; }

    public Trend? Trend { get; init; }

    /// <summary>What was assumed or left out, in words.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
