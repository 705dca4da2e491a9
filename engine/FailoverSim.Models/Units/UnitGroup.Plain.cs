using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Randomness;

namespace FailoverSim.Models.Units;

/// <content>Units that fail in one way, are seen to, and are repaired at once: the same reactions without the detours.</content>
public sealed partial class UnitGroup
{
    /// <summary>
    /// A plain unit fails or is repaired. What comes next is drawn before anybody asks which of the two it is: that question
    /// is a coin toss to the processor, and the draw need not wait for the answer.
    /// </summary>
    private void OnPlainTimer(int slot)
    {
        ref UnitState unit = ref _units[slot];
        bool fails = unit.Phase == Phase.Running;
        unit.Failures += fails ? 1 : 0;
        LawId law = fails ? _plainRepair : _fails;
        double seconds = Draw(slot, law, fails ? Repair : Life, unit.Failures);
        if (fails)
        {
            unit.Mode = 0;
            unit.FailedAt = Now.Nanoseconds;
            unit.Cause = Simulation.Raise(_plainCause);
            unit.Phase = Phase.Repairing;
            StartClock(slot, 0, law, seconds);
            Simulation.Drive(_working[slot], false, _stages.Repair);
            Report(slot, "repair");
        }
        else
        {
            Simulation.Resume(default);
            unit.Phase = Phase.Running;
            if (unit.Holds > 0)
            {
                StartClock(slot, 0, law, seconds, SpeedOf(in unit));
                Settle(slot);
                return;
            }
            StartClock(slot, 0, law, seconds);
            Simulation.Drive(_working[slot], true);
            Report(slot, "working");
        }
    }
}
