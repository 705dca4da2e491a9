using FailoverSim.Scenario.Incidents;

namespace FailoverSim.Analysis.Fitting;

/// <summary>
/// From incidents to durations. A life begins when a repair ends and fails at the next incident, or is cut off by the end of the time
/// observed. The first life of a unit is of unknown age, unless all were new.
/// </summary>
public static class IncidentHistory
{
    private sealed record Incident(string Component, long Start, long? End, string Cause, string Event)
    {
        public bool IsCommon { get; set; }

        /// <summary>Whether it is the one of its event that counts where each event counts once.</summary>
        public bool IsFirst { get; set; }
    }

    private sealed record Unit(long From, long To, List<Incident> Incidents, int Outside, int Overlapping);

    /// <summary>One history per class, by name.</summary>
    public static IReadOnlyList<ClassHistory> Of(IReadOnlyList<IncidentRow> rows, FitSettings settings)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(settings);
        if (rows.Count == 0)
        {
            return [];
        }
        List<string> assumed = [];
        long from = settings.From?.Nanoseconds ?? Assume("start", "--from", Instants(rows).Min());
        long to = settings.To?.Nanoseconds ?? Assume("end", "--to", Instants(rows).Max());
        long step = Rounding.Step(rows.SelectMany(r => new[] { r.Start, r.End }).OfType<LogInstant>().Select(i => i.Nanoseconds));
        return [.. rows
            .GroupBy(r => settings.Grouping == Grouping.Component ? r.Component : r.Class, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .SelectMany(g => OfClass(g.Key, [.. g], from, to, step, settings, assumed))];

        long Assume(string edge, string option, long at)
        {
            assumed.Add($"the {edge} of the time observed is taken from the log itself, which makes failures look more frequent; say it with {option}");
            return at;
        }
    }

    private static IEnumerable<long> Instants(IReadOnlyList<IncidentRow> rows) =>
        rows.SelectMany(r => new[] { r.Start, r.End, r.From, r.To }).OfType<LogInstant>().Select(i => i.Nanoseconds).DefaultIfEmpty(0);

    private static IEnumerable<ClassHistory> OfClass(
        string name, List<IncidentRow> rows, long from, long to, long step, FitSettings settings, List<string> assumed)
    {
        List<string> notes = [.. assumed];
        List<Unit> units = [.. rows.GroupBy(r => r.Component, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => UnitOf(g.Key, [.. g], from, to)).Where(u => u.To > u.From)];
        if (units.Sum(u => u.Outside) is > 0 and int outside)
        {
            notes.Add(FormattableString.Invariant($"{outside} incidents lie outside of the time observed and are left out"));
        }
        if (units.Sum(u => u.Overlapping) is > 0 and int overlapping)
        {
            notes.Add(FormattableString.Invariant($"{overlapping} incidents overlap others of their component and are counted with them"));
        }
        int count = settings.Units.TryGetValue(name, out int declared) ? Math.Max(declared, units.Count) : units.Count;
        if (!settings.Units.ContainsKey(name) && settings.Grouping != Grouping.Component)
        {
            notes.Add(FormattableString.Invariant(
                $"only the {count} units that the log names are counted; if there were more, without an incident, say --units {name}=N"));
        }
        int silent = count - units.Count;
        IEnumerable<string?> causes = units.SelectMany(u => u.Incidents).Select(i => i.Cause).DefaultIfEmpty("").Distinct().Order(StringComparer.Ordinal);
        foreach (string? cause in settings.Grouping == Grouping.Cause ? causes : [null])
        {
            string full = string.IsNullOrEmpty(cause) ? name : $"{name}-{cause}";
            yield return Of(full, cause, units, silent, from, to, step, settings, [.. notes]);
        }
    }

    private static Unit UnitOf(string component, List<IncidentRow> rows, long from, long to)
    {
        foreach (IncidentRow row in rows)
        {
            from = Math.Max(from, row.From?.Nanoseconds ?? from);
            to = Math.Min(to, row.To?.Nanoseconds ?? to);
        }
        List<Incident> merged = [];
        int outside = 0, overlapping = 0;
        foreach (IncidentRow row in rows.Where(r => r.Start is not null).OrderBy(r => r.Start!.Value.Nanoseconds).ThenBy(r => r.Mark.Line))
        {
            long start = row.Start!.Value.Nanoseconds;
            long? end = row.End?.Nanoseconds;
            if (start >= to || end < from)
            {
                outside++;
            }
            else if (merged.Count > 0 && (merged[^1].End is null || start <= merged[^1].End))
            {
                overlapping++;
                merged[^1] = merged[^1] with { End = merged[^1].End is null || end is null ? null : Math.Max(merged[^1].End!.Value, end.Value) };
            }
            else
            {
                merged.Add(new Incident(component, start, end, row.Cause, row.Event));
            }
        }
        return new Unit(from, to, merged, outside, overlapping);
    }

    private static ClassHistory Of(
        string name, string? cause, List<Unit> units, int silent, long from, long to, long step, FitSettings settings, List<string> notes)
    {
        BetaFactor common = Common(units, cause, silent, from, to, settings);
        List<Observation> lives = [];
        List<(long Length, long Entry, bool Ended)> repairs = [];
        List<double> times = [];
        double window = (double)silent * (to - from) / 1e9;
        foreach (Unit unit in units)
        {
            window += (unit.To - unit.From) / 1e9;
            long up = unit.From;
            bool isUnknown = !settings.New;
            foreach (Incident incident in unit.Incidents)
            {
                bool isOurs = cause is null || incident.Cause == cause;
                if (incident.Start > up)
                {
                    bool fails = isOurs && !(incident.IsCommon && common.IsReal);
                    lives.Add(Life(incident.Start - up, unit.To - up, fails, isUnknown));
                }
                if (isOurs && incident.IsFirst)
                {
                    times.Add((double)(incident.Start - unit.From) / (unit.To - unit.From));
                }
                long end = Math.Min(incident.End ?? unit.To, unit.To);
                if (isOurs && end > unit.From)
                {
                    bool ended = incident.End <= unit.To;
                    repairs.Add((end - incident.Start, Math.Max(settings.UnseenBelow, unit.From - incident.Start), ended));
                }
                (up, isUnknown) = (end, isUnknown && end <= unit.From);
            }
            if (unit.To > up)
            {
                lives.Add(Life(unit.To - up, unit.To - up, fails: false, isUnknown));
            }
        }
        lives.AddRange(Enumerable.Repeat(Life(to - from, to - from, fails: false, !settings.New), silent));
        int count = units.Count + silent;
        return new ClassHistory(name)
        {
            Units = count,
            Window = window / Math.Max(1, count),
            Lives = lives.Count == 0 ? null : new Sample(lives),
            Repairs = RepairsOf(repairs, step, settings.UnseenBelow, notes),
            Common = common,
            Trend = Trend.Of(times),
            Notes = notes,
        };
    }

    private static Observation Life(long length, long limit, bool fails, bool ageUnknown)
    {
        double time = length / 1e9;
        return new Observation(0, time, fails ? time : double.PositiveInfinity, fails ? limit / 1e9 : time, ageUnknown);
    }

    private static Sample? RepairsOf(List<(long Length, long Entry, bool Ended)> repairs, long step, long unseen, List<string> notes)
    {
        int below = repairs.RemoveAll(r => r.Length <= r.Entry && (r.Entry > 0 || !r.Ended));
        if (below > 0 && unseen > 0)
        {
            notes.Add(FormattableString.Invariant($"{below} repairs are no longer than what is said to go unseen and are left out"));
        }
        if (repairs.Count == 0)
        {
            return null;
        }
        long[] ended = [.. repairs.Where(r => r.Ended).Select(r => r.Length).Order()];
        long heap = Rounding.Heap(ended, step);
        double median = ended.Length == 0 ? 0 : ended[ended.Length / 2] / 1e9;
        Sample sample = new(repairs.Select(r => r.Ended
            ? Rounding.Of(r.Length, heap, step, median, r.Entry / 1e9)
            : Observation.Censored(r.Length / 1e9, r.Entry / 1e9)));
        if (sample.Intervals > 0)
        {
            notes.Add(FormattableString.Invariant(
                $"{sample.Intervals} of {sample.Failures} repairs look rounded{(heap > 0 ? $" to {heap / 60_000_000_000} minutes" : "")} and are taken as intervals around what is written"));
        }
        return sample;
    }

    /// <summary>Marks the incidents that began together, and the first of each event.</summary>
    private static BetaFactor Common(List<Unit> units, string? cause, int silent, long from, long to, FitSettings settings)
    {
        List<Incident> starts = [.. units
            .SelectMany(u => u.Incidents.Where(i => i.Start >= u.From && (cause is null || i.Cause == cause)))
            .OrderBy(i => i.Start).ThenBy(i => i.Component, StringComparer.Ordinal)];
        List<List<Incident>> events = [.. starts.Where(i => i.Event.Length > 0).GroupBy(i => i.Event, StringComparer.Ordinal).Select(g => g.ToList())];
        int declared = events.Count;
        List<Incident> loose = [.. starts.Where(i => i.Event.Length == 0)];
        foreach (Incident incident in loose)
        {
            // Within the span of its first, so that a chain of chances does not grow.
            if (events.Count > declared && settings.Together > 0 && incident.Start - events[^1][0].Start <= settings.Together)
            {
                events[^1].Add(incident);
            }
            else
            {
                events.Add([incident]);
            }
        }
        int[] hits = [.. events.Select(e => e.Select(i => i.Component).Distinct().Count())];
        events.ForEach(e => e[0].IsFirst = true);
        foreach (List<Incident> several in events.Where((_, k) => hits[k] >= 2))
        {
            several.ForEach(i => i.IsCommon = true);
        }
        // Failures at one rate all along: each is followed within the span by so many others of other units.
        int count = units.Count + silent;
        double expected = to > from && count > 0 ? (double)loose.Count * loose.Count / (to - from) * settings.Together * (count - 1) / count : 0;
        int[] many = [.. hits.Where(h => h >= 2)];
        return new BetaFactor(events.Count, many.Length, expected, many.DefaultIfEmpty(0).Min(), many.DefaultIfEmpty(0).Max());
    }
}
