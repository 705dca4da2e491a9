using FailoverSim.Models.Cluster;

namespace FailoverSim.Models.LoadBalancing;

/// <content>Checks that repeat without effect are no events: only their phase is kept.</content>
public sealed partial class HealthChecks
{
    /// <summary>After a check that began and ended under the same signals and changed nothing, all others will be like it.</summary>
    private bool TryRest(int slot, bool isGood)
    {
        ref CheckState check = ref _checks[slot];
        bool changesNothing = check.Health == (isGood ? FullHealth : 0);
        check.IsQuiet = _fidelity == Fidelity.Elided && changesNothing && !check.IsDisturbed;
        check.Seen = Look(slot);
        return check.IsQuiet;
    }

    /// <summary>Works out how far the present check has come when something changes. What is due at this very instant has not happened.</summary>
    private void Wake(int slot)
    {
        ref CheckState check = ref _checks[slot];
        if (!check.IsQuiet)
        {
            return;
        }
        check.IsQuiet = false;
        long cycle = check.Due - check.Start;
        long since = (Now.Nanoseconds - check.Start) % cycle;
        if (since == 0 || since > check.Length)
        {
            check.Start = Now.Nanoseconds - since;
            check.Due = since == 0 ? Now.Nanoseconds : check.Start + cycle;
            return;
        }
        check.Start = Now.Nanoseconds - since;
        (long connected, long answered) = (Connected(slot).Nanoseconds, AnsweredAfter(slot).Nanoseconds);
        (check.Step, long until) = since <= connected ? (CheckStep.Connecting, connected)
            : check.Seen == Sight.Silent ? (CheckStep.Lost, check.Length)
            : since <= answered ? (CheckStep.Answering, answered)
            : (CheckStep.Waiting, check.Length);
        check.NotReadySince = check.Step == CheckStep.Waiting && check.Seen == Sight.NotReady ? check.Start + answered : -1;
        check.Due = check.Start + until;
    }
}
