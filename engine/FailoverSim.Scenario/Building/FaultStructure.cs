using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Structure;
using FailoverSim.Models.CommonCauses;
using FailoverSim.Models.Laws;
using FailoverSim.Models.Units;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Scenario.Building;

/// <summary>What can go wrong with generic units, as sets of conditions: a unit by each of its modes, and many by a common cause.</summary>
internal sealed class FaultStructure(
    ModelBuilder builder, ScenarioSpec spec, IReadOnlyDictionary<string, UnitSignals> signals,
    IReadOnlyDictionary<string, UnitGroup> groups, IReadOnlyDictionary<string, CommonCause> commonCauses)
{
    /// <summary>A common cause that hits some of many is declared as all the ways to choose them, if there are no more.</summary>
    private const int MostChoices = 256;

    public IEnumerable<FaultDeclaration> Declarations() =>
        [.. spec.Units.SelectMany(OfUnit), .. spec.CommonCauses.Where(cause => cause.Every is not Never).SelectMany(OfCommonCause)];

    private IEnumerable<FaultDeclaration> OfUnit(UnitSpec unit) =>
        from mode in unit.Fails is Never ? [] : unit.Modes
        from slot in Enumerable.Range(0, unit.Count)
        select new FaultDeclaration(
            builder.Cause(mode.Name == unit.Name ? unit.Name : $"{unit.Name}.{mode.Name}"),
            $"{unit.Name}-{slot + 1}",
            ConditionsOf(unit.Name, slot),
            groups[unit.Name],
            slot);

    private IEnumerable<FaultDeclaration> OfCommonCause(CommonCauseSpec cause)
    {
        (string Unit, int Slot)[] targets =
            [.. cause.Of.SelectMany(name => Enumerable.Range(0, spec.Units.First(u => u.Name == name).Count).Select(slot => (name, slot)))];
        int hit = Math.Max(1, (int)Math.Floor(((decimal)cause.HitsHigh * targets.Length) + 0.5m));
        int kind = builder.Cause(cause.Name);
        return Choices(targets.Length, hit).Select(chosen => new FaultDeclaration(
            kind, string.Join('+', chosen), [.. chosen.SelectMany(i => ConditionsOf(targets[i].Unit, targets[i].Slot))], commonCauses[cause.Name]));
    }

    private ImmutableArray<Signal> ConditionsOf(string unit, int slot)
    {
        UnitSignals of = signals[unit];
        return [.. new[] { of.Working[slot], of.Coming[slot], of.Sound[slot] }.Distinct()];
    }

    /// <summary>All ways to choose so many of so many, in ascending order; none if there are too many.</summary>
    private static IEnumerable<int[]> Choices(int of, int count)
    {
        double ways = 1;
        for (int i = 0; i < count; i++)
        {
            ways = ways * (of - i) / (i + 1);
        }
        if (ways > MostChoices)
        {
            yield break;
        }
        int[] chosen = [.. Enumerable.Range(0, count)];
        while (true)
        {
            yield return [.. chosen];
            int last = count - 1;
            while (last >= 0 && chosen[last] == of - count + last)
            {
                last--;
            }
            if (last < 0)
            {
                yield break;
            }
            chosen[last]++;
            for (int i = last + 1; i < count; i++)
            {
                chosen[i] = chosen[i - 1] + 1;
            }
        }
    }
}
