using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Language;

namespace FailoverSim.Scenario.Reading;

/// <summary>Warnings about what is defined but cannot matter, told only where nothing is wrong.</summary>
internal sealed class UsageChecks(BoundMapping file, ScenarioNames names, DiagnosticBag bag)
{
    public void Check()
    {
        if (names.Services.Count == 0)
        {
            bag.Warning(file.Mark, Codes.NothingMeasured, "the scenario has no services, so nothing is measured",
                "add 'services: {NAME: {up-when: …}}'");
        }
        else
        {
            WarnOfUnits();
        }
        var repairs = Repairs().ToList();
        var crews = repairs.SelectMany(repair => repair.Items(RepairKeys.Crew)).Select(crew => crew.Value)
            .Concat(file.Child(ScenarioKeys.Inspection)?.Items(CrewKeys.InspectionCrew)
                .Select(crew => crew.Value) ?? [])
            .ToHashSet(StringComparer.Ordinal);
        foreach (var crew in names.Crews.Where(crew => !crews.Contains(crew.Name) && !crews.Contains("any")))
        {
            bag.Warning(crew.Mark, Codes.CrewUnused, $"the crew '{crew.Name}' has nothing to do",
                "name it in a repair, or remove it");
        }
        var spares = repairs.Select(repair => repair.Optional(RepairKeys.Spare)).ToHashSet(StringComparer.Ordinal);
        foreach (var spare in names.Spares.Where(spare => !spares.Contains(spare.Name)))
        {
            bag.Warning(spare.Mark, Codes.SpareUnused, $"no repair uses the spare '{spare.Name}'",
                "name it in a repair, or remove it");
        }
        foreach (var unit in names.Units)
        {
            WarnOfFailures(unit);
        }
        WarnOfProcedures();
    }

    private void WarnOfProcedures()
    {
        var used = names.Faults.Select(fault => fault.Value.Scalar(FaultKeys.Repair)?.Value as string)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var procedure in names.Procedures.Where(procedure =>
            !used.Contains(procedure.Name) && !procedure.Value.Has(FaultKeys.When)))
        {
            bag.Warning(procedure.Mark, Codes.ProcedureUnused, $"no fault is repaired by '{procedure.Name}'",
                "name it as the 'repair' of a fault, or remove it");
        }
    }

    private void WarnOfUnits()
    {
        var used = names.Services.Select(service => service.Value.Optional(ServiceKeys.UpWhen))
            .SelectMany(expression => expression?.Names ?? []).Select(named => named.Name)
                .ToHashSet(StringComparer.Ordinal);
        foreach (var unit in names.Units.Where(unit => !used.Contains(unit.Name)))
        {
            bag.Warning(unit.Mark, Codes.UnitUnused, $"no service depends on '{unit.Name}'",
                "name it in an 'up-when', or remove it");
        }
    }

    private void WarnOfFailures(NamedItem unit)
    {
        bool inspected = file.Child(ScenarioKeys.Inspection)?.Items(CrewKeys.InspectionOf)
            .Any(of => of.Value == unit.Name) ?? false;
        bool called = unit.Value.Has(UnitKeys.Standby);
        bool hasModes = unit.Value.Has(UnitKeys.Modes);
        IEnumerable<NamedItem> failures = hasModes ? unit.Value.Named(UnitKeys.Modes) : [unit];
        foreach (var failure in failures)
        {
            string what = hasModes ? $"failures '{failure.Name}' of '{unit.Name}'" : $"failures of '{unit.Name}'";
            bool hidden = failure.Value.TryGet(UnitKeys.Hidden, out var value) && value;
            bool byInspection = failure.Value.Optional(UnitKeys.FoundBy) != "demand";
            if (hidden && !(called || (byInspection && inspected)))
            {
                bag.Warning(failure.Mark, Codes.NeverFound, $"hidden {what} are never found",
                    "add an 'inspection' of the unit or a 'standby', or remove 'hidden'");
            }
            if (!failure.Value.Has(UnitKeys.Repair))
            {
                bag.Warning(failure.Mark, Codes.NoRepair, $"{what} are never repaired",
                    "add 'repair: {takes: …}' if they are");
            }
        }
    }

    private IEnumerable<BoundMapping> Repairs()
    {
        var ofUnits = names.Units.SelectMany(unit => unit.Value.Named(UnitKeys.Modes).Append(unit))
            .Select(failure => failure.Value.Child(UnitKeys.Repair));
        var ofCauses = file.Named(ScenarioKeys.CommonCause).Select(cause => cause.Value.Child(CrewKeys.CauseRepair));
        var ofFaults = names.Faults.Select(fault => fault.Value.Child(FaultKeys.Repair));
        return ofUnits.Concat(ofCauses).Concat(ofFaults).OfType<BoundMapping>()
            .Concat(names.Procedures.Select(procedure => procedure.Value));
    }
}
