using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Models.Cluster;

namespace FailoverSim.Models.Apiserver;

/// <summary>The connections of the apiservers to etcd: one that broke is tried again a while after its member is back.</summary>
/// <remarks>A new apiserver dials all of them at once.</remarks>
internal sealed class EtcdConnections : Component
{
    private static readonly Purpose Retry = Purpose.Named("retry");

    private readonly ApiserverSet _set;
    private readonly LawId _retry;
    private readonly ClusterStages _stages;
    private readonly State<(bool Broken, int Retries)> _connections;

    public EtcdConnections(ModelBuilder builder, ApiserverSet set, Law retry, ClusterStages stages)
        : base(builder, "apiservers/etcd", set.Endpoints.Length, 1)
    {
        _set = set;
        _retry = builder.Law(retry);
        _stages = stages;
        _connections = NewState<(bool, int)>(Count);
        for (int slot = 0; slot < Count; slot++)
        {
            builder.Observe(set.Endpoints[slot].There, this, slot);
            builder.Observe(set.Processes.Signals[set.Endpoints[slot].Apiserver].Alive, this, slot);
        }
    }

    public override string EntityName(int slot) => _set.Endpoints[slot].Name;

    protected override void Start()
    {
    }

    protected override void OnTimer(int slot, int timer) => Mend(slot);

    protected override void OnSignal(int slot)
    {
        ApiserverSet.Connection connection = _set.Endpoints[slot];
        ref (bool Broken, int Retries) state = ref _connections[slot];
        if (!Simulation.Signals[_set.Processes.Signals[connection.Apiserver].Alive])
        {
            Disarm(slot, 0);
            Mend(slot);
        }
        else if (!Simulation.Signals[connection.There])
        {
            Disarm(slot, 0);
            state.Broken = true;
            Simulation.Drive(connection.Connected, false, _stages.Reconnect);
            // As long as there is nobody to talk to, that is what is waited for.
            Simulation.Yield(connection.Connected);
        }
        else if (state.Broken && !IsArmed(slot, 0))
        {
            Simulation.Drive(connection.Connected, false, _stages.Reconnect);
            StartClock(slot, 0, _retry, Retry, state.Retries++);
        }
    }

    protected override void Encode(int slot, StateWriter writer) => writer.Add(_connections[slot].Broken ? 1 : 0);

    protected override bool SlotsAreSymmetric => false;

    private void Mend(int slot)
    {
        _connections[slot].Broken = false;
        Simulation.Drive(_set.Endpoints[slot].Connected, true);
    }
}
