namespace FailoverSim.Analysis.Fitting;

/// <summary>What was fitted to one class.</summary>
/// <param name="History">What it was fitted to.</param>
/// <param name="Lives">How it fails; null if the log does not say.</param>
/// <param name="Repairs">How long repairs take; null if the log does not say.</param>
public sealed record ClassFit(ClassHistory History, QuantityFit? Lives, QuantityFit? Repairs)
{
    public static ClassFit Of(ClassHistory history, FitSettings settings)
    {
        ArgumentNullException.ThrowIfNull(history);
        return new ClassFit(
            history,
            history.Lives is null ? null : QuantityFit.Of(history.Lives, isRepair: false, $"{history.Name}/life", settings),
            history.Repairs is null ? null : QuantityFit.Of(history.Repairs, isRepair: true, $"{history.Name}/repair", settings));
    }

    /// <summary>What concerns the class as a whole.</summary>
    public IEnumerable<string> Warnings
    {
        get
        {
            foreach (string note in History.Notes)
            {
                yield return note;
            }
            if (History.Trend is { PValue: < 0.01 } trend)
            {
                yield return FormattableString.Invariant(
                    $"failures come {(trend.U > 0 ? "more" : "less")} and {(trend.U > 0 ? "more" : "less")} often over the time observed (Laplace U = {trend.U:F1}, p {(trend.PValue < 0.001 ? "< 0.001" : FormattableString.Invariant($"= {trend.PValue:0.###}"))}, n = {trend.N}): no law of lives holds for all of it");
            }
            if (History.Common is { Common: > 0, IsReal: false } common)
            {
                yield return FormattableString.Invariant(
                    $"{common.Common} coincidences are no more than chance brings about ({common.Expected:0.0}); they are counted as failures of each");
            }
        }
    }
}
