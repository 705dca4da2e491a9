namespace FailoverSim.Models.Infrastructure;

/// <content>How machines come and go.</content>
public sealed partial class Machines
{
    /// <summary>There is a machine in the place, whether or not it works.</summary>
    public bool Exists(int slot) => _set.Options[slot].Exists != _machines[slot].Changed;

    /// <summary>The machine has been launched and has never yet booted.</summary>
    public bool IsNew(int slot) => _machines[slot].IsNew;

    /// <summary>All that it hangs on is there.</summary>
    public bool HasSite(int slot) => !_machines[slot].SiteOut;

    /// <summary>
    /// The machine is gone at once, with its data and all that it suffered; whoever still repairs it has nothing left to
    /// mend. Charged to the present cause.
    /// </summary>
    public void Remove(int slot)
    {
        if (!Exists(slot))
        {
            return;
        }
        ref Machine machine = ref _machines[slot];
        machine.Changed = !machine.Changed;
        machine.IsNew = false;
        machine.Stopping = false;
        machine.Out = false;
        machine.Restarting = false;
        Disarm(slot, 0);
        _strikes.Clear(slot, Strikes.All);
        Simulation.Drive(_set.InService[slot], false, _stages.Repair);
        // There is nothing that could boot.
        Simulation.Drive(_set.Booted[slot], true);
        DriveAll(slot);
        LoseData(slot);
        Report(slot, "removed");
    }

    /// <summary>
    /// Puts a new machine in the place, instead of the one that may be there: it boots as soon as its site is there. Charged
    /// to the present cause.
    /// </summary>
    public void Launch(int slot)
    {
        Remove(slot);
        ref Machine machine = ref _machines[slot];
        machine.Changed = !machine.Changed;
        machine.IsNew = true;
        machine.BootCause = Simulation.Cause;
        Simulation.Drive(_set.InService[slot], true);
        Report(slot, "launched");
        if (machine.SiteOut)
        {
            AwaitSite(slot);
        }
        else
        {
            BeginBoot(slot);
        }
    }
}
