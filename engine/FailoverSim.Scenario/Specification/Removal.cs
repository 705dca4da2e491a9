using FailoverSim.Models.Laws;

namespace FailoverSim.Scenario.Specification;

/// <summary>The scenario as it would be if one kind of fault never came; everything else keeps its name and its luck.</summary>
public static class Removal
{
    /// <summary>Null where the cause is no fault that can be left out: planned work, no cause at all, or a mode of units that stand by.</summary>
    /// <param name="spec">The scenario.</param>
    /// <param name="cause">As down time is charged to it: a fault, a common cause, a unit, or <c>UNIT.MODE</c>.</param>
    public static ScenarioSpec? Without(this ScenarioSpec spec, string cause)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (spec.Cluster is { } cluster && cluster.Faults.Any(fault => fault.Name == cause))
        {
            return spec with { Cluster = cluster with { Faults = Changed(cluster.Faults, fault => fault.Name == cause, WithoutClock) } };
        }
        if (spec.CommonCauses.Any(common => common.Name == cause))
        {
            return spec with
            {
                CommonCauses = Changed(spec.CommonCauses, common => common.Name == cause, common => common with { Every = Never.Instance }),
            };
        }
        UnitSpec? owner = spec.Units.FirstOrDefault(unit => unit.Modes.Any(mode => NameOf(unit, mode) == cause));
        return owner is null || (owner.Modes.Count > 1 && owner.Standby is not null)
            ? null
            : spec with { Units = Changed(spec.Units, unit => unit == owner, unit => WithoutMode(unit, cause)) };
    }

    /// <summary>A fault with no clock, no instant and no work that brings it does not come.</summary>
    private static FaultSpec WithoutClock(FaultSpec fault) => fault with { Every = null, At = [], Chance = null };

    /// <summary>Units with other modes go on failing by them as often as before: this one is seen and mended in no time.</summary>
    private static UnitSpec WithoutMode(UnitSpec unit, string cause) => unit.Modes.Count == 1
        ? unit with { Fails = Never.Instance }
        : unit with
        {
            Modes = Changed(
                unit.Modes,
                mode => NameOf(unit, mode) == cause,
                mode => mode with { FoundBy = FoundBy.AtOnce, Repair = new RepairSpec(new Constant(0), [], null) }),
        };

    private static string NameOf(UnitSpec unit, ModeSpec mode) => mode.Name == unit.Name ? unit.Name : $"{unit.Name}.{mode.Name}";

    private static IReadOnlyList<T> Changed<T>(IReadOnlyList<T> list, Func<T, bool> which, Func<T, T> change) =>
        [.. list.Select(item => which(item) ? change(item) : item)];
}
