using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Loops;

namespace FailoverSim.Models.Leases;

/// <content>
/// What is not simulated: the renewals of a leader and the polls of candidates while all goes well. Both loops slide, so
/// they are walked with the draws that their ticks are addressed by, and leapt over where many of them have passed.
/// </content>
public sealed partial class Electors
{
    /// <summary>The revision at t = 0: standbys have seen earlier ones.</summary>
    private const long FirstRevision = 1000;

    /// <summary>
    /// Whether renewals and polls of a leader and candidates that are well can change nothing: requests are nearly always
    /// answered in time, and a candidate sees at least one change within the duration. One call time in
    /// 10⁹ may exceed the client's patience, once in decades; it is then taken to end with it.
    /// </summary>
    private bool QuietStaysQuiet()
    {
        const double Rarely = 1e-9;
        bool inTime = true;
        foreach (LeaseCandidate candidate in _candidates)
        {
            foreach (Law law in new[] { candidate.Route.ReadTakes, candidate.Route.WriteTakes })
            {
                inTime &= law.Cdf(_timeout * 1e-9) > 1 - Rarely && double.IsFinite(law.Variance);
            }
        }
        return inTime && _duration >= 2 * (1 + LeaseTimers.Jitter) * _retry;
    }

    /// <summary>
    /// Who exists at t = 0 has done so for long: one of them, any, holds the lease at a uniform point of its period; the polls
    /// of the others are stationary (the gap around t = 0 is drawn in proportion to its length).
    /// </summary>
    protected override void Start()
    {
        Span<double> weights = stackalloc double[Count];
        bool any = false;
        for (int slot = 0; slot < Count; slot++)
        {
            bool alive = Is(_candidates[slot].Process.Alive);
            weights[slot] = alive ? 1 : 0;
            any |= alive;
        }
        if (any)
        {
            int holder = Choose(0, First, -1, weights);
            StartLeading(holder);
            for (int slot = 0; slot < Count; slot++)
            {
                if (slot != holder && weights[slot] > 0)
                {
                    StartSeeking(slot, _slots[holder].ObservedAt);
                }
            }
        }
        Review();
    }

    private void StartLeading(int slot)
    {
        ref Candidate candidate = ref _slots[slot];
        ref Standing standing = ref _standing[0];
        candidate.Incarnation = 1;
        candidate.Role = Role.Leading;
        candidate.Synced = true;
        standing.Record = new LeaseRecord { Revision = FirstRevision, Holder = IdentityOf(slot), Lasts = _duration };
        standing.LastHolder = slot + 1;
        long next = (long)(DrawsFor(slot, First, 0).NextUniform() * _retry);
        candidate.Observed = standing.Record;
        candidate.ObservedAt = next - _retry;
        Claim(slot);
        Pause(slot, next);
    }

    private void StartSeeking(int slot, long renewedAt)
    {
        ref Candidate candidate = ref _slots[slot];
        candidate.Incarnation = 1;
        candidate.Role = Role.Seeking;
        Draws draws = DrawsFor(slot, First, 0);
        double most = 1 + LeaseTimers.Jitter;
        double gap = Math.Sqrt(1 + (draws.NextUniform() * ((most * most) - 1))) * _retry;
        long age = (long)(draws.NextUniform() * gap);
        candidate.Observed = _standing[0].Record;
        candidate.ObservedAt = -age;
        if (renewedAt > -age)
        {
            candidate.Observed.Revision -= 1 + ((renewedAt + age) / _retry);
        }
        Pause(slot, (long)gap - age);
    }

    /// <summary>
    /// A candidate that pauses may sleep if it is well and nobody has asked it to stop: the leader after a renewal, another one while the leader sleeps and is
    /// the one that it has seen on record. Those that pause when the leader falls asleep do so with it.
    /// </summary>
    private bool FallsAsleep(int slot)
    {
        ref Candidate candidate = ref _slots[slot];
        ref Standing standing = ref _standing[0];
        if (!_sleeps || !IsCalm(slot) || candidate.StopAsked || candidate.Observed.Holder != standing.Record.Holder)
        {
            return false;
        }
        if (candidate.Role == Role.Seeking)
        {
            return candidate.Asleep = standing.Sleeper > 0;
        }
        if (candidate.InRound || candidate.Observed.Revision != standing.Record.Revision)
        {
            return false;
        }
        candidate.Asleep = true;
        standing.Sleeper = slot + 1;
        for (int other = 0; other < Count; other++)
        {
            ref Candidate standby = ref _slots[other];
            if (standby is { Role: Role.Seeking, Phase: Phase.Pause, Overslept: false, Asleep: false } && FallsAsleep(other))
            {
                Disarm(other, StepTimer);
            }
        }
        return true;
    }

    /// <summary>A sleeping candidate goes on event by event; with the leader, all do.</summary>
    private void Rouse(int slot)
    {
        if (!_slots[slot].Asleep)
        {
            return;
        }
        CatchUp();
        if (_standing[0].Sleeper != slot + 1)
        {
            Wake(slot);
            return;
        }
        _standing[0].Sleeper = 0;
        for (int other = 0; other < Count; other++)
        {
            if (_slots[other].Asleep)
            {
                Wake(other);
            }
        }
    }

    private void Wake(int slot)
    {
        ref Candidate candidate = ref _slots[slot];
        candidate.Asleep = false;
        if (candidate.NextAt > PassedUntil(slot, StepTimer))
        {
            ArmAt(slot, StepTimer, new SimTime(candidate.NextAt));
            return;
        }
        // Its last attempt is under way.
        bool leads = candidate.Role == Role.Leading;
        candidate.Attempt++;
        candidate.AttemptAt = candidate.CallAt = candidate.RoundAt = candidate.NextAt;
        candidate.InRound = leads;
        candidate.Ticks = 0;
        candidate.Call = leads ? Call.Renew : Call.Get;
        long takes = QuietDurationOf(slot, candidate.Attempt, candidate.Call);
        candidate.CallEnds = candidate.CallAt + takes;
        candidate.GivesUpAt = candidate.CallAt + _timeout;
        bool asked = !leads && !candidate.Looked;
        candidate.Looked = false;
        candidate.Phase = asked ? Phase.Asked : Phase.Answering;
        ArmAt(slot, StepTimer, new SimTime(asked ? candidate.CallAt + (takes / 2) : candidate.CallEnds));
    }

    private long QuietDurationOf(int slot, long attempt, Call call) => Math.Min(_timeout, DurationOf(slot, attempt, call));

    /// <summary>Brings all that sleep to the present instant.</summary>
    private void CatchUp()
    {
        int leader = _standing[0].Sleeper - 1;
        if (leader < 0)
        {
            return;
        }
        long now = Now.Nanoseconds;
        LeapRenewals(leader, now);
        for (int slot = 0; slot < Count; slot++)
        {
            if (slot != leader && _slots[slot].Asleep)
            {
                LeapPolls(slot, now);
            }
        }
        // Between two writes all polls find the same revision: each renewal is drawn once, however many poll.
        Renewals renewals = RenewalsOf(leader);
        long until = PassedUntil(leader, StepTimer);
        for (long written; renewals.NextAt <= until && (written = WrittenAt(leader, in renewals)) <= until;)
        {
            WalkPolls(leader, renewals.Revision, written);
            renewals.Attempt++;
            renewals.Revision++;
            renewals.NextAt = written + _retry;
        }
        WalkPolls(leader, renewals.Revision, null);
        Adopt(leader, in renewals);
    }

    private void LeapRenewals(int leader, long now)
    {
        Law law = _candidates[leader].Route.WriteTakes;
        SlidingLoop loop = new((_retry * 1e-9) + law.Mean, law.Variance);
        Renewals renewals = RenewalsOf(leader);
        for (long ticks; (ticks = loop.TicksToLeap(now - renewals.NextAt)) > 0;)
        {
            Draws draws = DrawsFor(leader, Leaping, renewals.Attempt);
            renewals.NextAt += loop.TimeOf(ticks, ref draws);
            renewals.Attempt += ticks;
            renewals.Revision += ticks;
        }
        Adopt(leader, in renewals);
    }

    /// <summary>What a candidate saw at the polls leapt over does not matter: it walks at least 32 polls more.</summary>
    private void LeapPolls(int slot, long now)
    {
        ref Candidate candidate = ref _slots[slot];
        Law law = _candidates[slot].Route.ReadTakes;
        double retry = _retry * 1e-9;
        double spread = LeaseTimers.Jitter * retry;
        SlidingLoop loop = new(retry + (0.5 * spread) + law.Mean, law.Variance + (spread * spread / 12));
        for (long ticks; (ticks = loop.TicksToLeap(now - candidate.NextAt)) > 0;)
        {
            Draws draws = DrawsFor(slot, Leaping, candidate.Attempt);
            candidate.NextAt += loop.TimeOf(ticks, ref draws);
            candidate.Attempt += ticks;
            candidate.Looked = false;
        }
    }

    /// <summary>The polls of those that sleep until the record is written, or until now; till then it has had one revision.</summary>
    private void WalkPolls(int leader, long revision, long? written)
    {
        for (int slot = 0; slot < Count; slot++)
        {
            ref Candidate candidate = ref _slots[slot];
            // Of one instant, those of the first slots come first.
            long until = written is not { } at ? PassedUntil(slot, StepTimer) : slot < leader ? at : at - 1;
            if (candidate.NextAt <= until && candidate.Asleep && slot != leader)
            {
                WalkPolls(slot, ref candidate, revision, until);
            }
        }
    }

    private void WalkPolls(int slot, ref Candidate candidate, long revision, long until)
    {
        while (candidate.NextAt <= until)
        {
            long takes = QuietDurationOf(slot, candidate.Attempt + 1, Call.Get);
            long ends = candidate.NextAt + takes;
            if (!candidate.Looked && candidate.NextAt + (takes / 2) <= until)
            {
                candidate.Seen = _standing[0].Record;
                candidate.Seen.Revision = revision;
                candidate.Looked = true;
            }
            if (ends > until)
            {
                return;
            }
            if (candidate.Seen.Revision != candidate.Observed.Revision)
            {
                candidate.Observed = candidate.Seen;
                candidate.ObservedAt = ends;
            }
            candidate.Looked = false;
            candidate.Attempt++;
            candidate.NextAt = ends + GapAfter(slot, candidate.Attempt);
        }
    }

    private Renewals RenewalsOf(int leader) => new()
    {
        Attempt = _slots[leader].Attempt,
        NextAt = _slots[leader].NextAt,
        Revision = _standing[0].Record.Revision,
    };

    private long WrittenAt(int leader, in Renewals renewals) =>
        renewals.NextAt + QuietDurationOf(leader, renewals.Attempt + 1, Call.Renew);

    private void Adopt(int leader, in Renewals renewals)
    {
        ref Candidate candidate = ref _slots[leader];
        ref LeaseRecord record = ref _standing[0].Record;
        if (renewals.Attempt == candidate.Attempt)
        {
            return;
        }
        candidate.Attempt = renewals.Attempt;
        candidate.NextAt = renewals.NextAt;
        record.Revision = renewals.Revision;
        candidate.Observed = record;
        candidate.ObservedAt = renewals.NextAt - _retry;
    }

    /// <summary>A leader's renewals up to one of them.</summary>
    private struct Renewals
    {
        public long Attempt;

        /// <summary>When the next one begins, R after the last was written.</summary>
        public long NextAt;

        public long Revision;
    }
}
