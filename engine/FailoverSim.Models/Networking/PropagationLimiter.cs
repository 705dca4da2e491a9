using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Time;

namespace FailoverSim.Models.Networking;

/// <summary>
/// When a change of a pod's readiness is in the rules of the nodes: rates are limited, a lone change is not delayed.
/// </summary>
/// <remarks>
/// The EndpointSlice controller leaves 1 s between changes of one workload's slices (pkg/controller/endpointslice,
/// endpointSliceChangeMinSyncDelay); each kube-proxy leaves <see cref="KubeProxyOptions.MinSyncPeriod"/> between changes of its rules,
/// whatever workload they are of. All proxies hear the same watch, so one limit stands for them all. Who comes while
/// a limit holds is served together with all others that wait. Changes of one workload are never overtaken by later ones.
/// </remarks>
public sealed class PropagationLimiter
{
    private const long BetweenSlices = SimDuration.NanosecondsPerSecond;

    private readonly long _betweenSyncs;
    private readonly State<Limit> _slices;
    private readonly State<Limit> _syncs;

    /// <param name="builder">The model to join.</param>
    /// <param name="workloads">Their number.</param>
    /// <param name="options">Of kube-proxy.</param>
    public PropagationLimiter(ModelBuilder builder, int workloads, KubeProxyOptions options)
    {
        _betweenSyncs = Math.Max(1, options.MinSyncPeriod.Nanoseconds);
        _slices = new State<Limit>(workloads);
        _syncs = new State<Limit>(1);
        builder.Register(_slices);
        builder.Register(_syncs);
    }

    /// <summary>The instant at which a change made now is in the rules; takes a turn, so to be asked once per change.</summary>
    /// <param name="workload">Whose endpoints change.</param>
    /// <param name="now">The kubelet or the node controller has found it.</param>
    /// <param name="drawnSeconds">What it takes with nobody in the way: status write, controller, watch, sync.</param>
    public SimTime InRules(int workload, SimTime now, double drawnSeconds)
    {
        long wanted = (now + SimDuration.FromSeconds(drawnSeconds)).Nanoseconds;
        ref Limit slices = ref _slices[workload];
        long written = slices.IsSet && wanted <= slices.Last ? slices.Last : slices.Take(wanted, BetweenSlices);
        ref Limit syncs = ref _syncs[0];
        // Before a sync that somebody waits for there is one at every period.
        long synced = syncs.IsSet && written <= syncs.Last
            ? syncs.Last - ((syncs.Last - written) / _betweenSyncs * _betweenSyncs)
            : syncs.Take(written, _betweenSyncs);
        return new SimTime(slices.Shown = Math.Max(synced, slices.Shown));
    }

    /// <summary>Writes what the next change of a workload depends on.</summary>
    public void Encode(int workload, SimTime now, StateWriter writer)
    {
        writer.Add(_slices[workload].Until(now.Nanoseconds, BetweenSlices));
        writer.Add(Math.Max(0, _slices[workload].Shown - now.Nanoseconds));
        writer.Add(_syncs[0].Until(now.Nanoseconds, _betweenSyncs));
    }

    /// <summary>One thing at most per period.</summary>
    private struct Limit
    {
        public long Last;
        public bool IsSet;

        /// <summary>Slices: when the last change is in the rules.</summary>
        public long Shown;

        public long Take(long wanted, long period)
        {
            Last = IsSet ? Math.Max(wanted, Last + period) : wanted;
            IsSet = true;
            return Last;
        }

        public readonly long Until(long now, long period) => IsSet ? Math.Max(0, Last + period - now) : 0;
    }
}
