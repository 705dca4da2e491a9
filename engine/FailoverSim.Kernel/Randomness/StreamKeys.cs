namespace FailoverSim.Kernel.Randomness;

/// <summary>
/// The keys of all entities of a model. A key depends on the seed and the entity's name alone, so that adding an entity,
/// or declaring them in another order, disturbs nobody else's draws.
/// </summary>
public static class StreamKeys
{
    /// <summary>One key per name.</summary>
    /// <exception cref="ArgumentException">Two names are the same, or their hashes collide (odds of 2⁻⁶⁴ per pair).</exception>
    public static ulong[] For(IReadOnlyList<string> names, ulong seed)
    {
        ulong[] keys = new ulong[names.Count];
        Dictionary<ulong, string> owners = new(names.Count);
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = Of(names[i], seed);
            if (!owners.TryAdd(keys[i], names[i]))
            {
                throw new ArgumentException($"'{names[i]}' and '{owners[keys[i]]}' share a random stream; rename one.", nameof(names));
            }
        }
        return keys;
    }

    /// <summary>The key of one name.</summary>
    public static ulong Of(string name, ulong seed) => Hashing.Mix(Hashing.OfText(name) ^ Hashing.Mix(seed ^ 0x5851F42D4C957F2D));
}
