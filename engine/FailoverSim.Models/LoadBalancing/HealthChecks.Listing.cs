using FailoverSim.Kernel.Time;

namespace FailoverSim.Models.LoadBalancing;

/// <content>Backends that come and go: a balancer checks those that it has been told of.</content>
/// <remarks>
/// One that has been added is out until <c>rise</c> checks have gone well, the first of them within an interval. One that has been
/// taken away is out at once. Each backend has a phase of its own, so that others that come and go do not change it.
/// </remarks>
public sealed partial class HealthChecks
{
    public override string EntityName(int slot) =>
        _listed is null ? base.EntityName(slot) : $"{Name}/{slot / _backends}-{_views[slot].Process.Name}";

    private bool IsListed(int slot) => Simulation.Signals[_listed![slot % _backends]];

    private void StartListed(int slot)
    {
        if (IsListed(slot))
        {
            Enlist(slot, FullHealth);
        }
        else
        {
            Delist(slot);
        }
    }

    private void FollowList(int slot)
    {
        if (IsListed(slot))
        {
            Enlist(slot, 0);
        }
        else
        {
            Delist(slot);
        }
    }

    private void Enlist(int slot, int health)
    {
        ref CheckState check = ref _checks[slot];
        double phase = DrawsFor(slot, Phase, check.Listings).NextUniform();
        check = new CheckState
        {
            Listings = check.Listings + 1,
            Health = health,
            Due = (Now + SimDuration.FromSeconds(phase * _timers.Interval.Seconds)).Nanoseconds,
            // Until it is found healthy, whatever keeps it out is of its coming.
            Cause = Simulation.Cause,
        };
        Continue(slot);
    }

    private void Delist(int slot)
    {
        Disarm(slot, 0);
        _checks[slot] = new CheckState { Step = CheckStep.Off, Listings = _checks[slot].Listings };
        if (Simulation.Signals[_inRotation[slot]])
        {
            Simulation.Drive(_inRotation[slot], false, _stages.Detect);
        }
    }
}
