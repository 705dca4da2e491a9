using FailoverSim.Kernel.Signals;

namespace FailoverSim.Kernel.Events;

/// <summary>What the kernel keeps of a timer beside its due instant.</summary>
internal struct TimerState
{
    /// <summary>Clocks: the instant at which <see cref="Age"/> was true.</summary>
    public long Since;

    /// <summary>Clocks: life used up until <see cref="Since"/>.</summary>
    public long Age;

    /// <summary>Clocks: the life at which it fires. No model may read it.</summary>
    public long Life;

    /// <summary>Clocks: life used up per unit of time; 0 stands still.</summary>
    public double Speed;

    /// <summary>What the timer was armed for.</summary>
    public Cause Cause;

    /// <summary>0 while disarmed, 1 for a deadline, 2 + index of the law for a clock.</summary>
    public int Kind;

    public const int Disarmed = 0;
    public const int Deadline = 1;
    public const int Clock = 2;
}
