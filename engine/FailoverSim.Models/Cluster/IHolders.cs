namespace FailoverSim.Models.Cluster;

/// <summary>Follows who holds what only one may hold: a lease, an address.</summary>
public interface IHolders
{
    /// <summary>The candidate of a slot holds it from now on, as far as it knows.</summary>
    void Acquired(int slot);

    /// <summary>The candidate of a slot has given it up, or knows that it has lost it.</summary>
    void Lost(int slot);

    /// <summary>While nobody works as the holder, this is what is waited for (a stage of the model); 0: there is a holder, and it keeps what it has.</summary>
    void Waiting(int stage);
}
