namespace FailoverSim.Analysis.Exact;

/// <summary>Bounds what is spent on figures by operations, not by time: what is solved depends on no clock.</summary>
/// <param name="limit">Entries of matrices that may be visited.</param>
internal sealed class WorkBudget(double limit)
{
    private double _left = limit;

    /// <summary>False, and nothing is taken, if there is not so much left.</summary>
    public bool Take(double entries)
    {
        if (entries > _left)
        {
            return false;
        }
        _left -= entries;
        return true;
    }
}
