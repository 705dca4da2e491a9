namespace FailoverSim.Scenario.Importing;

/// <summary>The workloads of the scenario to be.</summary>
internal static class WorkloadText
{
    public static void Write(ImportedScenario scenario, ScenarioText text)
    {
        if (scenario.Workloads.Count == 0)
        {
            return;
        }
        text.Blank();
        text.Add(0, "workloads");
        foreach (ImportedWorkload workload in scenario.Workloads)
        {
            text.Begin(workload);
            Write(workload, scenario, text);
            text.Begin(null);
        }
    }

    /// <summary>Ready replicas from which a workload is taken to be up: a majority where it keeps state in several, else half.</summary>
    public static string? UpWhen(ImportedWorkload workload) => workload.Facts.Replicas == 1 ? null
        : workload.Facts.Kind == "StatefulSet" && workload.Facts.Replicas >= 3
            ? FormattableString.Invariant($"ready >= {(workload.Facts.Replicas / 2) + 1}")
            : "ready >= 50% of replicas";

    private static void Write(ImportedWorkload workload, ImportedScenario scenario, ScenarioText text)
    {
        WorkloadFacts facts = workload.Facts;
        PodFacts pod = facts.Pod;
        string origin = scenario.IsAnonymous ? $"{scenario.NamespaceName(facts.Namespace)}/{workload.Name}" : facts.Key;
        text.Add(1, workload.Name, remark: $"{facts.Kind} {origin}");
        text.Add(2, "replicas", FormattableString.Invariant($"{facts.Replicas}"));
        bool isStateful = facts.Kind == "StatefulSet";
        Optional("kind", isStateful == workload.HasVolumes ? null : isStateful ? "stateful-set" : "deployment");
        Optional("cpu", pod.Cpu >= 0.001m ? ForeignValues.Cores(pod.Cpu) : null);
        Optional("memory", pod.Memory >= 1 ? ForeignValues.Size(pod.Memory) : null);
        Optional("nodes", workload.Pools.Count > 0 ? $"[{string.Join(", ", workload.Pools)}]" : null);
        Optional("zones", workload.Zones.Count > 0 ? $"[{string.Join(", ", workload.Zones)}]" : null);
        Optional("grace", pod.Grace == 30 ? null : FormattableString.Invariant($"{pod.Grace}s"));
        Optional("readiness", Probe(pod.Readiness));
        Optional("liveness", Probe(pod.Liveness));
        List("spread", workload.Spreads.Select(Spread));
        List("affinity", workload.Affinities.Where(affinity => !affinity.IsAnti).Select(Affinity));
        List("anti-affinity", workload.Affinities.Where(affinity => affinity.IsAnti).Select(Affinity));
        Optional("budget", workload.Budget is { } budget ? $"{{{budget.Key}: {budget.Value}}}" : null);
        Optional("volume", workload.HasVolumes ? $"{{bound-to: {(scenario.Cluster.Zones.Count > 1 ? "zone" : "none")}}}" : null);
        Optional("tolerations", Tolerations(pod.Tolerations));
        Optional("up-when", UpWhen(workload));

        void Optional(string key, string? value)
        {
            if (value is not null)
            {
                text.Add(2, key, value);
            }
        }

        void List(string key, IEnumerable<string> items)
        {
            List<string> all = [.. items.Distinct()];
            Optional(key, all.Count == 0 ? null : all.Count == 1 ? all[0] : $"[{string.Join(", ", all)}]");
        }
    }

    private static string? Probe(ProbeFacts? probe) => probe is null ? null
        : FormattableString.Invariant($"{{period: {probe.Period}s, timeout: {probe.Timeout}s, failures: {Math.Min(1_000, probe.Failures)}}}");

    private static string Spread(SpreadFacts spread)
    {
        string domains = spread.MinDomains is { } least ? FormattableString.Invariant($", min-domains: {Math.Clamp(least, 1, 10_000)}") : "";
        return FormattableString.Invariant($"{{by: {spread.By}, max-skew: {Math.Min(1_000, spread.MaxSkew)}{domains}, {Hardness(spread.IsHard)}}}");
    }

    private static string Affinity(ImportedAffinity affinity) =>
        $"{{{(affinity.To is { } to ? $"to: {to}, " : "")}by: {affinity.By}, {Hardness(affinity.IsHard)}}}";

    private static string Hardness(bool isHard) => $"when-impossible: {(isHard ? "do-not-schedule" : "schedule-anyway")}";

    /// <summary>How long pods stay on a node that fails; what a template does not say the apiserver fills in.</summary>
    private static string? Tolerations(IReadOnlyList<TolerationFacts> tolerations)
    {
        string?[] parts = [Of("not-ready", "node.kubernetes.io/not-ready"), Of("unreachable", "node.kubernetes.io/unreachable")];
        string text = string.Join(", ", parts.OfType<string>());
        return text.Length > 0 ? $"{{{text}}}" : null;

        string? Of(string key, string taint)
        {
            List<TolerationFacts> covering = [.. tolerations.Where(toleration => toleration.Covers(new TaintFacts(taint, "", "NoExecute")))];
            // Of several, the shortest holds; one without a time is for ever.
            return covering.Count == 0 ? null
                : covering.Min(toleration => toleration.Seconds) is { } seconds ? FormattableString.Invariant($"{key}: {seconds}s") : $"{key}: forever";
        }
    }
}
