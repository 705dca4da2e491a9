using FailoverSim.Scenario.Language;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Scenario.Reading;

/// <summary>Turns a file without errors into its specification.</summary>
internal sealed class SpecBuilder(BoundMapping file, ScenarioNames names, WorkloadLayout workloads)
{
    public ScenarioSpec Build() => new()
    {
        Name = file.Get(ScenarioKeys.Name),
        Title = file.Optional(ScenarioKeys.Title),
        Units = [.. names.Units.Select(Unit)],
        Crews = [.. names.Crews.Select(Crew)],
        Spares = [.. names.Spares.Select(Spare)],
        Inspection = file.Child(ScenarioKeys.Inspection) is { } inspection ? Inspection(inspection) : null,
        CommonCauses = [.. file.Named(ScenarioKeys.CommonCause).Select(CommonCause)],
        Services = new ServiceBuilder(names, workloads).Build(),
        Slos = [.. file.Named(ScenarioKeys.Slo).Select(Slo)],
        Run = Run(file.Child(ScenarioKeys.Run)!),
        Outputs = [.. file.Items(ScenarioKeys.Outputs).Select(output => output.Value)],
    };

    private UnitSpec Unit(NamedItem unit) => new()
    {
        Name = unit.Name,
        Count = (int)unit.Value.Get(UnitKeys.Count),
        Fails = unit.Value.Get(UnitKeys.Fails).Law,
        Modes = unit.Value.Has(UnitKeys.Modes)
            ? [.. unit.Value.Named(UnitKeys.Modes).Select(mode => Mode(mode, (double)mode.Value.Get(UnitKeys.Share)))]
            : [Mode(unit, 1)],
        Standby = unit.Value.Child(UnitKeys.Standby) is { } standby ? Standby(standby) : null,
        AgesAlways = unit.Value.Get(UnitKeys.Ages) == "always",
    };

    private ModeSpec Mode(NamedItem mode, double share)
    {
        bool hidden = mode.Value.TryGet(UnitKeys.Hidden, out var value) && value;
        var foundBy = !hidden ? FoundBy.AtOnce
            : mode.Value.Optional(UnitKeys.FoundBy) == "demand" ? FoundBy.Demand
            : FoundBy.Inspection;
        return new ModeSpec(mode.Name, share, foundBy, Repair(mode.Value.Child(UnitKeys.Repair)));
    }

    private RepairSpec? Repair(BoundMapping? repair) => repair is null
        ? null
        : new RepairSpec(repair.Get(RepairKeys.Takes)
            .Law, names.CrewNames(repair.Items(RepairKeys.Crew)), repair.Optional(RepairKeys.Spare));

    private static StandbySpec Standby(BoundMapping standby)
    {
        double speed = standby.Get(UnitKeys.Kind) switch
        {
            "cold" => 0,
            "hot" => 1,
            _ => (double)standby.Get(UnitKeys.Hazard),
        };
        return new StandbySpec((int)standby.Get(UnitKeys.Needed), speed, standby.Get(UnitKeys.Switch)
            .Law, (double)standby.Get(UnitKeys.SwitchFails));
    }

    private static CrewSpec Crew(NamedItem crew) => new()
    {
        Name = crew.Name,
        Size = (int)crew.Value.Get(CrewKeys.Size),
        Order = crew.Value.Get(CrewKeys.Order) == "first-come" ? CrewOrder.FirstCome : CrewOrder.MostUrgentFirst,
        Preempt = crew.Value.Get(CrewKeys.Preempt),
        Hours = crew.Value.Get(CrewKeys.Hours),
        Answer = crew.Value.Optional(CrewKeys.Answer)?.Law,
    };

    private static SpareSpec Spare(NamedItem spare) => new(
        spare.Name,
        (int)spare.Value.Get(CrewKeys.Stock),
        (int)spare.Value.Get(CrewKeys.ReorderAt),
        spare.Value.Get(CrewKeys.Delivery).Law,
        spare.Value.Optional(CrewKeys.Price));

    private InspectionSpec Inspection(BoundMapping inspection) => new(
        [.. inspection.Items(CrewKeys.InspectionOf).Select(unit => unit.Value)],
        inspection.Get(CrewKeys.InspectionEvery),
        inspection.Get(CrewKeys.InspectionTakes).Law,
        names.CrewNames(inspection.Items(CrewKeys.InspectionCrew)));

    private CommonCauseSpec CommonCause(NamedItem cause)
    {
        var hits = cause.Value.Get(CrewKeys.Hits);
        return new CommonCauseSpec(
            cause.Name,
            [.. cause.Value.Items(CrewKeys.CauseOf).Select(unit => unit.Value)],
            cause.Value.Get(CrewKeys.CauseEvery).Law,
            (double)hits.Low,
            (double)hits.High,
            cause.Value.Optional(CrewKeys.Lasts)?.Law,
            Repair(cause.Value.Child(CrewKeys.CauseRepair)));
    }

    private static SloSpec Slo(NamedItem slo)
    {
        string service = slo.Value.Get(ServiceKeys.Service);
        var require = slo.Value.Get(ServiceKeys.Require);
        var limit = new Requirement(require.AtLeast, (double)require.Probability);
        if (require is { Window: { } tile, LongerThan: { } longerThan })
        {
            return new OutageSlo(slo.Name, service, tile, longerThan, limit);
        }
        var window = slo.Value.Get(ServiceKeys.Window);
        return new WindowSlo(slo.Name, service, window.Length ?? WindowSlo.MeanMonth, (double)slo.Value.Get(ServiceKeys.Objective), limit)
        {
            Rolls = window.Rolls,
            Months = window.Months,
        };
    }

    private static RunSpec Run(BoundMapping run)
    {
        var giveUp = run.Child(RunKeys.GiveUpAfter)!;
        return new RunSpec
        {
            Horizon = run.Get(RunKeys.Horizon),
            WarmUp = run.Get(RunKeys.WarmUp),
            Replications = run.TryGet(RunKeys.Replications, out var replications) ? (long)replications : null,
            StopWhen = run.Optional(RunKeys.StopWhen) is { } rule
                ? new StopWhenSpec([.. rule.Services.Select(service => service.Name)], (double)rule.Within,
                    (double)rule.Level)
                : null,
            GiveUpAfterReplications = (long)giveUp.Get(RunKeys.GiveUpReplications),
            GiveUpAfterWallClock = giveUp.TryGet(RunKeys.GiveUpWallClock, out var limit)
                ? TimeSpan.FromTicks(limit.Nanoseconds / 100) : null,
            Seed = (ulong)run.Get(RunKeys.Seed),
            Start = run.Get(RunKeys.Start),
            RareEvents = run.Get(RunKeys.RareEvents) == "auto",
            Exhaustive = run.Get(RunKeys.Fidelity) == "exhaustive",
        };
    }
}
