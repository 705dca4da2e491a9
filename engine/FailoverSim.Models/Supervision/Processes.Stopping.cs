using FailoverSim.Kernel.Time;

namespace FailoverSim.Models.Supervision;

/// <content>How processes end by themselves, are killed or stopped, and what their supervisor does then.</content>
public sealed partial class Processes
{
    /// <inheritdoc/>
    public void Exit(int slot)
    {
        if (_processes[slot].Phase == Phase.Alive)
        {
            Die(slot, _stages.Restart);
            AfterDeath(slot, Phase.Restarting);
            DriveAll(slot);
        }
    }

    /// <summary>
    /// The supervisor ends a process (its liveness probe has failed): it is asked to stop, killed when the grace is over,
    /// and restarted with back-off.
    /// </summary>
    public void Kill(int slot)
    {
        ref Process process = ref _processes[slot];
        if (process.Phase == Phase.Alive && process.Ending == Ending.None)
        {
            process.Ending = Ending.Restart;
            Report(slot, "killed");
            AskToStop(slot);
        }
    }

    /// <inheritdoc/>
    public void Stopped(int slot)
    {
        if (_processes[slot].Ending != Ending.None)
        {
            FinishStop(slot);
        }
    }

    /// <summary>Stops a process for planned work on its machine, which is told by <see cref="Infrastructure.Machines.HasStopped"/>.</summary>
    internal void Halt(int slot)
    {
        ref Process process = ref _processes[slot];
        bool asked = process.Ending != Ending.None;
        process.Ending = Ending.Halt;
        if (process.Phase != Phase.Alive)
        {
            Disarm(slot, 0);
            AfterDeath(slot, Phase.Halted);
        }
        else if (!asked)
        {
            AskToStop(slot);
        }
    }

    private void AskToStop(int slot)
    {
        bool runs = Simulation.Signals[_set.Signals[slot].Runs];
        if (runs && _graceful is null)
        {
            FinishStop(slot);
            return;
        }
        // One that hangs does not hear it.
        ArmAfter(slot, 0, _options.Grace);
        if (runs)
        {
            _graceful!.Stop(slot);
        }
    }

    private void FinishStop(int slot)
    {
        Die(slot, _processes[slot].Ending == Ending.Halt ? _stages.Maintenance : _stages.Restart);
        AfterDeath(slot, Phase.Restarting);
        DriveAll(slot);
    }

    /// <summary>Goes on as the death of a process was meant: for planned work, by a fault, or to be restarted.</summary>
    private void AfterDeath(int slot, Phase otherwise)
    {
        ref Process process = ref _processes[slot];
        bool halts = process.Ending == Ending.Halt;
        process.Ending = Ending.None;
        process.Phase = halts ? Phase.Halted : otherwise;
        Report(slot, halts ? "halted" : otherwise == Phase.Down ? "down" : "restarting");
        if (halts)
        {
            _machines.HasStopped(_set.Machines[slot]);
        }
        else if (process.Phase == Phase.Restarting)
        {
            AwaitRestart(slot);
        }
    }

    /// <summary>The first restart is immediate, the next ones wait from the end of the process on.</summary>
    private void AwaitRestart(int slot)
    {
        ref Process process = ref _processes[slot];
        RestartBackoff backoff = _options.Backoff;
        if (Now.Nanoseconds - process.StartedAt > backoff.Reset.Nanoseconds)
        {
            process.Delay = 0;
        }
        Simulation.Count(_exits);
        SimDuration delay = new(process.Delay);
        SimDuration reaction = SimDuration.FromSeconds(Draw(slot, _restart, Restarts, process.Exits++));
        process.Delay = process.Delay == 0
            ? Math.Min(backoff.First.Nanoseconds, backoff.Max.Nanoseconds)
            : Math.Min(2 * process.Delay, backoff.Max.Nanoseconds);
        ArmAfter(slot, 0, delay > reaction ? delay : reaction);
    }

    /// <summary>Why a process has been asked to stop.</summary>
    private enum Ending : byte
    {
        None,
        Restart,
        Halt,
    }
}
