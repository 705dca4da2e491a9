using FailoverSim.Models.Nodes;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Language;
using FailoverSim.Scenario.Specification;
using FailoverSim.Scenario.Values;
using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Scenario.Reading;

/// <summary>Timers that run out before the answer can be there: what is well would be taken for dead, and no model can be made of that.</summary>
internal sealed class ReachChecks(BoundMapping file, ClusterSpec cluster, DiagnosticBag bag)
{
    /// <summary>From the start of a check until the answer is there.</summary>
    private const int RoundTripsOfCheck = 3;

    private readonly BoundMapping? _components = file.Child(ScenarioKeys.Components);

    public void Check()
    {
        if (cluster.Haproxy is { } haproxy)
        {
            CheckChecks(ComponentKeys.Haproxy, haproxy.Check, Farthest("haproxy", "apiserver"), fromStart: false);
        }
        if (cluster.CloudLb is { } cloud)
        {
            CheckChecks(ComponentKeys.CloudLb, cloud.Check, cluster.RttBetweenZones.Mean, fromStart: true);
        }
        if (cluster.Keepalived is { } keepalived && !(Farthest("keepalived", "keepalived") / 2 < keepalived.Advert.Seconds))
        {
            Tell(_components?.Child(ComponentKeys.Keepalived), KeepalivedKeys.Advert, $"advertisements every {DurationText.Write(keepalived.Advert)}");
        }
        if (cluster.NodeHealth is { } nodes
            && nodes.MonitorGracePeriod.Seconds < (nodes.LeaseRenewInterval.Seconds * (1 + nodes.RenewJitter)) + NodeHealthOptions.DefaultRenewTakes.Seconds)
        {
            Mark mark = Place(_components?.Child(ComponentKeys.ControllerManager), NodeKeys.GracePeriod);
            bag.Error(mark, Codes.TimerTooShort,
                $"the grace period of {DurationText.Write(nodes.MonitorGracePeriod)} ends before the next heartbeat of a node, after {DurationText.Write(nodes.LeaseRenewInterval)}",
                "write a longer one, or a shorter 'node-lease-duration-seconds' of the kubelet");
        }
    }

    private void CheckChecks(Key component, CheckSpec check, double trip, bool fromStart)
    {
        double connect = fromStart ? check.Timeout.Seconds : Math.Min(check.ConnectTimeout.Seconds, check.Interval.Seconds);
        double answer = fromStart ? check.Timeout.Seconds : trip + check.Timeout.Seconds;
        if (!(RoundTripsOfCheck * trip < Math.Min(connect, answer)))
        {
            Tell(_components?.Child(component)?.Child(BalancerKeys.Check), connect <= answer && !fromStart ? CheckKeys.Interval : CheckKeys.Timeout,
                $"a check that may take {DurationText.Write(connect <= answer && !fromStart ? check.Interval : check.Timeout)}");
        }
    }

    private void Tell(BoundMapping? settings, Key key, string what) => bag.Error(Place(settings, key), Codes.TimerTooShort,
        $"{what} cannot wait for the round trips between the machines", $"write a longer '{key.Name}', or shorter round trips under 'topology.rtt'");

    private Mark Place(BoundMapping? settings, Key key)
    {
        Mark written = settings?.Find(key)?.Mark ?? default;
        Mark trips = file.Child(ScenarioKeys.Topology)?.Child(TopologyKeys.Rtt)?.Entries.Select(entry => entry.Value.Mark).FirstOrDefault(mark => !mark.IsDefault) ?? default;
        return written.File is not null && !written.IsDefault ? written
            : trips.File is not null ? trips
            : file.KeyMark(ScenarioKeys.Nodes);
    }

    /// <summary>The longest round trip on average, in seconds, between machines that run one component and another.</summary>
    private double Farthest(string one, string other) =>
        ZonesOf(one).SelectMany(zone => ZonesOf(other).Select(far => cluster.Rtt(zone, far).Mean)).DefaultIfEmpty(0).Max();

    private HashSet<string> ZonesOf(string component) =>
        [.. cluster.Pools.Where(pool => pool.Runs.Contains(component)).SelectMany(pool => pool.Machines).Select(machine => machine.Zone)];
}
