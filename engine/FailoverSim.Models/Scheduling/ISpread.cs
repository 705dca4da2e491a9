namespace FailoverSim.Models.Scheduling;

/// <summary>How the pods of workloads are spread, and where there is room for more.</summary>
public interface ISpread
{
    /// <summary>Pods of a workload that are bound in a zone and are not being deleted.</summary>
    int CountIn(int workload, int zone);

    /// <summary>Some node of a zone could take one more pod of a workload.</summary>
    bool HasRoom(int workload, int zone);
}
