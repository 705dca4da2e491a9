using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Language;

namespace FailoverSim.Scenario.Reading;

/// <summary>Crews, spares and conditions of the procedures, named or in place.</summary>
internal sealed class ProcedureChecks(ScenarioNames names, ClusterLayout layout, DiagnosticBag bag)
{
    public void Check()
    {
        foreach (var procedure in names.Procedures)
        {
            CheckOne(procedure.Value);
        }
        foreach (var fault in names.Faults)
        {
            if (fault.Value.Child(FaultKeys.Repair) is { } inPlace)
            {
                CheckOne(inPlace);
                CheckInPlace(fault, inPlace);
            }
        }
        var restoring = names.Procedures.Where(procedure => procedure.Value.Has(FaultKeys.When)).ToList();
        foreach (var second in restoring.Skip(1))
        {
            bag.Error(second.Value.KeyMark(FaultKeys.When), Codes.NameTwice,
                $"'{restoring[0].Name}' already restores the majority of etcd", "keep one of them");
        }
        foreach (var procedure in restoring.Take(1).Where(_ => layout.IsWhole && !layout.Runs("etcd")))
        {
            bag.Error(procedure.Value.KeyMark(FaultKeys.When), Codes.KeyNeedsOther, "no machine runs 'etcd'",
                "add etcd to 'runs' of a pool, or remove the procedure");
        }
    }

    private void CheckOne(BoundMapping procedure)
    {
        names.CheckCrews(procedure.Items(RepairKeys.Crew));
        if (procedure.TryGet(RepairKeys.Spare, out var spare))
        {
            names.CheckReference(procedure.Scalar(RepairKeys.Spare)!.Mark, spare, "spare", names.Spares);
        }
        if (procedure.IsWritten(FaultKeys.DataLoss) && !procedure.Has(FaultKeys.When))
        {
            bag.Error(procedure.KeyMark(FaultKeys.DataLoss), Codes.KeyNeedsOther, "'data-loss' stands without 'when'",
                "add 'when: etcd.majority-lost-for-good', or remove it");
        }
    }

    private void CheckInPlace(NamedItem fault, BoundMapping procedure)
    {
        if (procedure.IsWritten(FaultKeys.When))
        {
            bag.Error(procedure.KeyMark(FaultKeys.When), Codes.KeysExclude, "'when' is for procedures under 'repair'",
                "move the procedure there");
        }
        if (names.Procedures.Any(other => other.Name == fault.Name))
        {
            bag.Error(fault.Value.KeyMark(FaultKeys.Repair) is { IsDefault: false } written ? written : fault.Mark,
                Codes.NameTwice, $"the repair in place of '{fault.Name}' and a procedure have the same name",
                $"write 'repair: {fault.Name}', or rename one");
        }
    }
}
