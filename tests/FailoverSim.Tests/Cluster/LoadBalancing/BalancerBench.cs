using FailoverSim.Kernel;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Laws;
using FailoverSim.Models.LoadBalancing;

namespace FailoverSim.Tests.Cluster.LoadBalancing;

/// <summary>One balancer and some backends, each on a machine of its own.</summary>
internal sealed class BalancerBench
{
    public BalancerBench(int backends = 3, double rtt = 0, double notReadyAfter = 0)
    {
        MachineSignals front = Lab.Machine("lb");
        Balancer = Lab.Process("haproxy", front);
        for (int b = 0; b < backends; b++)
        {
            MachineSignals machine = Lab.Machine($"m{b}", $"z{b}");
            Signal answers = Lab.Builder.Condition($"answers{b}");
            Signal serves = Lab.Builder.Condition($"serves{b}");
            Backends.Add(new Backend(Lab.Process("api", machine), answers, serves, SimDuration.FromSeconds(notReadyAfter)));
        }
        Network = Lab.Network(new Constant(rtt));
        Stages = new ClusterStages(Lab.Builder);
    }

    public Lab Lab { get; } = new();

    public ProcessSignals Balancer { get; }

    public List<Backend> Backends { get; } = [];

    public Network Network { get; }

    public ClusterStages Stages { get; }

    public BackendRoute Route(int instance, int backend) => BackendRoute.Between(Network, 0, backend + 1);

    public HealthChecks Checks(CheckTimers timers, Fidelity fidelity = Fidelity.Elided, bool fromCloud = false) =>
        new(Lab.Builder, "checks", Stages, [fromCloud ? null : Balancer], Backends, Route, timers, fidelity);

    public void Set(double at, Signal signal, bool value)
    {
        int fault = Lab.Builder.Cause("fault");
        Lab.At(at, simulation =>
        {
            if (!value)
            {
                simulation.Raise(fault);
            }
            simulation.Drive(signal, value);
        });
    }

    /// <summary>From an instant until a signal takes a value, over replications.</summary>
    public static double[] Delays(Simulation simulation, Signal signal, bool value, double from, double until, int replications)
    {
        double[] delays = new double[replications];
        for (int r = 0; r < replications; r++)
        {
            SignalLog log = new(signal);
            simulation.Reset(r);
            simulation.Trace = log;
            simulation.RunUntil(SimTime.Zero + SimDuration.FromSeconds(until));
            simulation.Trace = null;
            delays[r] = log.First(signal, value, from) - from;
        }
        return delays;
    }
}
