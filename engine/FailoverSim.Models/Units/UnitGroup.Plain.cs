using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Kernel.Signals;

namespace FailoverSim.Models.Units;

/// <content>Units that fail in one way, are seen to, and are repaired at once: the same reactions without the detours.</content>
public sealed partial class UnitGroup
{
    private static readonly Purpose[] PlainPurposes = [Life, Repair];

    /// <summary>
    /// A plain unit fails or is repaired. Which of the two it is, is a coin toss to the processor, and to be wrong costs as much as a
    /// hundred instructions: so nothing here branches on it.
    /// </summary>
    private void OnPlainTimer(int slot)
    {
        ref UnitState unit = ref _units[slot];
        int fails = unit.Phase == Phase.Running ? 1 : 0;
        unit.Failures += fails;
        LawId law = _plainLaws[fails];
        double seconds = Draw(slot, law, PlainPurposes[fails], unit.Failures);
        Cause cause = Simulation.RaiseOrResume(fails != 0, _plainCause);
        unit.Mode = 0;
        unit.FailedAt = (-fails & Now.Nanoseconds) | ((fails - 1L) & unit.FailedAt);
        unit.Cause = Cause.Choose(-fails, cause, unit.Cause);
        unit.Phase = (Phase)(fails * (int)Phase.Repairing);
        if (unit.Holds > 0 && fails == 0)
        {
            StartClock(slot, 0, law, seconds, SpeedOf(in unit));
            Settle(slot);
            return;
        }
        StartClock(slot, 0, law, seconds);
        Simulation.Drive(_working[slot], fails == 0, fails * _stages.Repair);
        if (Simulation.Trace is not null)
        {
            Report(slot, fails != 0 ? "repair" : "working");
        }
    }
}
