using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FailoverSim.Kernel.Randomness;

/// <summary>
/// Exponential variates that will probably be asked for soon, drawn eight at a time. A draw depends on its address alone, so it is
/// the same whether it is found here or not: one drawn alone takes some 25 ns, of eight together each takes 3.
/// </summary>
internal sealed class DrawsAhead
{
    /// <summary>Many times what is expected at a time, so that two seldom want the same place.</summary>
    private const int Places = 256;
    private const int Lanes = 8;

    private readonly Drawn[] _drawn = new Drawn[Places];
    private readonly ulong[] _keys = new ulong[Lanes];
    private readonly ulong[] _occurrences = new ulong[Lanes];
    private int _count;

    /// <summary>Whether the processor can do eight at a time.</summary>
    public static bool IsWorthwhile => Vector512.IsHardwareAccelerated;

    /// <summary>The variate at an address will probably be asked for.</summary>
    public void Expect(ulong key, ulong replication, ulong occurrence)
    {
        unchecked
        {
            _keys[_count] = key;
            _occurrences[_count] = occurrence;
            if (++_count == Lanes)
            {
                Draw(replication);
            }
        }
    }

    /// <summary>Draws what is expected.</summary>
    public void Draw(ulong replication)
    {
        if (_count == 0)
        {
            return;
        }
        Vector512<double> values = Draws.FirstExponentials(Vector512.Create(_keys), replication, Vector512.Create(_occurrences));
        for (int i = 0; i < _count; i++)
        {
            ref Drawn drawn = ref _drawn[PlaceOf(_keys[i])];
            drawn.Key = _keys[i];
            drawn.Replication = replication;
            drawn.Occurrence = _occurrences[i];
            drawn.Value = values[i];
        }
        _count = 0;
    }

    /// <summary>What <see cref="Draws.NextExponential"/> gives first at an address.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Exponential(ulong key, ulong replication, ulong occurrence)
    {
        ref readonly Drawn drawn = ref _drawn[PlaceOf(key)];
        return drawn.Key == key && drawn.Occurrence == occurrence && drawn.Replication == replication
            ? drawn.Value
            : new Draws(key, replication, occurrence).NextExponential();
    }

    private static int PlaceOf(ulong key) => (int)(key % Places);

    private struct Drawn
    {
        public ulong Key;
        public ulong Replication;
        public ulong Occurrence;
        public double Value;
    }
}
