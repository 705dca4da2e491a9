using FailoverSim.Scenario.Catalogue;
using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Scenario.Importing;

/// <summary>Configurations of kubeadm, the kubelet and the scheduler.</summary>
internal static class KubeadmSource
{
    public static void TakeCluster(Fields configuration, Dump dump)
    {
        dump.IsKubeadm = true;
        dump.Versions.Add(Products.Kubernetes, configuration.Text("kubernetesVersion"), 2);
        dump.HasEndpoint |= configuration.Has("controlPlaneEndpoint");
        Fields etcd = configuration.Map("etcd");
        dump.Versions.Add(Products.Etcd, etcd.Map("local").Text("imageTag"), 2);
        if (etcd.Map("external").Exists)
        {
            dump.IsEtcdExternal = true;
            dump.EtcdMembers = Math.Max(dump.EtcdMembers, etcd.Map("external").Texts("endpoints").Count);
            dump.AsksAllMembers = true;
        }
        TakeArguments("etcd", etcd.Map("local"), dump);
        TakeArguments("apiserver", configuration.Map("apiServer"), dump);
        TakeArguments("controller-manager", configuration.Map("controllerManager"), dump);
        TakeArguments("scheduler", configuration.Map("scheduler"), dump);
    }

    public static void TakeKubelet(Fields configuration, Dump dump)
    {
        if (configuration.Scalar("nodeLeaseDurationSeconds") is { } lease)
        {
            dump.Settings.Read("kubelet.node-lease-duration-seconds", "nodeLeaseDurationSeconds", lease, text => ForeignValues.Duration(text, 1e9m), "40");
        }
        if (configuration.Map("crashLoopBackOff").Scalar("maxContainerRestartPeriod") is { } most)
        {
            dump.Settings.Read("kubelet.crash-loop-back-off.max", "maxContainerRestartPeriod", most, text => ForeignValues.Duration(text, 0), "300s");
        }
    }

    public static void TakeScheduler(Fields configuration, Dump dump)
    {
        foreach ((string field, string key) in new[] { ("leaseDuration", "duration"), ("renewDeadline", "renew-deadline"), ("retryPeriod", "retry") })
        {
            if (configuration.Map("leaderElection").Scalar(field) is { } text)
            {
                dump.Settings.Read($"scheduler.lease.{key}", field, text, value => ForeignValues.Duration(value, 0), "15s");
            }
        }
        foreach ((string field, string key) in new[]
        {
            ("podInitialBackoffSeconds", "pod-initial-backoff-seconds"), ("podMaxBackoffSeconds", "pod-max-backoff-seconds"),
        })
        {
            if (configuration.Scalar(field) is { } text)
            {
                dump.Settings.Read($"scheduler.{key}", field, text, value => ForeignValues.Duration(value, 1e9m), "10");
            }
        }
    }

    /// <summary>The arguments as a map (to v1beta3) or as a list of names and values (from v1beta4).</summary>
    private static void TakeArguments(string component, Fields settings, Dump dump)
    {
        const string key = "extraArgs";
        List<(string Flag, YamlScalar Value)> flags = [];
        if (settings.IsList(key))
        {
            flags.AddRange(settings.Maps(key).Where(argument => argument.Scalar("value") is not null)
                .Select(argument => (argument.Text("name") ?? "", argument.Scalar("value")!)));
        }
        else
        {
            Fields arguments = settings.Map(key);
            flags.AddRange(arguments.Entries.Select(entry => (entry.Key.Text, arguments.Scalar(entry.Key.Text))).Where(entry => entry.Item2 is not null)
                .Select(entry => (entry.Text, entry.Item2!)));
        }
        ComponentFlags.Take(component, flags, Closeness.Configured, dump.Settings, dump.Unused);
    }
}
