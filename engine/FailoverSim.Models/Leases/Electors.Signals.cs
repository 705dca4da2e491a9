using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;

namespace FailoverSim.Models.Leases;

/// <content>What others see: whether somebody leads and acts, and what is waited for otherwise.</content>
public sealed partial class Electors
{
    private void Review()
    {
        bool held = false;
        bool acting = false;
        bool syncs = false;
        for (int slot = 0; slot < Count; slot++)
        {
            ref Candidate candidate = ref _slots[slot];
            if (Believes(in candidate) && Is(_candidates[slot].Process.Runs))
            {
                held = true;
                syncs |= !candidate.Synced;
                acting |= candidate.Synced && IsCalm(slot);
            }
        }
        ref Standing standing = ref _standing[0];
        if (held && IsArmed(0, StageTimer))
        {
            Disarm(0, StageTimer);
        }
        int missing = held ? 0 : StageOfSearch();
        bool news = standing.Held.Show(Simulation, Held, held, missing);
        standing.Acting.Show(Simulation, Acting, acting, !held ? missing : syncs ? _stages.Sync : _stages.Detect);
        if (news)
        {
            foreach (IHolders follower in _followers)
            {
                follower.Waiting(missing);
            }
        }
    }

    /// <summary>
    /// What the lease waits for: the record to run out for the candidate that will see that first, then somebody to take it.
    /// Nobody may have seen it yet, and nobody may be there to see it.
    /// </summary>
    private int StageOfSearch()
    {
        bool anyAlive = false;
        bool anySeeks = false;
        long runsOut = long.MaxValue;
        for (int slot = 0; slot < Count; slot++)
        {
            ref Candidate candidate = ref _slots[slot];
            anyAlive |= Is(_candidates[slot].Process.Alive);
            if (candidate.Role == Role.Seeking && Is(_candidates[slot].Process.Runs))
            {
                anySeeks = true;
                if (candidate.Observed.Revision > 0)
                {
                    bool free = candidate.Observed.Holder == 0 || candidate.Observed.Holder == IdentityOf(slot);
                    runsOut = Math.Min(runsOut, free ? Now.Nanoseconds : candidate.ObservedAt + candidate.Observed.Lasts);
                }
            }
        }
        if (!anySeeks)
        {
            return anyAlive ? _stages.Detect : _stages.Restart;
        }
        if (_standing[0].Record.Holder == 0)
        {
            // Whoever looks next takes it.
            return _stages.Elect;
        }
        if (runsOut == long.MaxValue)
        {
            return _stages.Detect;
        }
        if (runsOut <= Now.Nanoseconds)
        {
            return _stages.Elect;
        }
        ArmAt(0, StageTimer, new SimTime(runsOut));
        return _stages.Expire;
    }
}
