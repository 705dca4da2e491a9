using MathNet.Numerics.LinearAlgebra;

namespace FailoverSim.Tests.Exact;

/// <summary>
/// The answer of Scenarios/workstation-cluster.yaml by other means: its three parts are independent, so that the chain is a product of
/// two repairman chains in closed form and one of 16 states, solved by MathNet's LU.
/// </summary>
internal sealed class WorkstationCluster
{
    private const double SwitchFails = 1 / 4000.0, BackboneFails = 1 / 5000.0, SwitchRepaired = 1 / 4.0, BackboneRepaired = 1 / 8.0;
    private const double Fails = 1 / 500.0, Repaired = 2;

    private readonly int _workstations;
    private readonly double[] _failed;
    private readonly List<string> _queues = [""];
    private readonly double[] _network;

    /// <param name="workstations">In each sub-cluster.</param>
    public WorkstationCluster(int workstations)
    {
        _workstations = workstations;
        // p(k + 1)/p(k) = (N − k) λ/μ.
        _failed = new double[workstations + 1];
        _failed[0] = 1;
        for (int k = 0; k < workstations; k++)
        {
            _failed[k + 1] = _failed[k] * (workstations - k) * Fails / Repaired;
        }
        double sum = _failed.Reverse().Sum();
        _failed = [.. _failed.Select(p => p / sum)];
        for (int i = 0; i < _queues.Count; i++)
        {
            _queues.AddRange(Fallen(_queues[i]).Select(next => next.Queue).Where(queue => !_queues.Contains(queue)));
        }
        _network = SolveNetwork();
    }

    public int States => _failed.Length * _failed.Length * _queues.Count;

    /// <summary>Share of time down and outages per hour, of a service that the numbers of working stations and the network tell.</summary>
    public (double Unavailability, double PerHour) Outages(Func<int, int, Network, bool> isUp)
    {
        double down = 0, often = 0;
        for (int left = 0; left < _failed.Length; left++)
        {
            for (int right = 0; right < _failed.Length; right++)
            {
                for (int q = 0; q < _queues.Count; q++)
                {
                    double probability = _failed[left] * _failed[right] * _network[q];
                    bool Up(int l, int r, string queue) => isUp(_workstations - l, _workstations - r, new Network(queue));
                    if (!Up(left, right, _queues[q]))
                    {
                        down += probability;
                        continue;
                    }
                    // More failures, never a repair, bring it down.
                    often += left < _workstations && !Up(left + 1, right, _queues[q]) ? probability * (_workstations - left) * Fails : 0;
                    often += right < _workstations && !Up(left, right + 1, _queues[q]) ? probability * (_workstations - right) * Fails : 0;
                    often += Fallen(_queues[q]).Where(next => !Up(left, right, next.Queue)).Sum(next => probability * next.Rate);
                }
            }
        }
        return (down, often);
    }

    private static IEnumerable<(string Queue, double Rate)> Fallen(string queue) =>
        "LRB".Where(part => !queue.Contains(part)).Select(part => (queue + part, part == 'B' ? BackboneFails : SwitchFails));

    private double[] SolveNetwork()
    {
        int n = _queues.Count;
        Matrix<double> balance = Matrix<double>.Build.Dense(n, n);
        for (int from = 0; from < n; from++)
        {
            string queue = _queues[from];
            IEnumerable<(string Queue, double Rate)> next = Fallen(queue);
            if (queue.Length > 0)
            {
                next = next.Append((queue[1..], queue[0] == 'B' ? BackboneRepaired : SwitchRepaired));
            }
            foreach ((string to, double rate) in next)
            {
                balance[_queues.IndexOf(to), from] += rate;
                balance[from, from] -= rate;
            }
        }
        // One equation follows from the others: in its place the probabilities sum to 1.
        balance.SetRow(0, Vector<double>.Build.Dense(n, 1));
        return [.. balance.LU().Solve(Vector<double>.Build.Dense(n, i => i == 0 ? 1 : 0))];
    }

    /// <summary>Who waits for the operator of the network, first the one in hand.</summary>
    public readonly record struct Network(string Queue)
    {
        public bool Left => !Queue.Contains('L');

        public bool Right => !Queue.Contains('R');

        public bool All => Queue.Length == 0;
    }
}
