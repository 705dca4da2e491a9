using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Time;

namespace FailoverSim.Models.Apiserver;

/// <summary>kube-apiserver.</summary>
/// <param name="ShutdownDelay">While it stops it keeps serving, not ready, for so long (--shutdown-delay-duration, 0 s).</param>
/// <param name="EtcdPatience">A new process that finds no etcd gives up after so long: the dial timeout of the storage
/// backend, 20 s (apiserver pkg/storage/storagebackend/factory/etcd3.go); that it then exits is engineering knowledge.</param>
/// <param name="EndpointRetry">From the return of an etcd endpoint whose connection broke until it is used again (gRPC
/// reconnects with back-off from 1 s).</param>
public sealed record ApiserverOptions(SimDuration ShutdownDelay, SimDuration EtcdPatience, Law EndpointRetry);
