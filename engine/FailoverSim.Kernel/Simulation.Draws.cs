using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Randomness;

namespace FailoverSim.Kernel;

/// <content>What is drawn, by its address.</content>
public sealed partial class Simulation
{
    private const int DrawnTogether = 64;

    /// <summary>Picks an index with probability proportional to its weight.</summary>
    internal static int Choose(ref Draws draws, ReadOnlySpan<double> weights)
    {
        double total = 0;
        foreach (double weight in weights)
        {
            total += weight;
        }
        double left = draws.NextUniform() * total;
        int last = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            if (weights[i] <= 0)
            {
                continue;
            }
            last = i;
            left -= weights[i];
            if (left < 0)
            {
                break;
            }
        }
        return last;
    }

    internal Draws DrawsFor(ulong key, Purpose purpose, long occurrence) =>
        new(Hashing.Mix(key ^ purpose.Salt ^ _clonePath), _replication, unchecked((ulong)occurrence));

    /// <summary>A variate in seconds: that of the law, which for exponential ones is drawn without asking it (5 ns).</summary>
    internal double Draw(LawId law, ulong key, Purpose purpose, long occurrence)
    {
        double mean = _exponentialMeans[law.Index];
        return mean > 0
            ? mean * DrawsFor(key, purpose, occurrence).NextExponential()
            : DrawByLaw(law, key, purpose, occurrence);
    }

    /// <summary>Many variates, the same as one by one: what takes longest, the random bits of exponential ones, is worked out side by side.</summary>
    internal void DrawEach(ReadOnlySpan<Drawing> drawings, ReadOnlySpan<ulong> keys, Span<double> seconds)
    {
        Span<ulong> bits = stackalloc ulong[DrawnTogether];
        Span<ulong> mixed = stackalloc ulong[DrawnTogether];
        for (int first = 0; first < drawings.Length; first += DrawnTogether)
        {
            ReadOnlySpan<Drawing> some = drawings[first..Math.Min(first + DrawnTogether, drawings.Length)];
            for (int i = 0; i < some.Length; i++)
            {
                ref readonly Drawing drawing = ref some[i];
                mixed[i] = Hashing.Mix(keys[drawing.Slot] ^ drawing.Purpose.Salt ^ _clonePath);
                bits[i] = Draws.FirstCounter((ulong)drawing.Occurrence);
            }
            PhiloxLanes.Low(bits[..some.Length], _replication, mixed);
            for (int i = 0; i < some.Length; i++)
            {
                ref readonly Drawing drawing = ref some[i];
                double mean = _exponentialMeans[drawing.Law.Index];
                seconds[first + i] = mean > 0
                    ? mean * Draws.Exponential(bits[i])
                    : DrawByLaw(drawing.Law, keys[drawing.Slot], drawing.Purpose, drawing.Occurrence);
            }
        }
    }

    /// <summary>The law behind an identity.</summary>
    public Law LawOf(LawId law) => _laws[law.Index];

    private double DrawByLaw(LawId law, ulong key, Purpose purpose, long occurrence)
    {
        if (Ways is { } ways)
        {
            return ways.Draw(law.Index);
        }
        Draws draws = DrawsFor(key, purpose, occurrence);
        return _laws[law.Index].Draw(ref draws);
    }
}
