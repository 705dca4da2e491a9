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

    /// <summary>Works out how far the present check has come when something changes.</summary>
    private void Wake(int slot)
    {
        ref CheckState check = ref _checks[slot];
        if (!check.IsQuiet)
        {
            return;
        }
        check.IsQuiet = false;
        long cycle = check.Due - check.Start;
        // The check that it fell quiet after is over, even if that was at this instant.
        long until = Math.Max(PassedUntil(slot, 0), check.Start + check.Length);
        long since = (until - check.Start) % cycle;
        check.Start = until - since;
        if (since >= check.Length)
        {
            check.Due = check.Start + cycle;
            return;
        }
        (long connected, long answered) = (Connected(slot).Nanoseconds, AnsweredAfter(slot).Nanoseconds);
        (check.Step, long due) = since < connected ? (CheckStep.Connecting, connected)
            : check.Seen == Sight.Silent ? (CheckStep.Lost, check.Length)
            : since < answered ? (CheckStep.Answering, answered)
            : (CheckStep.Waiting, check.Length);
        check.NotReadySince = check.Step == CheckStep.Waiting && check.Seen == Sight.NotReady ? check.Start + answered : -1;
        check.Due = check.Start + due;
    }
}
