namespace FailoverSim.Kernel.Randomness;

/// <summary>What an entity draws for, such as its life or its repair: one stream each, found by name.</summary>
public readonly record struct Purpose
{
    private Purpose(ulong salt) => Salt = salt;

    internal ulong Salt { get; }

    public static Purpose Named(string name) => new(Hashing.OfText(name));
}
