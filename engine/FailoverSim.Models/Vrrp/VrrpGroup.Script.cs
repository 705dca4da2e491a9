using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;

namespace FailoverSim.Models.Vrrp;

/// <content>The tracked script: its runs, and what its results do.</content>
public sealed partial class VrrpGroup
{
    private int FullScript => _options.Script!.Rise + _options.Script.Fall - 1;

    private bool Tracks(int slot) => _options.Script is not null && _instances[slot].Subject is not null;

    private bool IsScriptUp(int slot) => _states[slot].Script.Health >= _options.Script!.Rise;

    private bool SubjectWorks(int slot) => Is(_instances[slot].Subject!.Works);

    /// <summary>The script gets neither a good answer nor a bad one.</summary>
    private bool SubjectHangs(int slot) => _instances[slot].Subject!.Asked is { } asked && Is(asked.Alive) && !Is(asked.Runs);

    /// <summary>What the script is about to find out is still to be charged to whatever brought it about.</summary>
    private bool IsVerdictDue(int slot) => Tracks(slot)
        && _states[slot].Role is not (VrrpRole.Off or VrrpRole.Stopped) && IsScriptUp(slot) != SubjectWorks(slot);

    private void LaunchScript(int slot)
    {
        if (Tracks(slot))
        {
            _states[slot].Script = new ScriptState
            {
                IsFirst = true,
                Health = _options.Script!.Weight > 0 ? 0 : FullScript,
                Due = Now.Nanoseconds,
            };
        }
    }

    private void OnScriptTimer(int slot)
    {
        ref ScriptState script = ref _states[slot].Script;
        if (script.IsRunning)
        {
            OnResult(slot, false);
            return;
        }
        script.Start = Now.Nanoseconds;
        script.IsDisturbed = false;
        if (SubjectWorks(slot) || !SubjectHangs(slot))
        {
            OnResult(slot, SubjectWorks(slot));
            return;
        }
        script.IsRunning = true;
        script.Due = script.Start + _options.Script!.Timeout.Nanoseconds;
        ContinueScript(slot);
    }

    /// <summary>Something has changed: a script that waits may end.</summary>
    private void LookAtSubject(int slot)
    {
        if (!Tracks(slot) || _states[slot].Role is VrrpRole.Off or VrrpRole.Stopped)
        {
            return;
        }
        ref ScriptState script = ref _states[slot].Script;
        script.IsDisturbed = true;
        bool works = SubjectWorks(slot);
        if (script.IsRunning && (works || !SubjectHangs(slot)))
        {
            OnResult(slot, works);
        }
        else
        {
            ContinueScript(slot);
        }
    }

    private void OnResult(int slot, bool isGood)
    {
        ref ScriptState script = ref _states[slot].Script;
        TrackedScript options = _options.Script!;
        (bool wasUp, bool wasFirst) = (IsScriptUp(slot), script.IsFirst);
        int health = isGood
            ? wasFirst || script.Health + 1 >= options.Rise ? FullScript : script.Health + 1
            : wasFirst || script.Health <= options.Rise ? 0 : script.Health - 1;
        bool changes = wasFirst || wasUp != health >= options.Rise;
        if (changes)
        {
            if (_group[0].Cause.IsNone)
            {
                // What a fault has set going may outlast the group's disturbance.
                _group[0].Cause = Simulation.Cause;
            }
            // What is on its way was sent under the old priority.
            Wake();
        }
        script.IsFirst = false;
        script.Health = health;
        script.IsRunning = false;
        script.Length = Now.Nanoseconds - script.Start;
        long interval = options.Interval.Nanoseconds;
        script.Due = script.Start + (Math.Max(1, (script.Length + interval - 1) / interval) * interval);
        script.IsQuiet = _fidelity == Fidelity.Elided && !script.IsDisturbed && script.Health == (isGood ? FullScript : 0);
        if (!script.IsQuiet)
        {
            ContinueScript(slot);
        }
        if (changes)
        {
            OnVerdict(slot, isGood);
        }
    }

    private void OnVerdict(int slot, bool isGood)
    {
        ref InstanceState state = ref _states[slot];
        state.IsSettled = false;
        if (_options.Script!.Weight != 0)
        {
            // The next advertisement says so, the next timer takes it into account.
            return;
        }
        if (!isGood)
        {
            Leave(slot, VrrpRole.Fault);
        }
        else if (state.Role is VrrpRole.Init or VrrpRole.Fault)
        {
            BecomeBackup(slot);
        }
    }

    private void ContinueScript(int slot)
    {
        if (Is(_instances[slot].Process.Runs))
        {
            ArmAt(slot, ScriptTimer, new SimTime(Math.Max(_states[slot].Script.Due, Now.Nanoseconds)));
        }
    }

    /// <summary>Works out how far a script that was no event has come.</summary>
    private void WakeScript(int slot)
    {
        ref ScriptState script = ref _states[slot].Script;
        if (!script.IsQuiet)
        {
            return;
        }
        script.IsQuiet = false;
        long cycle = script.Due - script.Start;
        // The run that it fell quiet after is over, even if that was at this instant.
        long until = Math.Max(PassedUntil(slot, ScriptTimer), script.Start + script.Length);
        long since = (until - script.Start) % cycle;
        script.Start = until - since;
        script.IsRunning = since < script.Length;
        script.Due = script.Start + (script.IsRunning ? script.Length : cycle);
    }
}
