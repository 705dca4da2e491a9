using FailoverSim.Kernel.Exploration;
using FailoverSim.Kernel.Laws;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Scenario.Output;

/// <summary>Says what keeps a scenario from being solved as a Markov chain, and where in the file it stands.</summary>
public static class ObstacleText
{
    private const string Waits = "waits for a fixed time, such as a timeout or a period";
    private const string Draws = "draws a number at random, such as a phase, a delay or a loss";

    /// <summary>Parts that are named where several do the same.</summary>
    private const int Named = 2;

    private const string Remedy = "only exp(…), erlang(…), mixes of these, 0s and never have no memory of the time spent";

    public static IEnumerable<string> Lines(ScenarioReading reading, IReadOnlyList<Obstacle> obstacles)
    {
        ArgumentNullException.ThrowIfNull(reading);
        ArgumentNullException.ThrowIfNull(obstacles);
        IReadOnlyList<(string Path, Law Law)> laws = [.. LawsOf(reading.Spec!)];
        // A crew that waits for its hours waits for a fixed time: once is enough.
        HashSet<string> withHours = [.. obstacles.Where(o => o.Kind == ObstacleKind.Calendar).Select(o => o.Component)];
        return obstacles
            .Where(o => o.Kind != ObstacleKind.Deadline || !withHours.Contains(o.Component))
            .Select(obstacle => Line(reading, laws, obstacle)).Distinct()
            .GroupBy(line => line.EndsWith(Waits, StringComparison.Ordinal) ? Waits : line.EndsWith(Draws, StringComparison.Ordinal) ? Draws : line)
            .Select(alike => Together([.. alike], alike.Key));
    }

    /// <summary>What many parts do is said once: a cluster has a timer in every one.</summary>
    private static string Together(string[] lines, string what)
    {
        int others = lines.Length - Named;
        return others < 1 ? string.Join("; ", lines)
            : $"{string.Join(", ", lines.Take(Named).Select(line => line[..^(what.Length + 1)]))} and {others} other{(others > 1 ? "s" : "")}: each {what}";
    }

    private static string Line(ScenarioReading reading, IReadOnlyList<(string Path, Law Law)> laws, Obstacle obstacle)
    {
        switch (obstacle.Kind)
        {
            case ObstacleKind.Clock:
                string? path = laws.FirstOrDefault(l => ReferenceEquals(l.Law, obstacle.Law)).Path ?? PathOfFault(reading, obstacle);
                return $"{Place(reading, path)}{path ?? obstacle.Entity} is {obstacle.Law}; {Remedy}";
            case ObstacleKind.Calendar:
                string crew = $"crews.{obstacle.Entity[(obstacle.Entity.LastIndexOf('/') + 1)..]}.{obstacle.What}";
                return $"{Place(reading, crew)}{crew} follow the calendar; write 24x7";
            case ObstacleKind.Deadline when obstacle.Component.StartsWith("inspection", StringComparison.Ordinal):
                return $"{Place(reading, "inspection.every")}inspection.every is a fixed time";
            case ObstacleKind.Deadline:
                return $"{obstacle.Entity} {Waits}";
            case ObstacleKind.Draw when obstacle.Component.StartsWith("common-cause/", StringComparison.Ordinal):
                string cause = obstacle.Component.Replace('/', '.');
                return $"{Place(reading, cause)}{cause} hits units in an order drawn at random, which matters to standby with hidden failures or lives by stages";
            case ObstacleKind.View:
                string service = $"services.{obstacle.Component}";
                return $"{Place(reading, service)}{service} is a figure or a share, and is not up or down itself";
            default:
                return $"{obstacle.Entity} {Draws}";
        }
    }

    /// <summary>The value below a fault that says the law; the fault itself if it stands elsewhere.</summary>
    private static string? PathOfFault(ScenarioReading reading, Obstacle obstacle)
    {
        const string Prefix = "faults/";
        if (!obstacle.Component.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }
        string fault = $"faults.{obstacle.Component[Prefix.Length..]}";
        string law = obstacle.Law!.ToString();
        return reading.Values.FirstOrDefault(v => v.Path.StartsWith(fault + ".", StringComparison.Ordinal) && v.Value == law)?.Path ?? fault;
    }

    /// <summary><c>file:line: </c> of a value, or of the first below a path; empty if it is not written in the file.</summary>
    private static string Place(ScenarioReading reading, string? path)
    {
        ValueSource? value = path is null
            ? null
            : reading.Values.FirstOrDefault(v => v.Path == path)
                ?? reading.Values.FirstOrDefault(v => v.Path.StartsWith(path + ".", StringComparison.Ordinal));
        return value is null ? "" : $"{value.Source}: ";
    }

    private static IEnumerable<(string Path, Law Law)> LawsOf(ScenarioSpec spec) =>
    [
        .. spec.Units.SelectMany(LawsOf),
        .. spec.CommonCauses.SelectMany(cause => new (string, Law?)[]
        {
            ($"common-cause.{cause.Name}.every", cause.Every),
            ($"common-cause.{cause.Name}.lasts", cause.Lasts),
            ($"common-cause.{cause.Name}.repair.takes", cause.Repair?.Takes),
        }).Where(l => l.Item2 is not null).Select(l => (l.Item1, l.Item2!)),
        .. spec.Spares.Select(spare => ($"spares.{spare.Name}.delivery", spare.Delivery)),
        .. spec.Crews.Where(crew => crew.Answer is not null).Select(crew => ($"crews.{crew.Name}.answer", crew.Answer!)),
        .. spec.Inspection is { } inspection ? [("inspection.takes", inspection.Takes)] : Array.Empty<(string, Law)>(),
    ];

    private static IEnumerable<(string Path, Law Law)> LawsOf(UnitSpec unit)
    {
        string path = $"units.{unit.Name}";
        yield return ($"{path}.fails", unit.Fails);
        foreach (ModeSpec mode in unit.Modes.Where(mode => mode.Repair is not null))
        {
            yield return (mode.Name == unit.Name ? $"{path}.repair.takes" : $"{path}.modes.{mode.Name}.repair.takes", mode.Repair!.Takes);
        }
        if (unit.Standby is { } standby)
        {
            yield return ($"{path}.standby.switch", standby.Switch);
        }
    }
}
