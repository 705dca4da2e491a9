using FailoverSim.Kernel;
using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Laws;
using Xunit;

namespace FailoverSim.Tests.Cluster.Leases;

/// <summary>
/// Renewals and polls that are worked out instead of simulated. Where fewer than 64 mean gaps lie between two faults nothing is leapt over, and
/// both ways tell exactly the same story, whatever the law of call times; beyond, they agree in law.
/// </summary>
public class LeaseFidelity
{
    private static readonly Law Calls = new Uniform(0.002, 0.03);
    private static readonly Law SlowCalls = new Uniform(0.05, 0.9);

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(4, true)]
    [InlineData(5, false, true)]
    [InlineData(6, true, true)]
    public void Faults_close_together_give_the_same_trace(ulong seed, bool kubeVip, bool isSlow = false)
    {
        Law calls = isSlow ? SlowCalls : Calls;
        (SignalLog elided, long few) = Trace(Fidelity.Elided, seed, kubeVip, calls);
        (SignalLog exhaustive, long many) = Trace(Fidelity.Exhaustive, seed, kubeVip, calls);
        Assert.True(elided.Changes.Count > 1000);
        Assert.Equal(exhaustive.Changes, elided.Changes);
        Assert.True(few < many);
    }

    [Theory]
    [InlineData(30, 10_000)]
    [InlineData(600, 10_000)]
    [InlineData(86_400, 60)]
    public void Faults_far_apart_give_the_same_law(double spacing, int faults)
    {
        double[] elided = Outages(Fidelity.Elided, spacing, Math.Max(faults, 10_000), 1);
        double[] exhaustive = Outages(Fidelity.Exhaustive, spacing, faults, 2);
        double scale = Math.Sqrt((double)elided.Length * exhaustive.Length / (elided.Length + exhaustive.Length));
        Assert.InRange(Distance(elided, exhaustive) * scale, 0, 2.69);
    }

    /// <summary>One fault after another, of every kind and to anybody.</summary>
    private static (SignalLog Log, long Events) Trace(Fidelity fidelity, ulong seed, bool kubeVip, Law calls)
    {
        LeaseBench bench = new(3, kubeVip ? LeaseBench.Timers(5, 3, 1, release: true) : null, fidelity, calls, sync: 0.5,
            restart: 3, nodeIdentity: kubeVip);
        Action<Simulation, bool>? end = null;
        bench.Lab.Repeatedly(10, (s, draws) =>
        {
            if (end is not null)
            {
                end(s, true);
                end = null;
                return 5 + (25 * draws.NextUniform());
            }
            int kind = draws.NextIndex(5);
            int slot = draws.NextIndex(3);
            end = kind switch
            {
                0 => (s, value) => s.Drive(bench.Commits, value),
                1 => (s, value) => s.Drive(bench.Accepts(slot), value),
                2 => (s, value) => s.Drive(bench.NotHung(slot), value),
                3 => (s, value) => s.Drive(bench.Candidates[slot].Alive, value),
                _ => (_, value) => StopUnless(value, slot),
            };
            end(s, false);
            return 0.5 + (25 * draws.NextUniform());
        });
        Simulation simulation = bench.Lab.Builder.Build(seed);
        Signal[] leads = [.. Enumerable.Range(0, 3).Select(bench.Electors.LeadsOf)];
        SignalLog log = new([bench.Electors.Held, bench.Electors.Acting, .. leads]);
        simulation.Trace = log;
        simulation.Reset(0);
        simulation.RunUntil(SimTime.Zero + SimDuration.FromSeconds(60_000));
        return (log, simulation.Events);

        void StopUnless(bool over, int slot)
        {
            if (!over)
            {
                bench.Electors.Stop(slot);
            }
        }
    }

    /// <summary>The holder dies again and again and comes back after 10 s: how long the lease is not held.</summary>
    private static double[] Outages(Fidelity fidelity, double spacing, int faults, ulong seed)
    {
        LeaseBench bench = new(3, fidelity: fidelity, call: Calls);
        int victim = -1;
        int left = faults;
        bench.Lab.Repeatedly(spacing, (s, draws) =>
        {
            if (victim >= 0)
            {
                bench.Start(s, victim);
                victim = -1;
                return left-- > 0 ? (spacing * (0.9 + (0.2 * draws.NextUniform()))) : double.PositiveInfinity;
            }
            victim = bench.Electors.HolderSlot;
            if (victim < 0)
            {
                return 30;
            }
            bench.Kill(s, victim);
            return 10;
        });
        Simulation simulation = bench.Lab.Builder.Build(seed);
        SignalLog log = new(bench.Electors.Held);
        simulation.Trace = log;
        simulation.Reset(0);
        simulation.RunUntil(SimTime.Zero + SimDuration.FromSeconds((spacing + 30) * (faults + 2)));
        double[] outages = log.Outages(bench.Electors.Held);
        Assert.InRange(outages.Length, 0.95 * faults, faults + 1);
        return outages;
    }

    /// <summary>Kolmogorov and Smirnov's distance between two samples.</summary>
    private static double Distance(double[] a, double[] b)
    {
        Array.Sort(a);
        Array.Sort(b);
        double distance = 0;
        for (int i = 0, j = 0; i < a.Length && j < b.Length;)
        {
            if (a[i] <= b[j])
            {
                i++;
            }
            else
            {
                j++;
            }
            distance = Math.Max(distance, Math.Abs(((double)i / a.Length) - ((double)j / b.Length)));
        }
        return distance;
    }
}
