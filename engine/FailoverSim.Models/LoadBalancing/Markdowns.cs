using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Observation;
using FailoverSim.Models.Cluster;

namespace FailoverSim.Models.LoadBalancing;

/// <summary>Counts backends that are taken out of rotation, and those among them whose process was alive on a machine with power.</summary>
public sealed class Markdowns
{
    private readonly Counter _all;
    private readonly Counter _false;
    private readonly ImmutableArray<ProcessSignals> _backends;

    /// <param name="builder">The model to join.</param>
    /// <param name="name">Of the balancer; several that are called alike are counted together.</param>
    /// <param name="backends">What is taken out.</param>
    public Markdowns(ModelBuilder builder, string name, IEnumerable<Backend> backends)
    {
        _all = builder.Counter($"markdowns:{name}");
        _false = builder.Counter($"markdowns-false:{name}");
        _backends = [.. backends.Select(backend => backend.Process)];
    }

    /// <summary>A backend is taken out now.</summary>
    public void Count(Simulation simulation, int backend)
    {
        simulation.Count(_all);
        ProcessSignals process = _backends[backend];
        if (simulation.Signals[process.Alive] && simulation.Signals[process.Machine.Powered])
        {
            simulation.Count(_false);
        }
    }
}
