using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Signals;
using FailoverSim.Models.Cluster;

namespace FailoverSim.Models.Infrastructure;

/// <summary>The faults that hold the victims of a population at present, oldest first.</summary>
/// <remarks>A fault is known by its cause: one whose victim has been restarted meanwhile ends without effect.</remarks>
internal sealed class Strikes
{
    /// <summary>Dead, whatever of its data.</summary>
    public const int Deaths = (1 << (int)Affliction.Down) | (1 << (int)Affliction.LostForGood);

    public const int All = -1;

    private readonly int _most;
    private readonly State<int> _counts;
    private readonly State<Strike> _strikes;

    /// <param name="builder">The model to join.</param>
    /// <param name="victims">Slots of the population.</param>
    /// <param name="most">Faults that can hold one victim at once.</param>
    public Strikes(ModelBuilder builder, int victims, int most = 32)
    {
        _most = most;
        _counts = new State<int>(victims);
        _strikes = new State<Strike>(victims * most);
        builder.Register(_counts);
        builder.Register(_strikes);
    }

    /// <summary>The set of one affliction, to be joined with others by |.</summary>
    public static int Only(Affliction what) => 1 << (int)what;

    public void Add(int slot, Affliction what, double amount, Cause cause, int stage)
    {
        if (_counts[slot] == _most)
        {
            throw new InvalidOperationException($"More than {_most} faults hold one victim.");
        }
        _strikes[(slot * _most) + _counts[slot]++] = new Strike { What = what, Amount = amount, Cause = cause, Stage = stage };
    }

    /// <summary>Whether the fault still held its victim.</summary>
    public bool Remove(int slot, Affliction what, Cause cause)
    {
        int at = Find(slot, what, cause);
        if (at < 0)
        {
            return false;
        }
        RemoveAt(slot, at);
        return true;
    }

    /// <summary>Ends all of a set of afflictions.</summary>
    public void Clear(int slot, int set)
    {
        for (int i = (slot * _most) + _counts[slot] - 1; i >= slot * _most; i--)
        {
            if ((Only(_strikes[i].What) & set) != 0)
            {
                RemoveAt(slot, i);
            }
        }
    }

    /// <summary>Whether the fault still holds its victim, which now waits for something else.</summary>
    public bool SetStage(int slot, Affliction what, Cause cause, int stage)
    {
        int at = Find(slot, what, cause);
        if (at >= 0)
        {
            _strikes[at].Stage = stage;
        }
        return at >= 0;
    }

    public bool Any(int slot, int set) => Oldest(slot, set) >= 0;

    /// <summary>What the oldest of a set of afflictions waits for; 0 without any.</summary>
    public int StageOf(int slot, int set) => Oldest(slot, set) is >= 0 and int oldest ? _strikes[oldest].Stage : 0;

    /// <summary>How many times longer everything takes.</summary>
    public double Slowness(int slot)
    {
        double factor = 1;
        for (int i = slot * _most; i < (slot * _most) + _counts[slot]; i++)
        {
            factor *= _strikes[i].What == Affliction.Slow ? _strikes[i].Amount : 1;
        }
        return factor;
    }

    /// <summary>Share of packets that are lost on the way past all lossy faults.</summary>
    public double Loss(int slot)
    {
        double arrive = 1;
        for (int i = slot * _most; i < (slot * _most) + _counts[slot]; i++)
        {
            arrive *= _strikes[i].What == Affliction.Lossy ? 1 - _strikes[i].Amount : 1;
        }
        return 1 - arrive;
    }

    /// <summary>A condition is false while any of a set of afflictions lasts, and the oldest of them is to blame.</summary>
    public void Drive(Simulation simulation, Signal condition, int slot, int set)
    {
        int oldest = Oldest(slot, set);
        if (oldest < 0)
        {
            simulation.Drive(condition, true);
            return;
        }
        Cause present = simulation.Cause;
        simulation.Resume(_strikes[oldest].Cause);
        simulation.Drive(condition, false, _strikes[oldest].Stage);
        simulation.Resume(present);
    }

    public void Encode(int slot, StateWriter writer)
    {
        writer.Add(_counts[slot]);
        for (int i = slot * _most; i < (slot * _most) + _counts[slot]; i++)
        {
            writer.Add((long)_strikes[i].What);
            writer.Add(_strikes[i].Amount);
        }
    }

    private int Oldest(int slot, int set)
    {
        for (int i = slot * _most; i < (slot * _most) + _counts[slot]; i++)
        {
            if ((Only(_strikes[i].What) & set) != 0)
            {
                return i;
            }
        }
        return -1;
    }

    private int Find(int slot, Affliction what, Cause cause)
    {
        for (int i = slot * _most; i < (slot * _most) + _counts[slot]; i++)
        {
            if (_strikes[i].What == what && _strikes[i].Cause == cause)
            {
                return i;
            }
        }
        return -1;
    }

    private void RemoveAt(int slot, int at)
    {
        _counts[slot]--;
        for (int i = at; i < (slot * _most) + _counts[slot]; i++)
        {
            _strikes[i] = _strikes[i + 1];
        }
    }

    private struct Strike
    {
        public Affliction What;
        public int Stage;
        public double Amount;
        public Cause Cause;
    }
}
