using FailoverSim.Kernel.Signals;

namespace FailoverSim.Models.Units;

/// <content>What outside events do to units.</content>
public sealed partial class UnitGroup
{
    /// <summary>An outside event holds the unit down, without renewing it, until it is released.</summary>
    /// <param name="slot">The unit.</param>
    /// <param name="holder">Which of the kinds of events that can hold it.</param>
    public void Hold(int slot, int holder)
    {
        ref UnitState unit = ref _units[slot];
        unit.Holds++;
        _holds[(slot * _options.Holders) + holder] = Simulation.Cause;
        if (unit.Holds > 1 || unit.Phase > Phase.Switching)
        {
            return;
        }
        if (!unit.Undetected)
        {
            SetSpeed(slot, 0, _options.AgesWhileHeld ? 1 : 0);
            FallSilent(slot, _stages.Held);
        }
        Report(slot, "held");
        GiveUpPlace(slot);
    }

    /// <summary>One of the outside events has ended.</summary>
    public void Release(int slot, int holder)
    {
        ref UnitState unit = ref _units[slot];
        unit.Holds--;
        _holds[(slot * _options.Holders) + holder] = default;
        if (unit.Phase > Phase.Switching)
        {
            return;
        }
        if (unit.Holds > 0)
        {
            // What is over is no longer to blame.
            if (!unit.Undetected && !unit.IsReplaced)
            {
                Simulation.Resume(HoldCause(slot));
                FallSilent(slot, _stages.Held);
            }
            return;
        }
        Simulation.Resume(default);
        if (!unit.Undetected)
        {
            DriveSound(slot);
        }
        TakeFreePlace(slot);
        Settle(slot);
        if (!unit.Undetected)
        {
            SetSpeed(slot, 0, SpeedOf(in unit));
        }
    }

    /// <summary>A common cause breaks the unit, if it is healthy.</summary>
    /// <param name="slot">The unit.</param>
    /// <param name="mode">The mode that the cause brings; −1: one of the unit's own, drawn by share.</param>
    public void Break(int slot, int mode)
    {
        if (_units[slot].IsHealthy)
        {
            Disarm(slot, 0);
            int own = mode < 0 ? DrawMode(slot, _shares) : mode;
            Fail(slot, own, _options.Modes[own].Detection == Detection.AtOnce);
        }
    }

    /// <summary>A unit that an outside event has held or broken is replaced, if it ran and another one waits.</summary>
    public void Replace(int slot) => CallNext(slot);

    /// <summary>Whether it makes no difference which of several units an outside event holds, breaks or releases first.</summary>
    /// <remarks>Of units that stand by, the lowest number is called first: no matter, as long as all of them are alike.</remarks>
    internal bool IsIndifferent =>
        _options.Standby is null || (_options.Fails.IsMemoryless && _options.Modes.All(m => m.Detection == Detection.AtOnce));

    /// <summary>The oldest of the outside events that hold the unit.</summary>
    private Cause HoldCause(int slot)
    {
        Cause oldest = default;
        for (int i = slot * _options.Holders; i < (slot + 1) * _options.Holders; i++)
        {
            Cause hold = _holds[i];
            oldest = oldest.IsNone || (!hold.IsNone && hold < oldest) ? hold : oldest;
        }
        return oldest;
    }
}
