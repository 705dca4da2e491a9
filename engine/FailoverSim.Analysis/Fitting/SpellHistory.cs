using FailoverSim.Scenario.Incidents;

namespace FailoverSim.Analysis.Fitting;

/// <summary>Durations that a log gives as such.</summary>
public static class SpellHistory
{
    /// <summary>One history per class, by name.</summary>
    public static IReadOnlyList<ClassHistory> Of(IReadOnlyList<SpellRow> rows, FitSettings settings)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(settings);
        return [.. rows.GroupBy(r => r.Class, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new ClassHistory(g.Key)
            {
                Units = settings.Units.GetValueOrDefault(g.Key, 1),
                Lives = Of(g.Where(r => !r.IsRepair)),
                Repairs = Of(g.Where(r => r.IsRepair)),
            })];
    }

    private static Sample? Of(IEnumerable<SpellRow> rows)
    {
        Observation[] observations = [.. rows.Where(r => r.High is null or > 0).Select(r => r.High is { } high
            ? new Observation(r.Entry / 1e9, r.Low / 1e9, high / 1e9)
            : Observation.Censored(r.Low / 1e9, r.Entry / 1e9))];
        return observations.Length == 0 ? null : new Sample(observations);
    }
}
