using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;

namespace FailoverSim.Models.Vrrp;

/// <content>The protocol: who is master, who waits how long, what an advertisement does.</content>
public sealed partial class VrrpGroup
{
    private const int Priorities = 256;

    /// <summary>An advertisement has arrived.</summary>
    internal void Hear(in Advertisement heard)
    {
        Simulation.Resume(_group[0].Cause);
        Wake();
        ref InstanceState state = ref _states[heard.To];
        if (state.Role == VrrpRole.Backup)
        {
            HearAsBackup(heard.To, in heard);
        }
        else if (state.Role == VrrpRole.Master)
        {
            HearAsMaster(heard.To, in heard);
        }
    }

    private void HearAsBackup(int slot, in Advertisement heard)
    {
        ref InstanceState state = ref _states[slot];
        state.IsSettled = false;
        if (heard.Priority == 0)
        {
            state.Due = Now.Nanoseconds + Skew(slot);
            Continue(slot);
            return;
        }
        bool delays = _options.PreemptDelay > SimDuration.Zero && (!state.Spares || state.PreemptAt > Now.Nanoseconds);
        bool isLower = heard.Priority < PriorityOf(slot);
        if (_options.Preempt && isLower && !delays)
        {
            // Ignored: the timer runs on, and at its end the instance takes over.
            return;
        }
        if (_options.Preempt && isLower && !state.Spares)
        {
            state.PreemptAt = (Now + _options.PreemptDelay).Nanoseconds;
        }
        state.Spares = _options.Preempt && isLower;
        Follow(slot, in heard);
    }

    private void HearAsMaster(int slot, in Advertisement heard)
    {
        int priority = PriorityOf(slot);
        if (heard.Priority > priority || (heard.Priority == priority && heard.From > slot))
        {
            StepDown(slot, VrrpRole.Backup);
            Follow(slot, in heard);
            return;
        }
        if (heard.Priority > 0)
        {
            // Somebody else held the address as well: it is announced anew (garp_lower_prio_repeat).
            Announce(slot);
        }
        Advertise(slot);
    }

    private void Follow(int slot, in Advertisement heard)
    {
        ref InstanceState state = ref _states[slot];
        state.Under = heard.From;
        state.UnderPriority = heard.Priority;
        state.IsSettled = !state.Spares;
        state.Due = Now.Nanoseconds + MasterDown(slot);
        Continue(slot);
    }

    /// <summary>Starts to wait for a master's advertisements.</summary>
    private void BecomeBackup(int slot)
    {
        ref InstanceState state = ref _states[slot];
        state.Role = VrrpRole.Backup;
        state.IsSettled = false;
        state.Spares = false;
        state.Due = Now.Nanoseconds + MasterDown(slot);
        Continue(slot);
    }

    private void BecomeMaster(int slot)
    {
        ref InstanceState state = ref _states[slot];
        Wake();
        state.Role = VrrpRole.Master;
        state.HasAddress = true;
        state.IsSettled = false;
        Simulation.Drive(_isMaster[slot], true);
        Simulation.Trace?.OnNote(Now, this, slot, "becomes master", "master");
        Announce(slot);
        Advertise(slot);
    }

    /// <summary>The address answers here from now on, as far as gratuitous ARP tells.</summary>
    private void Announce(int slot)
    {
        _group[0].Announcer = slot;
        foreach (IHolders follower in _followers)
        {
            follower.Acquired(slot);
        }
    }

    private void Advertise(int slot)
    {
        ref InstanceState state = ref _states[slot];
        state.SentAt = Now.Nanoseconds;
        state.Due = Now.Nanoseconds + _interval;
        Send(slot, PriorityOf(slot));
        Continue(slot);
    }

    /// <summary>Sends an advertisement to all, unless it does not leave the machine.</summary>
    private void Send(int slot, int priority)
    {
        for (int to = 0; to < Count && Is(_instances[slot].Process.Machine.Network); to++)
        {
            if (to != slot)
            {
                _advertisements!.Announce(
                    LinkOf(slot, to), new Advertisement(slot, to, priority), new SimDuration(_latencies[(slot * Count) + to]));
            }
        }
    }

    private int LinkOf(int from, int to) => (from * (Count - 1)) + (to < from ? to : to - 1);

    /// <summary>Gives the address up for another role.</summary>
    private void StepDown(int slot, VrrpRole role)
    {
        ref InstanceState state = ref _states[slot];
        state.Role = role;
        state.Spares = false;
        Simulation.Drive(_isMaster[slot], false, _stages.Expire);
        Simulation.Trace?.OnNote(Now, this, slot, "is no longer master", "backup");
        DropAddress(slot);
    }

    /// <summary>Takes no part any more: a master says so.</summary>
    private void Leave(int slot, VrrpRole role)
    {
        ref InstanceState state = ref _states[slot];
        Disarm(slot, ProtocolTimer);
        if (state.Role != VrrpRole.Master)
        {
            state.Role = role;
            return;
        }
        Send(slot, 0);
        StepDown(slot, role);
        Tell(_stages.Expire);
    }

    private void DropAddress(int slot)
    {
        ref InstanceState state = ref _states[slot];
        if (!state.HasAddress)
        {
            return;
        }
        state.HasAddress = false;
        foreach (IHolders follower in _followers)
        {
            follower.Lost(slot);
        }
    }

    /// <summary>The process is gone, without a word.</summary>
    private void Die(int slot)
    {
        ref InstanceState state = ref _states[slot];
        Disarm(slot, ProtocolTimer);
        Disarm(slot, ScriptTimer);
        if (state.Role == VrrpRole.Master)
        {
            Simulation.Trace?.OnNote(Now, this, slot, "ends as the master, without a word", "dead");
            Simulation.Drive(_isMaster[slot], false, _stages.Expire);
            Tell(_stages.Expire);
        }
        state = new InstanceState { HasAddress = state.HasAddress };
    }

    /// <summary>A process starts: it takes a left-over address down first.</summary>
    private void Launch(int slot)
    {
        DropAddress(slot);
        LaunchScript(slot);
        if (Tracks(slot) && _options.Script!.Weight == 0)
        {
            _states[slot].Role = VrrpRole.Init;
        }
        else
        {
            BecomeBackup(slot);
        }
    }

    /// <summary>Three intervals without an advertisement, and the skew (RFC 5798, 6.1).</summary>
    private long MasterDown(int slot) => (3 * _interval) + Skew(slot);

    /// <summary>The higher the priority, the shorter.</summary>
    private long Skew(int slot) =>
        (Priorities - PriorityOf(slot)) * (_options.Version == 2 ? SimDuration.NanosecondsPerSecond : _interval) / Priorities;

    /// <summary>The priority, as the tracked script changes it; 1 to 254.</summary>
    private int PriorityOf(int slot)
    {
        int priority = _instances[slot].Priority;
        if (Tracks(slot) && _options.Script!.Weight is var weight && (weight > 0) == IsScriptUp(slot))
        {
            priority += weight;
        }
        return Math.Clamp(priority, 1, Priorities - 2);
    }
}
