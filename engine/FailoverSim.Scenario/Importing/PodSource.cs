namespace FailoverSim.Scenario.Importing;

/// <summary>Pod templates: requests, constraints, tolerations, probes and claims.</summary>
internal static class PodSource
{
    private const string Hostname = "kubernetes.io/hostname";

    private static readonly string[] ZoneKeys = ["topology.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/zone"];

    /// <param name="template">With <c>metadata</c> and <c>spec</c>.</param>
    /// <param name="unused">Counts what the language cannot say.</param>
    public static PodFacts Read(Fields template, UnusedKinds unused)
    {
        Fields spec = template.Map("spec"), affinity = spec.Map("affinity");
        IReadOnlyDictionary<string, string> labels = template.Map("metadata").Strings("labels");
        IReadOnlyList<Fields> containers = spec.Maps("containers");
        unused.Add("preferred node affinity", affinity.Map("nodeAffinity").Maps("preferredDuringSchedulingIgnoredDuringExecution").Count);
        return new PodFacts
        {
            Labels = labels,
            Cpu = Request(spec, "cpu"),
            Memory = Request(spec, "memory"),
            NodeSelector = [.. spec.Strings("nodeSelector").Select(pair => new LabelCondition(pair.Key, "In", [pair.Value]))],
            NodeTerms = [.. affinity.Map("nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution").Maps("nodeSelectorTerms").Select(NodeTerm)],
            Tolerations = [.. spec.Maps("tolerations").Select(Toleration)],
            Spreads = [.. spec.Maps("topologySpreadConstraints").Select(spread => Spread(spread, labels, unused)).OfType<SpreadFacts>()],
            Affinities = [.. Terms(affinity.Map("podAffinity"), false, unused), .. Terms(affinity.Map("podAntiAffinity"), true, unused)],
            Readiness = Probe(containers, "readinessProbe"),
            Liveness = Probe(containers, "livenessProbe"),
            Grace = spec.Whole("terminationGracePeriodSeconds") ?? 30,
            Claims = [.. spec.Maps("volumes").Select(volume => volume.Map("persistentVolumeClaim").Text("claimName")).OfType<string>()],
        };
    }

    /// <summary>What the scheduler counts: the containers and sidecars together, or an init container that is larger, and the overhead.</summary>
    public static decimal Request(Fields spec, string resource)
    {
        decimal sum = spec.Maps("containers").Sum(Of);
        decimal sidecars = 0, largest = 0;
        foreach (Fields container in spec.Maps("initContainers"))
        {
            bool isSidecar = container.Text("restartPolicy") == "Always";
            largest = Math.Max(largest, sidecars + Of(container));
            sidecars += isSidecar ? Of(container) : 0;
        }
        decimal pod = Of(spec);
        return (pod > 0 ? pod : Math.Max(sum + sidecars, largest)) + spec.Map("overhead").Amount(resource);

        // A limit without a request is the request.
        decimal Of(Fields fields)
        {
            Fields resources = fields.Map("resources");
            return resources.Map("requests").Has(resource) ? resources.Map("requests").Amount(resource) : resources.Map("limits").Amount(resource);
        }
    }

    /// <summary>Conditions of a label selector; null without one, which selects nothing.</summary>
    public static IReadOnlyList<LabelCondition>? Selector(Fields selector) => !selector.Exists ? null :
    [
        .. selector.Strings("matchLabels").Select(pair => new LabelCondition(pair.Key, "In", [pair.Value])),
        .. selector.Maps("matchExpressions").Select(Condition),
    ];

    private static LabelCondition Condition(Fields expression) => new(
        expression.Text("key") ?? "", expression.Text("operator") ?? "", [.. expression.Texts("values").Select(value => value.Text)]);

    private static IReadOnlyList<LabelCondition> NodeTerm(Fields term) =>
        [.. term.Maps("matchExpressions").Concat(term.Maps("matchFields")).Select(Condition)];

    private static TolerationFacts Toleration(Fields toleration) => new(
        toleration.Text("key") is { Length: > 0 } key ? key : null, toleration.Text("operator") ?? "Equal", toleration.Text("value") ?? "",
        toleration.Text("effect") is { Length: > 0 } effect ? effect : null,
        // A negative time means none, as zero does.
        toleration.Text("tolerationSeconds")?.StartsWith('-') == true ? 0 : toleration.Whole("tolerationSeconds"));

    private static SpreadFacts? Spread(Fields spread, IReadOnlyDictionary<string, string> labels, UnusedKinds unused)
    {
        if (By(spread.Text("topologyKey")) is { } by && Selector(spread.Map("labelSelector")) is { } selector
            && selector.All(condition => condition.Holds(labels)))
        {
            bool isHard = spread.Text("whenUnsatisfiable") != "ScheduleAnyway";
            return new SpreadFacts(by, Math.Max(1, spread.Whole("maxSkew") ?? 1), isHard ? spread.Whole("minDomains") : null, isHard);
        }
        unused.Add("topology spread constraint by other than zone and node, or of other pods");
        return null;
    }

    private static IEnumerable<AffinityFacts> Terms(Fields affinity, bool isAnti, UnusedKinds unused)
    {
        IEnumerable<(Fields Term, bool IsHard)> terms =
        [
            .. affinity.Maps("requiredDuringSchedulingIgnoredDuringExecution").Select(term => (term, true)),
            .. affinity.Maps("preferredDuringSchedulingIgnoredDuringExecution").Select(term => (term.Map("podAffinityTerm"), false)),
        ];
        foreach ((Fields term, bool isHard) in terms)
        {
            // One without conditions is all namespaces; labels of namespaces are not in a dump.
            IReadOnlyList<LabelCondition>? spaces = Selector(term.Map("namespaceSelector"));
            if (spaces is { Count: > 0 })
            {
                unused.Add("pod affinity with a namespaceSelector");
            }
            else if (By(term.Text("topologyKey")) is { } by && Selector(term.Map("labelSelector")) is { } selector)
            {
                yield return new AffinityFacts(
                    isAnti, isHard, by, selector, spaces is null ? [.. term.Texts("namespaces").Select(name => name.Text)] : null);
            }
            else
            {
                unused.Add("pod affinity by other than zone and node");
            }
        }
    }

    private static string? By(string? topologyKey) => topologyKey == Hostname ? "node" : ZoneKeys.Contains(topologyKey) ? "zone" : null;

    private static ProbeFacts? Probe(IReadOnlyList<Fields> containers, string key)
    {
        Fields? probe = containers.Select(container => container.Map(key)).FirstOrDefault(found => found.Exists);
        return probe is null ? null : new ProbeFacts(
            probe.Whole("periodSeconds") is > 0 and var period ? period : 10, probe.Whole("timeoutSeconds") is > 0 and var timeout ? timeout : 1,
            probe.Whole("failureThreshold") is > 0 and var failures ? failures : 3);
    }
}
