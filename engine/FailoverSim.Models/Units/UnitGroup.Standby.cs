using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;

namespace FailoverSim.Models.Units;

/// <content>Places to run in, and who takes them.</content>
public sealed partial class UnitGroup
{
    /// <summary>A unit that ran, or was on its way to, no longer counts as such.</summary>
    private void GiveUpPlace(int slot)
    {
        if (_options.Standby is null)
        {
            return;
        }
        ref UnitState unit = ref _units[slot];
        unit.HasLeftPlace = unit.Phase != Phase.Waiting;
        if (unit.Phase == Phase.Running)
        {
            _places[0].Running--;
        }
        else if (unit.Phase == Phase.Switching)
        {
            _places[0].Switching--;
            Disarm(slot, _workTimer);
        }
        unit.Phase = Phase.Waiting;
    }

    /// <summary>A unit that could wait runs at once if too few do.</summary>
    private void TakeFreePlace(int slot)
    {
        if (_options.Standby is not null && _places[0].Running < Needed)
        {
            _units[slot].Phase = Phase.Running;
            _places[0].Running++;
        }
    }

    /// <summary>Calls a waiting unit, the lowest number first, into the place that another has left, for the present cause.</summary>
    private void CallNext(int replaced)
    {
        ref UnitState left = ref _units[replaced];
        bool isVacant = left.HasLeftPlace && _places[0].Running + _places[0].Switching < Needed;
        left.HasLeftPlace = false;
        for (int slot = 0; isVacant && slot < Count; slot++)
        {
            if (_units[slot].Phase == Phase.Waiting && _units[slot].Holds == 0)
            {
                // The called unit takes over: from now on the switch is what is being waited for.
                left.IsReplaced = true;
                Simulation.Yield(_working[replaced]);
                Call(slot);
                return;
            }
        }
    }

    private void Call(int slot)
    {
        ref UnitState unit = ref _units[slot];
        unit.Phase = Phase.Switching;
        _places[0].Switching++;
        Simulation.Drive(_working[slot], false, _stages.Switch);
        ShowComing(slot, true);
        Report(slot, "switching");
        // A switch that is cut short counts too: the next one has luck of its own.
        double seconds = Draw(slot, _switch, Switch, unit.Calls++);
        if (SimDuration.FromSeconds(seconds) == SimDuration.Zero)
        {
            EndSwitch(slot);
        }
        else
        {
            StartClock(slot, _workTimer, _switch, seconds);
        }
    }

    private void EndSwitch(int slot)
    {
        ref UnitState unit = ref _units[slot];
        double fails = _options.Standby!.SwitchFails;
        bool failed = fails > 0 && Choose(slot, SwitchOutcome, unit.Calls - 1, [fails, 1 - fails]) == 0;
        if (unit.Undetected)
        {
            Detect(slot);
            CallNext(slot);
        }
        else if (failed)
        {
            int mode = DrawMode(slot, _switchShares);
            Cause cause = Simulation.Raise(_causes[mode]);
            Disarm(slot, 0);
            Fail(slot, mode, noticed: true);
            Simulation.Resume(cause);
            CallNext(slot);
        }
        else
        {
            _places[0].Switching--;
            unit.Phase = Phase.Waiting;
            TakeFreePlace(slot);
            Simulation.Resume(default);
            Settle(slot);
            SetSpeed(slot, 0, SpeedOf(in unit));
        }
    }

    private struct Places
    {
        public int Running;
        public int Switching;
    }
}
