using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;

namespace FailoverSim.Models.Vrrp;

/// <content>Advertisements that all arrive and change nothing are no events: only their phase is kept.</content>
public sealed partial class VrrpGroup
{
    protected override void Start()
    {
        int master = 0;
        for (int slot = 1; slot < Count; slot++)
        {
            master = _instances[slot].Priority >= _instances[master].Priority ? slot : master;
        }
        _group[0].Announcer = master;
        for (int slot = 0; slot < Count; slot++)
        {
            ref InstanceState state = ref _states[slot];
            state.Role = slot == master ? VrrpRole.Master : VrrpRole.Backup;
            state.Under = master;
            state.IsSettled = slot != master;
            StartScript(slot);
        }
        ref InstanceState first = ref _states[master];
        first.HasAddress = true;
        first.Due = (long)(DrawsFor(0, Phase, 0).NextUniform() * _interval);
        first.SentAt = first.Due - _interval;
        for (int slot = 0; slot < Count; slot++)
        {
            _states[slot].UnderPriority = PriorityOf(master);
        }
        Simulation.Drive(_isMaster[master], true);
        Announce(master);
        FallQuiet();
        // It has advertised for long.
        first.RestsFrom -= 2 * _interval;
        if (_fidelity == Fidelity.Exhaustive)
        {
            Wake();
        }
    }

    private void StartScript(int slot)
    {
        if (!Tracks(slot))
        {
            return;
        }
        ref ScriptState script = ref _states[slot].Script;
        script.Health = FullScript;
        script.Due = (long)(DrawsFor(slot, ScriptPhase, 0).NextUniform() * _options.Script!.Interval.Nanoseconds);
        ContinueScript(slot);
    }

    /// <summary>Before a master advertises: if nobody would be affected by this one and all others, none of them happens.</summary>
    private bool TryRest(int slot)
    {
        // After a hang it is late, and so are all that follow.
        _states[slot].Due = Now.Nanoseconds;
        if (!IsSteady())
        {
            return false;
        }
        _group[0].Cause = default;
        Simulation.Resume(default);
        if (_fidelity == Fidelity.Exhaustive)
        {
            return false;
        }
        FallQuiet();
        return true;
    }

    private void FallQuiet()
    {
        _group[0].IsQuiet = true;
        for (int slot = 0; slot < Count; slot++)
        {
            ref InstanceState state = ref _states[slot];
            state.RestsFrom = state.Due;
            state.Ran = Is(_instances[slot].Process.Runs);
            state.Sent = Is(_instances[slot].Process.Machine.Network);
            Disarm(slot, ProtocolTimer);
        }
    }

    /// <summary>
    /// Every backup hears one master, which it follows as it is; masters hear nobody; all that was sent has arrived; nobody
    /// collects what is sent while it hangs; and every script has seen how its subject fares.
    /// </summary>
    private bool IsSteady()
    {
        for (int slot = 0; slot < Count; slot++)
        {
            ref InstanceState state = ref _states[slot];
            bool runs = Is(_instances[slot].Process.Runs);
            if (!runs)
            {
                if (Exists(slot) && Is(_instances[slot].Process.Machine.Up))
                {
                    return false;
                }
                continue;
            }
            if (state.Role == VrrpRole.Init
                || IsVerdictDue(slot)
                || (state.Role == VrrpRole.Backup && !IsSteadyBackup(slot))
                || (state.Role == VrrpRole.Master && !IsSteadyMaster(slot)))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>It hears its master as before, and in time: after a hang the next advertisement may come too late.</summary>
    private bool IsSteadyBackup(int slot)
    {
        ref InstanceState state = ref _states[slot];
        int master = state.Under;
        return state.IsSettled && Advertises(master) && Reaches(master, slot)
            && state.UnderPriority == PriorityOf(master)
            && state.Due > _states[master].Due + _latencies[(master * Count) + slot];
    }

    private bool IsSteadyMaster(int slot)
    {
        if (Now.Nanoseconds - _states[slot].SentAt <= _farthest[slot])
        {
            return false;
        }
        for (int to = 0; to < Count; to++)
        {
            ref InstanceState other = ref _states[to];
            bool hears = to != slot && Reaches(slot, to) && Is(_instances[to].Process.Runs);
            if (hears && (other.Role == VrrpRole.Master || (other.Role == VrrpRole.Backup && other.Under != slot)))
            {
                return false;
            }
        }
        return true;
    }

    private bool Advertises(int slot) => _states[slot].Role == VrrpRole.Master && Is(_instances[slot].Process.Runs);

    /// <summary>Works out what was sent and heard last when something changes, and what is on its way.</summary>
    private void Wake()
    {
        if (!_group[0].IsQuiet)
        {
            return;
        }
        _group[0].IsQuiet = false;
        for (int slot = 0; slot < Count; slot++)
        {
            ref InstanceState state = ref _states[slot];
            if (state.Role != VrrpRole.Master || !state.Ran)
            {
                continue;
            }
            long sentUntil = PassedUntil(slot, ProtocolTimer);
            if (state.Due <= sentUntil)
            {
                state.Due += (((sentUntil - state.Due) / _interval) + 1) * _interval;
                state.SentAt = state.Due - _interval;
            }
            if (state.Sent && state.SentAt <= sentUntil)
            {
                PutUnderWay(slot);
            }
            Continue(slot);
        }
        for (int slot = 0; slot < Count; slot++)
        {
            ref InstanceState state = ref _states[slot];
            if (state.Role != VrrpRole.Backup || !state.Ran)
            {
                continue;
            }
            // What was sent before the group fell quiet, perhaps out of step or not at all, it has been told.
            long heardUntil = _advertisements!.ArrivedUntil(LinkOf(state.Under, slot));
            long since = heardUntil - _states[state.Under].RestsFrom - _latencies[(state.Under * Count) + slot];
            if (since >= 0)
            {
                state.Due = Math.Max(state.Due, heardUntil - (since % _interval) + MasterDown(slot));
            }
            Continue(slot);
        }
    }

    /// <summary>Puts a master's last advertisement on its way to those whom it has not reached.</summary>
    private void PutUnderWay(int slot)
    {
        for (int to = 0; to < Count; to++)
        {
            long arrival = _states[slot].SentAt + _latencies[(slot * Count) + to];
            if (to != slot && arrival > _advertisements!.ArrivedUntil(LinkOf(slot, to)))
            {
                _advertisements.Announce(
                    LinkOf(slot, to), new Advertisement(slot, to, PriorityOf(slot)), new SimDuration(arrival - Now.Nanoseconds));
            }
        }
    }
}
