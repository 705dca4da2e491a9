namespace FailoverSim.Models.Scheduling;

/// <summary>Carries out what the scheduler decides, and knows what it must respect.</summary>
public interface IBinder
{
    /// <summary>Zone that the pod's volume binds it to; −1 for any.</summary>
    int ZoneOf(int pod);

    /// <summary>The pod has been bound to a node; its request has been taken there.</summary>
    void Bind(int pod, int node);

    /// <summary>The pod will probably be bound soon: what that takes from memory can be asked for now.</summary>
    void Expect(int pod)
    {
    }
}
