using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Language;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Scenario.Reading;

/// <summary>Warnings about crews that are too few for what units ask of them.</summary>
internal sealed class CrewChecks(BoundMapping file, ScenarioSpec spec, ScenarioNames names, DiagnosticBag bag)
{
    /// <summary>Hands in use on average, as a share of all, from which queues grow out of proportion.</summary>
    private const double MuchWork = 0.8;

    public void Check()
    {
        foreach (CrewSpec crew in spec.Crews)
        {
            CheckWork(crew);
        }
        foreach (CommonCauseSpec cause in spec.CommonCauses.Where(cause => cause.Lasts is null))
        {
            CheckCause(cause);
        }
    }

    private void CheckWork(CrewSpec crew)
    {
        double hands = spec.Units.Sum(unit => unit.Modes
            .Where(mode => mode.Repair?.Crews is [var only] && only == crew.Name)
            .Sum(mode => Running(unit) * mode.Share * mode.Repair!.Takes.Mean / (unit.Fails.Mean + mode.Repair.Takes.Mean)));
        if (hands > MuchWork * crew.Size)
        {
            int enough = (int)Math.Min(UnitKeys.MostUnits, Math.Ceiling(hands / MuchWork));
            bag.Warning(MarkOf(crew), Codes.BusyCrew,
                FormattableString.Invariant($"the units of '{crew.Name}' keep {hands:0.#} hands busy on average, and it has {crew.Size}: repairs queue"),
                FormattableString.Invariant($"write 'size: {enough}'"), Sized(crew, enough));
        }
    }

    private void CheckCause(CommonCauseSpec cause)
    {
        UnitSpec[] hit = [.. spec.Units.Where(unit => cause.Of.Contains(unit.Name))];
        // To the nearest whole number, half up, as when it strikes.
        int most = Math.Max(1, (int)Math.Floor(((decimal)cause.HitsHigh * hit.Sum(unit => unit.Count)) + 0.5m));
        string[] crews = [.. (cause.Repair is { } own ? own.Crews : hit.SelectMany(unit => unit.Modes).SelectMany(mode => mode.Repair?.Crews ?? [])).Distinct()];
        if (crews is [var only] && spec.Crews.First(crew => crew.Name == only) is var crew && most > crew.Size)
        {
            bag.Note(MarkOf(crew), Codes.CommonToCrew,
                FormattableString.Invariant($"'{cause.Name}' can hit {most} units at once, and '{crew.Name}' repairs {crew.Size} at a time"),
                FormattableString.Invariant($"write 'size: {most}', if that is not meant"), Sized(crew, most));
        }
    }

    /// <summary>Copies that age: those that wait cold do not.</summary>
    private static double Running(UnitSpec unit) => unit.Standby is { } standby
        ? standby.Needed + ((unit.Count - standby.Needed) * standby.HazardSpeed)
        : unit.Count;

    private Yaml.Mark MarkOf(CrewSpec crew) => names.Crews.First(item => item.Name == crew.Name).Mark;

    private string[] Sized(CrewSpec crew, int size) =>
        [FormattableString.Invariant($"{(file.Named(ScenarioKeys.Crews).Any(item => item.Name == crew.Name) ? "" : "repair.")}crews.{crew.Name}.size={size}")];
}
