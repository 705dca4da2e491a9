using System.Numerics;

namespace FailoverSim.Kernel.Observation;

/// <summary>A hash of the history of a run: which timer fired when. Equal histories have equal fingerprints.</summary>
internal struct Fingerprint
{
    private ulong _hash;
    private ulong _unordered;

    public readonly ulong Value => Randomness.Hashing.Mix(unchecked(_hash + _unordered));

    public void Add(long time, int timer)
    {
        unchecked
        {
            _hash = (BitOperations.RotateLeft(_hash, 23) ^ (ulong)time ^ ((ulong)timer << 40)) * 0x9E3779B97F4A7C15;
        }
    }

    /// <summary>What has happened in no particular order: a sum of hashes.</summary>
    public void AddUnordered(ulong sum)
    {
        unchecked
        {
            _unordered += sum;
        }
    }
}
