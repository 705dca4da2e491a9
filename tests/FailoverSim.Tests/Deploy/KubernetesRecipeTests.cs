using k8s;
using k8s.Models;
using Xunit;
using YamlDotNet.Core;

namespace FailoverSim.Tests.Deploy;

/// <summary>The manifest is valid by the types of the Kubernetes API, and by rules of the API server that types do not tell.</summary>
public sealed class KubernetesRecipeTests
{
    private static readonly string Manifest = Recipe.TextOf("kubernetes.yaml");

    [Fact]
    public void The_manifest_is_valid()
    {
        Assert.Equal(["PersistentVolumeClaim failoversim", "Job failoversim-shards", "Job failoversim-merge"], Read(Manifest).Select(
            thing => $"{thing.Kind} {((IMetadata<V1ObjectMeta>)thing).Metadata.Name}"));
        Assert.Empty(Problems(Manifest));
    }

    [Theory]
    [InlineData("parallelism: 8", "paralellism: 8")]
    [InlineData("restartPolicy: Never", "restart: Never")]
    [InlineData("completions: 8", "completions: eight")]
    [InlineData("{type: DisruptionTarget, status: \"True\"}", "{type: DisruptionTarget, state: \"True\"}")]
    public void What_the_types_do_not_have_is_found(string right, string wrong) => Assert.Throws<YamlException>(() => Read(Changed(right, wrong)));

    [Theory]
    [InlineData("  completions: 8\n", "", "completions")]
    [InlineData("completionMode: Indexed", "completionMode: NonIndexed", "backoffLimitPerIndex")]
    [InlineData("restartPolicy: Never", "restartPolicy: OnFailure", "restartPolicy")]
    [InlineData("value: \"8\"", "value: \"9\"", "JOB_COMPLETIONS")]
    [InlineData("values: [2, 3, 4, 5, 6]", "values: [2, 3, 6, 5]", "exit codes")]
    [InlineData("{name: data, mountPath: /data}", "{name: results, mountPath: /data}", "mounts")]
    [InlineData("claimName: failoversim", "claimName: other", "claim")]
    [InlineData("limits: {cpu: \"1\", memory: 1Gi}", "limits: {cpu: 500m, memory: 1Gi}", "requests more cpu")]
    public void What_the_API_server_refuses_is_found(string right, string wrong, string problem) =>
        Assert.Contains(Problems(Changed(right, wrong)), found => found.Contains(problem, StringComparison.Ordinal));

    private static string Changed(string right, string wrong)
    {
        Assert.Contains(right, Manifest, StringComparison.Ordinal);
        return Manifest.Replace(right, wrong, StringComparison.Ordinal);
    }

    private static IKubernetesObject[] Read(string manifest) => [.. KubernetesYaml.LoadAllFromString(manifest, strict: true).Cast<IKubernetesObject>()];

    private static IEnumerable<string> Problems(string manifest)
    {
        IKubernetesObject[] things = Read(manifest);
        string[] claims = [.. things.OfType<V1PersistentVolumeClaim>().Select(claim => claim.Metadata.Name)];
        return things.OfType<V1Job>().SelectMany(job => Problems(job, claims).Select(problem => $"{job.Metadata.Name}: {problem}"));
    }

    /// <summary>As <c>ValidateJobSpec</c> and <c>ValidatePodTemplateSpec</c> of the API server have it, of what is used here; and that the count is handed down.</summary>
    private static IEnumerable<string> Problems(V1Job job, string[] claims)
    {
        V1JobSpec spec = job.Spec;
        V1PodSpec pod = spec.Template.Spec;
        bool indexed = spec.CompletionMode == "Indexed";
        if (indexed && (spec.Completions is null || spec.Parallelism is null))
        {
            yield return "Indexed needs completions and parallelism";
        }
        if (spec.BackoffLimitPerIndex is not null && !indexed)
        {
            yield return "backoffLimitPerIndex needs completionMode Indexed";
        }
        if (pod.RestartPolicy is not ("Never" or "OnFailure") || (pod.RestartPolicy != "Never" && (spec.BackoffLimitPerIndex ?? (object?)spec.PodFailurePolicy) is not null))
        {
            yield return "restartPolicy must be Never";
        }
        foreach (V1PodFailurePolicyRule rule in spec.PodFailurePolicy?.Rules ?? [])
        {
            if (rule.Action is not ("FailJob" or "Ignore" or "Count") || (rule.OnExitCodes is null) == (rule.OnPodConditions is null))
            {
                yield return "a rule of podFailurePolicy has an action and one kind of requirement";
            }
            if (rule.OnExitCodes is { } codes && (codes.OperatorProperty is not ("In" or "NotIn") || codes.Values.Contains(0)
                || !codes.Values.SequenceEqual(codes.Values.Distinct().Order())))
            {
                yield return "exit codes are in order, each once, without 0";
            }
            if (rule.OnPodConditions?.Any(condition => condition.Type is null || condition.Status is not ("True" or "False" or "Unknown")) is true)
            {
                yield return "a condition has a type and a status";
            }
        }
        string[] volumes = [.. pod.Volumes.Select(volume => volume.Name)];
        foreach (V1Container container in pod.Containers)
        {
            if (container.VolumeMounts.Any(mount => !volumes.Contains(mount.Name)))
            {
                yield return "a container mounts what is no volume";
            }
            foreach ((string resource, ResourceQuantity request) in container.Resources.Requests)
            {
                if (request.ToDecimal() > container.Resources.Limits[resource].ToDecimal())
                {
                    yield return $"a container requests more {resource} than its limit";
                }
            }
            if (container.Args.Contains("auto") && container.Env?.SingleOrDefault(variable => variable.Name == "JOB_COMPLETIONS")?.Value != $"{spec.Completions}")
            {
                yield return "JOB_COMPLETIONS is not completions";
            }
        }
        if (pod.Volumes.Any(volume => volume.PersistentVolumeClaim is { } claim && !claims.Contains(claim.ClaimName)))
        {
            yield return "a volume is of a claim that is not there";
        }
    }
}
