using FailoverSim.Kernel.Signals;

namespace FailoverSim.Models.Cluster;

/// <summary>What a fault makes of its victim.</summary>
public enum Affliction
{
    /// <summary>Dead: a process on a live machine is refused, a machine is silent.</summary>
    Down,

    /// <summary>Answers nothing, and keeps its state.</summary>
    Hang,

    /// <summary>Everything takes longer, by a factor.</summary>
    Slow,

    /// <summary>Writes to disk do not return.</summary>
    Stall,

    /// <summary>No packet goes from here to there.</summary>
    Partition,

    /// <summary>A share of the packets is lost.</summary>
    Lossy,

    /// <summary>Dead, and its data is gone.</summary>
    LostForGood,

    /// <summary>Health checks are answered, traffic is not.</summary>
    DropsTraffic,
}

/// <summary>What faults can strike, one per slot. Faults overlap freely: a victim is well when all have ended.</summary>
public interface IVictims
{
    /// <summary>The victim is so from now on, until as many <see cref="End"/>; charged to the simulation's present cause.</summary>
    /// <param name="slot">The victim.</param>
    /// <param name="what">What becomes of it.</param>
    /// <param name="amount">Factor or share, for <see cref="Affliction.Slow"/> and <see cref="Affliction.Lossy"/>.</param>
    /// <param name="stage">What an outage waits for (a stage of the model).</param>
    void Strike(int slot, Affliction what, double amount, int stage);

    /// <summary>Something else is waited for now; the present cause is that of the strike.</summary>
    void Waiting(int slot, Affliction what, int stage);

    /// <summary>What <see cref="Strike"/> began is over; the present cause is that of the strike, and tells which fault ends.</summary>
    /// <param name="slot">The victim.</param>
    /// <param name="what">As it was struck.</param>
    /// <param name="amount">As it was struck.</param>
    /// <param name="restarted">It has been restarted or replaced, which ends whatever else it suffered; otherwise it goes on as it was.</param>
    void End(int slot, Affliction what, double amount, bool restarted);

    /// <summary>The victim will probably be struck soon, or well: what that takes from memory can be asked for now.</summary>
    void Expect(int slot)
    {
    }

    /// <summary>The condition that is false while the victim is so afflicted; null where no gate shows it, as of what is merely slow.</summary>
    Signal? ConditionOf(int slot, Affliction what);
}
