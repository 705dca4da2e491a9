using System.Collections.Immutable;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Randomness;

namespace FailoverSim.Models.Units;

/// <content>Units that fail in one way, are seen to, and are repaired at once: the same reactions without the detours.</content>
public sealed partial class UnitGroup
{
    private static readonly ImmutableArray<Purpose> PlainPurposes = [Life, Repair];

    /// <summary>
    /// A plain unit fails or is repaired. What comes next is drawn before anybody asks which of the two it is: that question
    /// is a coin toss to the processor, and the draw, the longest chain of the event, need not wait for the answer.
    /// </summary>
    private void OnPlainTimer(int slot)
    {
        ref UnitState unit = ref _units[slot];
        int fails = unit.Phase == Phase.Running ? 1 : 0;
        unit.Failures += fails;
        LawId law = _plainLaws[fails];
        double seconds = Draw(slot, law, PlainPurposes[fails], unit.Failures);
        if (fails != 0)
        {
            unit.Mode = 0;
            unit.FailedAt = Now.Nanoseconds;
            unit.Cause = Simulation.Raise(_causes[0]);
            unit.Phase = Phase.Repairing;
            StartClock(slot, 0, law, seconds);
            Simulation.Drive(_working[slot], false, _stages.Repair);
            Report(slot, "repair");
        }
        else
        {
            Simulation.Resume(default);
            unit.Phase = Phase.Running;
            StartClock(slot, 0, law, seconds, SpeedOf(in unit));
            Settle(slot);
        }
    }
}
