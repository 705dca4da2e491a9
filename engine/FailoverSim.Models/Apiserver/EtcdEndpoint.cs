using FailoverSim.Kernel.Signals;

namespace FailoverSim.Models.Apiserver;

/// <summary>An etcd member as one apiserver sees it.</summary>
/// <param name="Alive">Its process listens.</param>
/// <param name="Serves">A request that reaches it is served as far as it depends on that member.</param>
/// <param name="To">Packets arrive from the apiserver's machine.</param>
/// <param name="From">Packets arrive back.</param>
public sealed record EtcdEndpoint(Signal Alive, Signal Serves, Signal To, Signal From);
