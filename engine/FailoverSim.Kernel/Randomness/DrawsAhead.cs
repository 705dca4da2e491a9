using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FailoverSim.Kernel.Events;

namespace FailoverSim.Kernel.Randomness;

/// <summary>
/// Exponential variates that will probably be asked for soon, drawn eight at a time. A draw depends on its address alone, so it is
/// the same whether it is found here or not.
/// </summary>
internal sealed unsafe class DrawsAhead
{
    /// <summary>Many times what is expected at a time, so that two seldom want the same place.</summary>
    private const int Places = 256;
    private const int Lanes = 8;
    private const ulong NoOccurrence = ulong.MaxValue;

    private readonly MemoryBlock _memory;
    private readonly ulong* _keys;
    private readonly ulong* _occurrences;
    private readonly double* _values;
    private readonly Drawn* _drawn;
    private ulong _replication;
    private int _count;
    private bool _any = true;

    public DrawsAhead()
    {
        _memory = new MemoryBlock((3 * Lanes * sizeof(double)) + (Places * sizeof(Drawn)));
        _keys = (ulong*)_memory.Start;
        _occurrences = _keys + Lanes;
        _values = (double*)(_occurrences + Lanes);
        _drawn = (Drawn*)(_values + Lanes);
        Begin(0);
    }

    /// <summary>Whether the processor can do eight at a time.</summary>
    public static bool IsWorthwhile => Vector512.IsHardwareAccelerated;

    /// <summary>From now on all draws are those of a replication.</summary>
    public void Begin(ulong replication)
    {
        _replication = replication;
        _count = 0;
        for (int place = 0; _any && place < Places; place++)
        {
            _drawn[place].Occurrence = NoOccurrence;
        }
        _any = false;
    }

    /// <summary>The variate at an address will probably be asked for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Expect(ulong key, ulong occurrence)
    {
        unchecked
        {
            int count = _count;
            _keys[count] = key;
            _occurrences[count] = occurrence;
            _count = count + 1;
            if (count + 1 == Lanes)
            {
                Draw();
            }
        }
    }

    /// <summary>Draws what is expected.</summary>
    public void Draw()
    {
        unchecked
        {
            Draws.FirstExponentials(Vector512.Load(_keys), _replication, Vector512.Load(_occurrences)).Store(_values);
            int count = _count;
            for (int i = 0; i < count; i++)
            {
                Drawn* drawn = _drawn + PlaceOf(_keys[i]);
                drawn->Key = _keys[i];
                drawn->Occurrence = _occurrences[i];
                drawn->Value = _values[i];
            }
            _any |= count > 0;
            _count = 0;
        }
    }

    /// <summary>What <see cref="Draws.NextExponential"/> gives first at an address.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Exponential(ulong key, ulong occurrence)
    {
        Drawn* drawn = _drawn + PlaceOf(key);
        return drawn->Key == key && drawn->Occurrence == occurrence ? drawn->Value : Alone(key, occurrence);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private double Alone(ulong key, ulong occurrence) => new Draws(key, _replication, occurrence).NextExponential();

    private static nint PlaceOf(ulong key) => unchecked((nint)(key & (Places - 1)));

    private struct Drawn
    {
        public ulong Key;
        public ulong Occurrence;
        public double Value;
    }
}
