using System.Globalization;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;

namespace FailoverSim.Models.Leases;

/// <content>The loops around the attempts: acquire, renew, give up, release; and the life of the process.</content>
public sealed partial class Electors
{
    /// <summary>A pause is over.</summary>
    private void Proceed(int slot)
    {
        ref Candidate candidate = ref _slots[slot];
        long now = Now.Nanoseconds;
        if (candidate.Role == Role.Seeking)
        {
            BeginAttempt(slot);
        }
        else if (!candidate.InRound)
        {
            BeginRound(slot);
        }
        else if (now >= candidate.RoundAt + _deadline)
        {
            GiveUp(slot);
        }
        else
        {
            candidate.Ticks = (now - candidate.RoundAt) / _retry;
            BeginAttempt(slot);
        }
    }

    private void BeginRound(int slot)
    {
        ref Candidate candidate = ref _slots[slot];
        candidate.InRound = true;
        candidate.RoundAt = Now.Nanoseconds;
        candidate.Ticks = 0;
        BeginAttempt(slot);
    }

    private void Finish(int slot, bool succeeded)
    {
        ref Candidate candidate = ref _slots[slot];
        if (candidate.Role == Role.Leading)
        {
            FinishRenewal(slot, succeeded);
        }
        else if (succeeded)
        {
            Win(slot);
        }
        else
        {
            if (IsCalm(slot))
            {
                candidate.Trouble = default;
            }
            Pause(slot, Now.Nanoseconds + GapAfter(slot, candidate.Attempt));
        }
    }

    /// <summary>The time that a candidate waits after a poll: uniform from R to 2.2 R.</summary>
    private long GapAfter(int slot, long attempt) =>
        _retry + (long)(LeaseTimers.Jitter * _retry * DrawsFor(slot, Gap, attempt).NextUniform());

    /// <summary>
    /// A success ends the round; the next begins after R. After a failure comes the next tick of the round's ticker, at once if
    /// one has passed meanwhile (it keeps one), until the round has lasted for D.
    /// </summary>
    private void FinishRenewal(int slot, bool succeeded)
    {
        ref Candidate candidate = ref _slots[slot];
        long now = Now.Nanoseconds;
        if (succeeded)
        {
            candidate.InRound = false;
            candidate.Paused = false;
            candidate.Trouble = default;
            Pause(slot, now + _retry);
            return;
        }
        long ticks = (now - candidate.RoundAt) / _retry;
        if (now >= candidate.RoundAt + _deadline)
        {
            GiveUp(slot);
        }
        else if (ticks > candidate.Ticks)
        {
            candidate.Ticks = ticks;
            BeginAttempt(slot);
        }
        else
        {
            Pause(slot, candidate.RoundAt + Math.Min((ticks + 1) * _retry, _deadline));
        }
    }

    private void Pause(int slot, long until)
    {
        ref Candidate candidate = ref _slots[slot];
        candidate.Phase = Phase.Pause;
        candidate.NextAt = until;
        if (!FallsAsleep(slot))
        {
            ArmAt(slot, StepTimer, new SimTime(until));
        }
    }

    private void Win(int slot)
    {
        ref Candidate candidate = ref _slots[slot];
        ref Standing standing = ref _standing[0];
        WatchOverlap(slot);
        standing.Elections++;
        if (Simulation.Trace is { } trace)
        {
            string before = standing.LastHolder == 0 || standing.LastHolder == slot + 1 ? "" : $", which {NameOf(standing.LastHolder - 1)} held before";
            trace.OnNote(Now, this, slot, $"gets the lease{before}", Leading);
        }
        if (standing.LastHolder != slot + 1)
        {
            Simulation.Count(_handOvers);
            if (!standing.IsBroken)
            {
                Simulation.Count(_falseHandOvers);
            }
            standing.LastHolder = slot + 1;
        }
        standing.IsBroken = false;
        candidate.Role = Role.Leading;
        candidate.Paused = false;
        candidate.Trouble = default;
        double sync = Draw(slot, _syncs[slot], Syncing, candidate.Attempt) * _processes.SlownessOf(slot);
        candidate.Synced = sync <= 0;
        if (!candidate.Synced)
        {
            ArmAfter(slot, SyncTimer, SimDuration.FromSeconds(sync));
        }
        Claim(slot);
        BeginRound(slot);
    }

    /// <summary>For traces.</summary>
    private const string Leading = "holds the lease";

    private string NameOf(int slot) => _candidates[slot].Process.Name;

    /// <summary>How a holder leaves its lease behind, for traces.</summary>
    private string PartingOf(int slot, Role role) =>
        _standing[0].Record.Holder != IdentityOf(slot) ? "holds the lease no longer"
        : role == Role.Down ? $"dies while it holds the lease, which others leave alone for {Seconds(_duration)} s"
        : $"ends and leaves its lease to run out, {Seconds(_duration)} s after the last renewal";

    private static string Seconds(long nanoseconds) => ((decimal)nanoseconds / SimDuration.NanosecondsPerSecond).ToString("0.###", CultureInfo.InvariantCulture);

    private void Claim(int slot)
    {
        _slots[slot].Claims = true;
        Simulation.Drive(_leads[slot], true);
        foreach (IHolders follower in _followers)
        {
            follower.Acquired(slot);
        }
    }

    private void Disclaim(int slot)
    {
        ref Candidate candidate = ref _slots[slot];
        if (!candidate.Claims)
        {
            return;
        }
        candidate.Claims = false;
        foreach (IHolders follower in _followers)
        {
            follower.Lost(slot);
        }
    }

    /// <summary>
    /// Nobody takes the lease while another believes that it holds it: clocks that run keep them apart. A process that was
    /// paused is the exception that client-go documents, and one that still tries to release what it gave up another.
    /// </summary>
    private void WatchOverlap(int winner)
    {
        for (int slot = 0; slot < Count; slot++)
        {
            ref Candidate other = ref _slots[slot];
            if (slot == winner || !Believes(in other))
            {
                continue;
            }
            _standing[0].Overlaps++;
            if (other.Role == Role.Leading && !other.Paused && _options.Timers.KeepApart)
            {
                throw Simulation.Violation($"{EntityName(winner)} has won the lease that {EntityName(slot)} still holds");
            }
        }
    }

    /// <summary>No renewal has succeeded for D: the leader ends its process, after a release if it is set to.</summary>
    private void GiveUp(int slot)
    {
        Simulation.Trace?.OnNote(Now, this, slot, $"could not renew the lease for {Seconds(_deadline)} s and gives up");
        if (_options.Timers.ReleaseOnStop && _slots[slot].Observed.Holder == IdentityOf(slot))
        {
            Release(slot);
        }
        else
        {
            Leave(slot, obeys: false);
        }
    }

    private void Release(int slot)
    {
        ref Candidate candidate = ref _slots[slot];
        candidate.Role = Role.Releasing;
        candidate.RoundAt = Now.Nanoseconds;
        candidate.Attempt++;
        BeginCall(slot, Call.ReleaseGet);
    }

    private void BeginStop(int slot)
    {
        ref Candidate candidate = ref _slots[slot];
        candidate.StopAsked = false;
        if (candidate.Role is Role.Releasing or Role.Ended)
        {
            return;
        }
        Disarm(slot, StepTimer);
        _standing[0].IsBroken |= candidate.Role == Role.Leading;
        if (candidate.Role == Role.Leading && _options.Timers.ReleaseOnStop)
        {
            // What it does as the leader ends now; followers are told when the release is done.
            candidate.Obeys = true;
            Simulation.Drive(_leads[slot], false, _stages.Elect);
            Release(slot);
        }
        else
        {
            Leave(slot, obeys: true);
        }
    }

    /// <summary>The election is over for this process, which may end or must.</summary>
    private void Leave(int slot, bool obeys)
    {
        Retire(slot, Role.Ended);
        Disclaim(slot);
        if (obeys)
        {
            _processes.Stopped(slot);
        }
        else
        {
            _processes.Exit(slot);
        }
    }

    /// <summary>The process has died: what it knew is gone. Followers are not told, it cannot tell them.</summary>
    private void Die(int slot)
    {
        if (_slots[slot].Role != Role.Down)
        {
            _standing[0].IsBroken |= Believes(in _slots[slot]);
            Retire(slot, Role.Down);
        }
    }

    private void Retire(int slot, Role role)
    {
        ref Candidate candidate = ref _slots[slot];
        Disarm(slot, StepTimer);
        Disarm(slot, SyncTimer);
        if (Believes(in candidate))
        {
            Simulation.Drive(_leads[slot], false, _stages.Expire);
            Simulation.Trace?.OnNote(Now, this, slot, PartingOf(slot, role), "without the lease");
        }
        candidate = new Candidate
        {
            Role = role,
            Claims = candidate.Claims,
            Incarnation = candidate.Incarnation,
            Attempt = candidate.Attempt,
            Trouble = candidate.Trouble,
        };
    }

    /// <summary>A process has started: it polls at once.</summary>
    private void Appear(int slot)
    {
        ref Candidate candidate = ref _slots[slot];
        candidate.Role = Role.Seeking;
        candidate.Incarnation++;
        candidate.Trouble = Simulation.Cause;
        candidate.Phase = Phase.Pause;
        candidate.NextAt = Now.Nanoseconds;
        if (Is(_candidates[slot].Process.Runs))
        {
            BeginAttempt(slot);
        }
        else
        {
            candidate.Overslept = true;
        }
    }

    /// <summary>Something has changed for a living candidate that is awake.</summary>
    private void Adapt(int slot)
    {
        ref Candidate candidate = ref _slots[slot];
        (ProcessSignals process, ApiRoute route) = (_candidates[slot].Process, _candidates[slot].Route);
        bool runs = Is(process.Runs);
        candidate.Paused |= !runs;
        if (candidate.Phase is Phase.Asked or Phase.Answering or Phase.Waiting or Phase.Late)
        {
            Reroute(slot, Is(route.Accepts), Is(route.Commits));
        }
        if (runs && candidate.Overslept)
        {
            candidate.Overslept = false;
            if (candidate.Phase == Phase.Pause)
            {
                Proceed(slot);
            }
            else
            {
                // What came in after the client's patience had run out is not looked at any more.
                Conclude(slot, candidate.Succeeded && Now.Nanoseconds <= candidate.GivesUpAt);
            }
        }
        if (runs && candidate.StopAsked)
        {
            BeginStop(slot);
        }
    }

    /// <summary>A request in flight breaks with its connection, or waits while nothing is committed and is then handled anew.</summary>
    private void Reroute(int slot, bool accepts, bool commits)
    {
        ref Candidate candidate = ref _slots[slot];
        if (!accepts)
        {
            Disarm(slot, StepTimer);
            End(slot, false);
        }
        else if (!commits)
        {
            candidate.Phase = Phase.Waiting;
            ArmAt(slot, StepTimer, new SimTime(candidate.GivesUpAt));
        }
        else if (candidate.Phase == Phase.Waiting)
        {
            Send(slot);
        }
    }
}
