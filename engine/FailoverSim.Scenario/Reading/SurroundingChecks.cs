using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Language;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Scenario.Reading;

/// <summary>Checks of crews, spares, inspection and common causes.</summary>
internal sealed class SurroundingChecks(BoundMapping file, ScenarioNames names, UnitChecks units, DiagnosticBag bag)
{
    public void Check()
    {
        CheckHours();
        foreach (var spare in names.Spares)
        {
            CheckSpare(spare);
        }
        if (file.Child(ScenarioKeys.Inspection) is { } inspection)
        {
            names.CheckReferences(inspection.Items(CrewKeys.InspectionOf), "unit", names.Units);
            names.CheckCrews(inspection.Items(CrewKeys.InspectionCrew));
        }
        foreach (var cause in file.Named(ScenarioKeys.CommonCause))
        {
            names.CheckReferences(cause.Value.Items(CrewKeys.CauseOf), "unit", names.Units);
            units.CheckRepairOf(cause.Value);
            if (cause.Value.IsWritten(CrewKeys.Lasts) && cause.Value.IsWritten(CrewKeys.CauseRepair))
            {
                bag.Error(cause.Value.KeyMark(CrewKeys.CauseRepair), Codes.KeysExclude,
                    $"'{cause.Name}' has both 'lasts' and 'repair'",
                    "keep 'lasts' for units that come back by themselves, or 'repair' for units that fail");
            }
        }
    }

    private void CheckHours()
    {
        bool othersHaveHours = names.Crews.Any(crew =>
            crew.Value.TryGet(CrewKeys.Hours, out var hours) && hours is Hours.Weekly);
        foreach (var crew in names.Crews)
        {
            if (crew.Value.TryGet(CrewKeys.Hours, out var hours) && hours is Hours.Otherwise && !othersHaveHours)
            {
                bag.Error(crew.Value.Scalar(CrewKeys.Hours)!.Mark, Codes.NothingOtherwise,
                    "'otherwise' needs another crew with hours such as Mon-Fri 08:00-18:00",
                    "give another crew hours, or write 24x7");
            }
        }
    }

    private void CheckSpare(NamedItem spare)
    {
        if (spare.Value.TryGet(CrewKeys.Stock, out var stock) && spare.Value.TryGet(CrewKeys.ReorderAt, out var level)
            && level >= stock)
        {
            bag.Error(spare.Value.Scalar(CrewKeys.ReorderAt)!.Mark, Codes.ReorderTooLarge,
                $"'reorder-at' is {level} and 'stock' is {stock}", $"write at most {stock - 1}");
        }
    }
}
