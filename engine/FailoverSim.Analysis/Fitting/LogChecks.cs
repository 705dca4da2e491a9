using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Incidents;
using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Analysis.Fitting;

/// <summary>What can only be said of all logs together, and of what the options add to them.</summary>
public static class LogChecks
{
    public static IEnumerable<Diagnostic> Of(
        string file, IReadOnlyList<IncidentRow> incidents, IReadOnlyList<SpellRow> spells, FitSettings settings)
    {
        ArgumentNullException.ThrowIfNull(incidents);
        ArgumentNullException.ThrowIfNull(spells);
        ArgumentNullException.ThrowIfNull(settings);
        if (incidents.Count == 0 && spells.Count == 0)
        {
            yield return Error(new Mark(file, 1, 1), Codes.LogEmpty, "the log has no rows", "write one row per incident, and one with neither start nor end per component that had none");
            yield break;
        }
        (Mark Mark, LogInstant At)[] instants =
        [
            .. incidents.SelectMany(r => new[] { r.Start, r.End, r.From, r.To }.OfType<LogInstant>().Select(i => (r.Mark, i))),
            .. new[] { (Mark: new Mark("--from", 1, 1), At: settings.From), (Mark: new Mark("--to", 1, 1), At: settings.To) }
                .Where(o => o.At is not null && incidents.Count > 0).Select(o => (o.Mark, o.At!.Value)),
        ];
        if (instants.Length > 0 && instants.FirstOrDefault(i => i.At.IsDate != instants[0].At.IsDate) is { Mark.File: not null } other)
        {
            yield return Error(other.Mark, Codes.LogMixesClocks,
                $"this is {(other.At.IsDate ? "a date" : "a time since a start")}, and {instants[0].Mark} is not", "write all logs and options in one way");
            yield break;
        }
        if (incidents.Count > 0 && !(Last(settings.To, incidents, Enumerable.Max) > Last(settings.From, incidents, Enumerable.Min)))
        {
            yield return Error(incidents[0].Mark, Codes.LogEmpty, "no time was observed", "give its start and end with --from and --to");
        }
        foreach (var (name, count) in settings.Units.OrderBy(u => u.Key, StringComparer.Ordinal))
        {
            int named = incidents.Where(r => r.Class == name).Select(r => r.Component).Distinct(StringComparer.Ordinal).Count();
            if (named == 0 && spells.All(r => r.Class != name))
            {
                yield return Error(new Mark("--units", 1, 1), Codes.LogUnits, $"the log has no class '{name}'",
                    $"classes are {string.Join(", ", incidents.Select(r => r.Class).Concat(spells.Select(r => r.Class)).Distinct().Order(StringComparer.Ordinal).Take(8))}");
            }
            else if (named > count)
            {
                yield return Error(new Mark("--units", 1, 1), Codes.LogUnits,
                    FormattableString.Invariant($"the log names {named} units of '{name}', more than {count}"), "count those that were replaced as well");
            }
        }
    }

    private static long Last(LogInstant? given, IReadOnlyList<IncidentRow> rows, Func<IEnumerable<long>, long> pick) =>
        given?.Nanoseconds ?? pick(rows.SelectMany(r => new[] { r.Start, r.End, r.From, r.To }).OfType<LogInstant>()
            .Select(i => i.Nanoseconds).DefaultIfEmpty(0));

    private static Diagnostic Error(Mark mark, DiagnosticCode code, string message, string remedy) =>
        new(mark, Severity.Error, code, message, remedy);
}
