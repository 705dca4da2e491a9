using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;

namespace FailoverSim.Models.Leases;

/// <content>One attempt to acquire or renew (tryAcquireOrRenew), request by request.</content>
public sealed partial class Electors
{
    private void BeginAttempt(int slot)
    {
        ref Candidate candidate = ref _slots[slot];
        candidate.Attempt++;
        candidate.AttemptAt = Now.Nanoseconds;
        bool holds = candidate.Observed.Holder == IdentityOf(slot)
            && candidate.ObservedAt + candidate.Observed.Lasts > candidate.AttemptAt;
        BeginCall(slot, holds ? Call.Renew : Call.Get);
    }

    private void BeginCall(int slot, Call call)
    {
        ref Candidate candidate = ref _slots[slot];
        long now = Now.Nanoseconds;
        candidate.Call = call;
        candidate.CallAt = now;
        candidate.GivesUpAt = candidate.Role == Role.Seeking
            ? now + _timeout
            : Math.Min(now + _timeout, candidate.RoundAt + _deadline);
        ApiRoute route = _candidates[slot].Route;
        if (candidate.GivesUpAt <= now || !Is(route.Accepts))
        {
            Conclude(slot, false);
        }
        else if (Is(route.Commits))
        {
            Send(slot);
        }
        else
        {
            candidate.Phase = Phase.Waiting;
            ArmAt(slot, StepTimer, new SimTime(candidate.GivesUpAt));
        }
    }

    /// <summary>The API answers: a read tells what the server had half way, a write has happened at its end.</summary>
    private void Send(int slot)
    {
        ref Candidate candidate = ref _slots[slot];
        long now = Now.Nanoseconds;
        long takes = DurationOf(slot, candidate.Attempt, candidate.Call);
        candidate.CallEnds = now + takes;
        long next = candidate.CallEnds;
        if (candidate.CallEnds > candidate.GivesUpAt)
        {
            candidate.Phase = Phase.Late;
            next = candidate.GivesUpAt;
        }
        else if (candidate.Call is Call.Get or Call.ReleaseGet)
        {
            candidate.Phase = Phase.Asked;
            next = now + (takes / 2);
        }
        else
        {
            candidate.Phase = Phase.Answering;
        }
        ArmAt(slot, StepTimer, new SimTime(next));
    }

    /// <summary>Time that one of the requests of an attempt takes.</summary>
    private long DurationOf(int slot, long attempt, Call call) => call switch
    {
        Call.Get => TimeOf(slot, _reads[slot], Reading, attempt, 0),
        Call.ReleaseGet => TimeOf(slot, _reads[slot], Reading, attempt, 1),
        Call.Renew => TimeOf(slot, _writes[slot], Writing, attempt, 0),
        Call.Take => TimeOf(slot, _writes[slot], Writing, attempt, 1),
        _ => TimeOf(slot, _writes[slot], Writing, attempt, 2),
    };

    private void Step(int slot)
    {
        ref Candidate candidate = ref _slots[slot];
        switch (candidate.Phase)
        {
            case Phase.Pause when Is(_candidates[slot].Process.Runs):
                Proceed(slot);
                break;
            case Phase.Pause:
                candidate.Overslept = true;
                break;
            case Phase.Asked:
                CatchUp();
                candidate.Seen = _standing[0].Record;
                candidate.Phase = Phase.Answering;
                ArmAt(slot, StepTimer, new SimTime(candidate.CallEnds));
                break;
            case Phase.Answering:
                End(slot, Serve(slot));
                break;
            case Phase.Waiting or Phase.Late:
                End(slot, false);
                break;
        }
    }

    /// <summary>The server's part at the end of a request: of several that race, only the first finds the revision that it knows.</summary>
    private bool Serve(int slot)
    {
        ref Candidate candidate = ref _slots[slot];
        if (candidate.Call is Call.Get or Call.ReleaseGet)
        {
            return true;
        }
        CatchUp();
        ref LeaseRecord record = ref _standing[0].Record;
        if (record.Revision != (candidate.Call == Call.Renew ? candidate.Observed : candidate.Seen).Revision)
        {
            return false;
        }
        bool releases = candidate.Call == Call.Release;
        record.Revision++;
        record.Holder = releases ? 0 : IdentityOf(slot);
        if (releases)
        {
            Simulation.Trace?.OnNote(Now, this, slot, "releases the lease");
        }
        record.Lasts = releases ? LeaseTimers.ReleasedDuration.Nanoseconds : _duration;
        candidate.Seen = record;
        return true;
    }

    /// <summary>A request is over; a process that hangs notices when it runs again.</summary>
    private void End(int slot, bool succeeded)
    {
        ref Candidate candidate = ref _slots[slot];
        if (Is(_candidates[slot].Process.Runs))
        {
            Conclude(slot, succeeded);
            return;
        }
        Disarm(slot, StepTimer);
        candidate.Phase = Phase.Unnoticed;
        candidate.Overslept = true;
        candidate.Succeeded = succeeded;
    }

    /// <summary>The client's part at the end of a request.</summary>
    private void Conclude(int slot, bool succeeded)
    {
        ref Candidate candidate = ref _slots[slot];
        Call call = candidate.Call;
        candidate.Call = Call.None;
        candidate.Phase = Phase.None;
        switch (call)
        {
            case Call.Renew when !succeeded:
                BeginCall(slot, Call.Get);
                break;
            case Call.Get when succeeded:
                Compare(slot);
                break;
            case Call.Renew or Call.Take or Call.Get:
                if (succeeded)
                {
                    Observe(ref candidate);
                }
                Finish(slot, succeeded);
                break;
            case Call.ReleaseGet when succeeded && candidate.Seen.Holder == IdentityOf(slot):
                BeginCall(slot, Call.Release);
                break;
            default:
                // A conflict would mean that somebody else has taken the lease: nothing is left to release.
                Leave(slot, candidate.Obeys);
                break;
        }
    }

    /// <summary>A read has come back: whoever sees a change counts from now, on its own clock.</summary>
    private void Compare(int slot)
    {
        ref Candidate candidate = ref _slots[slot];
        if (candidate.Seen.Revision != candidate.Observed.Revision)
        {
            Observe(ref candidate);
        }
        bool others = candidate.Seen.Holder != 0 && candidate.Seen.Holder != IdentityOf(slot);
        if (others && candidate.Role == Role.Seeking)
        {
            Disclaim(slot);
        }
        if (others && candidate.ObservedAt + candidate.Observed.Lasts > candidate.AttemptAt)
        {
            Finish(slot, false);
        }
        else
        {
            BeginCall(slot, Call.Take);
        }
    }

    private void Observe(ref Candidate candidate)
    {
        candidate.Observed = candidate.Seen;
        candidate.ObservedAt = Now.Nanoseconds;
    }
}
