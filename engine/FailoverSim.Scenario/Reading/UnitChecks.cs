using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Language;
using FailoverSim.Scenario.Values;

namespace FailoverSim.Scenario.Reading;

/// <summary>What the description of single values cannot say about units, their modes and standbys.</summary>
internal sealed class UnitChecks(ScenarioNames names, DiagnosticBag bag)
{
    public void Check()
    {
        decimal total = 0;
        foreach (var unit in names.Units)
        {
            decimal before = total;
            total += unit.Value.TryGet(UnitKeys.Count, out var count) ? count : 0;
            if (before <= UnitKeys.MostUnits && total > UnitKeys.MostUnits)
            {
                bag.Error(unit.Value.Scalar(UnitKeys.Count)!.Mark, Codes.TooManyUnits,
                    "there are more than 1,000,000 units up to here", "describe fewer copies");
            }
            CheckModes(unit);
            CheckStandby(unit);
        }
    }

    private void CheckModes(NamedItem unit)
    {
        var modes = unit.Value.Named(UnitKeys.Modes);
        CheckFoundBy(unit.Value);
        CheckRepair(unit.Value.Child(UnitKeys.Repair));
        foreach (var mode in modes)
        {
            CheckFoundBy(mode.Value);
            CheckRepair(mode.Value.Child(UnitKeys.Repair));
        }
        if (!unit.Value.IsWritten(UnitKeys.Modes))
        {
            return;
        }
        foreach (
            var key in new Key[] { UnitKeys.Repair, UnitKeys.Hidden, UnitKeys.FoundBy }.Where(unit.Value.IsWritten))
        {
            bag.Error(unit.Value.KeyMark(key), Codes.KeysExclude,
                $"'{unit.Name}' has 'modes' and a '{key.Name}' of its own", $"move '{key.Name}' into the modes");
        }
        bool complete = modes.All(mode => mode.Value.TryGet(UnitKeys.Share, out _));
        decimal sum = modes.Sum(mode => mode.Value.TryGet(UnitKeys.Share, out var share) ? share : 0);
        if (complete && modes.Count > 0 && sum != 1)
        {
            bag.Error(unit.Value.KeyMark(UnitKeys.Modes), Codes.SharesSum,
                $"the shares of the modes of '{unit.Name}' sum to {ShareText.Write(sum)}",
                "make them sum to exactly 100%");
        }
    }

    private void CheckFoundBy(BoundMapping failure)
    {
        bool hidden = failure.TryGet(UnitKeys.Hidden, out var value) && value;
        if (failure.IsWritten(UnitKeys.FoundBy) && !hidden && !failure.IsUnreadable(UnitKeys.Hidden))
        {
            bag.Error(failure.KeyMark(UnitKeys.FoundBy), Codes.HiddenFoundBy, "'found-by' is for hidden failures",
                "add 'hidden: true', or remove 'found-by'");
        }
    }

    private void CheckRepair(BoundMapping? repair)
    {
        if (repair is null)
        {
            return;
        }
        names.CheckCrews(repair.Items(RepairKeys.Crew));
        if (repair.TryGet(RepairKeys.Spare, out var spare))
        {
            names.CheckReference(repair.Scalar(RepairKeys.Spare)!.Mark, spare, "spare", names.Spares);
        }
    }

    /// <summary>For the repairs of common causes, which are written like any other.</summary>
    public void CheckRepairOf(BoundMapping cause) => CheckRepair(cause.Child(CrewKeys.CauseRepair));

    private void CheckStandby(NamedItem unit)
    {
        if (unit.Value.Child(UnitKeys.Standby) is not { } standby)
        {
            return;
        }
        if (standby.TryGet(UnitKeys.Needed, out var needed) && unit.Value.TryGet(UnitKeys.Count, out var count)
            && needed > count)
        {
            bag.Error(standby.Scalar(UnitKeys.Needed)!.Mark, Codes.NeededTooLarge,
                $"{needed} of '{unit.Name}' are needed and there are {count}", $"write at most {count}");
        }
        if (!standby.TryGet(UnitKeys.Kind, out var kind))
        {
            return;
        }
        bool given = standby.TryGet(UnitKeys.Hazard, out var hazard);
        if (kind == "warm" && !standby.Has(UnitKeys.Hazard))
        {
            bag.Error(standby.Scalar(UnitKeys.Kind)!.Mark, Codes.KeyNeedsOther, "a warm standby has no 'hazard'",
                "add how fast it ages, such as 'hazard: 20%', or write cold or hot");
        }
        else if (given && (kind == "cold" ? hazard != 0 : kind == "hot" && hazard != 1))
        {
            bag.Error(standby.Scalar(UnitKeys.Hazard)!.Mark, Codes.StandbyHazard,
                $"a {kind} standby has a hazard of {(kind == "cold" ? "0%" : "100%")}",
                "remove 'hazard', or write 'kind: warm'");
        }
    }
}
