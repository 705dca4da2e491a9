namespace FailoverSim.Models.Etcd;

/// <summary>
/// What Raft promises, watched in every run: a term has one leader at most, and whoever leads has all that was committed in
/// earlier terms. Who was elected and hung before it knew may come to lead in a term that is over; of that nothing is promised.
/// </summary>
internal struct RaftWatch
{
    /// <summary>Term and index of the last entry known to be committed.</summary>
    public long CommittedTerm;
    public long CommittedIndex;

    private long _ledTerm;
    private int _leader;

    /// <summary>All begin with one log, at t = 0 or after a restoration, which may give up what had been committed.</summary>
    public void Begin(long logTerm, long logIndex) => (CommittedTerm, CommittedIndex) = (logTerm, logIndex);

    /// <summary>A member leads from now on.</summary>
    /// <param name="slot">The member.</param>
    /// <param name="term">Its term.</param>
    /// <param name="log">Its state, with the log that it had when it was elected.</param>
    /// <returns>What is wrong with that; null: nothing.</returns>
    public string? Elect(int slot, long term, in RaftState log)
    {
        if (term == _ledTerm && slot != _leader)
        {
            return "leads in a term that has a leader";
        }
        if (term > _ledTerm)
        {
            (_ledTerm, _leader) = (term, slot);
        }
        return term > CommittedTerm && Lacks(log.LogTerm, log.LogIndex) ? "leads without an entry that was committed" : null;
    }

    /// <summary>Everything up to an entry of a leader has been committed.</summary>
    /// <returns>What is wrong with that; null: nothing.</returns>
    public string? Commit(long logTerm, long logIndex)
    {
        if (Lacks(logTerm, logIndex))
        {
            return "has given up an entry that was committed";
        }
        (CommittedTerm, CommittedIndex) = (logTerm, logIndex);
        return null;
    }

    private readonly bool Lacks(long logTerm, long logIndex) => logIndex < CommittedIndex || logTerm < CommittedTerm;
}
