using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Signals;

namespace FailoverSim.Models.Workloads;

/// <summary>The workloads of a model, their pods in numbered places, and their signals, before the component that drives them.</summary>
/// <remarks>A pod's place is its owner and ordinal; one incarnation follows another in it.</remarks>
public sealed class WorkloadSet
{
    private WorkloadSet(ModelBuilder builder, IReadOnlyList<WorkloadOptions> workloads)
    {
        Options = [.. workloads];
        int[] first = new int[Options.Length + 1];
        for (int w = 0; w < Options.Length; w++)
        {
            first[w + 1] = first[w] + Options[w].Replicas;
        }
        FirstPod = [.. first];
        int[] owners = new int[first[^1]];
        Signal[] serving = new Signal[first[^1]];
        Signal[] up = new Signal[Options.Length];
        for (int w = 0; w < Options.Length; w++)
        {
            for (int pod = first[w]; pod < first[w + 1]; pod++)
            {
                owners[pod] = w;
                serving[pod] = builder.Condition(NameOf(w, pod - first[w]));
            }
            up[w] = builder.Gate(Options[w].Name, Options[w].Needed, serving[first[w]..first[w + 1]]);
        }
        WorkloadOf = [.. owners];
        Serving = [.. serving];
        Up = [.. up];
        Tolerations = [.. Options.Select(o => o.Tolerations).Distinct()];
        TolerationOf = [.. Options.Select(o => Tolerations.IndexOf(o.Tolerations))];
        Affinities = Affinities.Of(Options);
    }

    public ImmutableArray<WorkloadOptions> Options { get; }

    /// <summary>Number of the first pod of each workload, and of all pods at the end.</summary>
    public ImmutableArray<int> FirstPod { get; }

    public int PodCount => FirstPod[^1];

    /// <summary>Owner of each pod.</summary>
    public ImmutableArray<int> WorkloadOf { get; }

    /// <summary>Per pod: it is ready, in the rules of the nodes, and answers.</summary>
    public ImmutableArray<Signal> Serving { get; }

    /// <summary>Per workload: enough of its pods serve.</summary>
    public ImmutableArray<Signal> Up { get; }

    /// <summary>The different tolerations; each has a clock of its own on a tainted node.</summary>
    public ImmutableArray<TolerationOptions> Tolerations { get; }

    /// <summary>Index in <see cref="Tolerations"/> by workload.</summary>
    public ImmutableArray<int> TolerationOf { get; }

    /// <summary>Null where no workload has any.</summary>
    internal Affinities? Affinities { get; }

    public static WorkloadSet Declare(ModelBuilder builder, IReadOnlyList<WorkloadOptions> workloads) => new(builder, workloads);

    /// <summary>Name of a pod, such as <c>stateless-12/3</c>.</summary>
    public string NameOf(int pod) => NameOf(WorkloadOf[pod], pod - FirstPod[WorkloadOf[pod]]);

    private string NameOf(int workload, int ordinal) => $"{Options[workload].Name}/{ordinal + 1}";
}
