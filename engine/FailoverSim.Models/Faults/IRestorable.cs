namespace FailoverSim.Models.Faults;

/// <summary>A cluster of members that people can restore after most of its data is gone.</summary>
public interface IRestorable
{
    /// <summary>
    /// All members hold the restored data from now on, those included that run only later; the ones that had been lost are
    /// ended as faults right after this.
    /// </summary>
    /// <param name="dataLoss">It is the last snapshot's data, so what was written since is lost.</param>
    void Restore(bool dataLoss);
}
