namespace FailoverSim.Models.LoadBalancing;

/// <summary>Follows servers being marked down: <c>on-marked-down shutdown-sessions</c> of HAProxy ends their sessions then.</summary>
public interface IMarkedDown
{
    /// <summary>A balancer has taken a backend out of rotation.</summary>
    void MarkedDown(int instance, int backend);
}
