using System.Text;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Scenario.Importing;

/// <summary>What an import gave; no scenario if there is any error.</summary>
/// <param name="Scenario">The file to write, in the language.</param>
/// <param name="Assumed">What no dump said, in words.</param>
/// <param name="Unused">What was seen and not used, once per kind.</param>
/// <param name="Diagnostics">Findings, with their places in the dump.</param>
public sealed record ImportResult(
    string? Scenario, IReadOnlyList<string> Assumed, IReadOnlyList<(string Kind, int Count)> Unused, IReadOnlyList<Diagnostic> Diagnostics);

/// <summary>
/// Makes a scenario of what people have: objects of the Kubernetes API, configurations of kubeadm, manifests of static pods,
/// haproxy.cfg, keepalived.conf. The same files give the same bytes, whatever their order.
/// </summary>
public static class ClusterImport
{
    /// <param name="paths">Files and folders.</param>
    /// <param name="files">Files that are in memory.</param>
    /// <param name="isAnonymous">Whether names of nodes, zones, namespaces and workloads are scrubbed.</param>
    public static ImportResult Read(IEnumerable<string> paths, IEnumerable<DumpFile> files, bool isAnonymous = false)
    {
        ArgumentNullException.ThrowIfNull(paths);
        DiagnosticBag bag = new();
        return Import([.. DumpFiles.Load(paths, bag), .. files], isAnonymous, bag);
    }

    private static ImportResult Import(IReadOnlyList<DumpFile> files, bool isAnonymous, DiagnosticBag bag)
    {
        Dump dump = DumpFiles.Read(files, isAnonymous, bag);
        bool hasMachines = dump.Nodes.Count > 0 || dump.Components.Count > 0 || dump.IsConfigured;
        if (!hasMachines && !bag.HasErrors)
        {
            Mark place = new(files.Select(file => file.Name).Order(StringComparer.Ordinal).FirstOrDefault() ?? "import", 1, 1);
            bag.Error(place, Codes.ImportNothing, "there is no node, and nothing of a control plane",
                "add the nodes: kubectl get nodes,deployments,statefulsets,daemonsets,poddisruptionbudgets,pods -A -o json");
        }
        if (bag.HasErrors)
        {
            return new ImportResult(null, [], [], bag.Sorted());
        }
        return Write(Scenario(dump, isAnonymous), dump);
    }

    private static ImportedScenario Scenario(Dump dump, bool isAnonymous)
    {
        List<string> assumed = [];
        ImportedPools cluster = new(dump, isAnonymous, assumed);
        ImportedWorkloads workloads = new(dump, cluster, isAnonymous, assumed);
        ImportNames nodes = new("node", dump.Nodes.Select(node => node.Name), isAnonymous);
        ImportNames namespaces = new("namespace", dump.Workloads.Select(workload => workload.Namespace), isAnonymous);
        ImportedWorkload? dns = workloads.All.FirstOrDefault(workload => workload.Facts is { Namespace: "kube-system", Name: "coredns" or "kube-dns" });
        Assumptions.Add(dump, cluster, workloads.All, assumed);
        return new ImportedScenario
        {
            Cluster = cluster,
            Workloads = workloads.All,
            Settings = dump.Settings.Resolve(),
            Versions = dump.Versions,
            AsksAllMembers = dump.AsksAllMembers == true,
            Priorities = [.. dump.KeepalivedPriorities.OrderDescending()],
            Dns = dns?.Name,
            NodeName = name => isAnonymous ? nodes[name] : name,
            NamespaceName = name => namespaces[name],
            IsAnonymous = isAnonymous,
            Assumed = assumed,
            Unused = dump.Unused.All,
        };
    }

    /// <summary>
    /// Writes the scenario and reads it as any other. A dump may hold pods that no node has room for, or whose constraints cannot be met:
    /// they wait there, and are no error. So constraints become preferences, and what still cannot run is left out, until the rest can.
    /// </summary>
    private static ImportResult Write(ImportedScenario scenario, Dump dump)
    {
        while (true)
        {
            ScenarioText text = ScenarioWriter.Write(scenario);
            string written = text.ToString();
            ScenarioReading reading = ScenarioFile.Read("import", Encoding.UTF8.GetBytes(written));
            List<Diagnostic> errors = [.. reading.Diagnostics.Where(finding => finding.Severity == Severity.Error)];
            if (errors.Count == 0)
            {
                return new ImportResult(written, scenario.Assumed, scenario.Unused, dump.Bag.Sorted());
            }
            IEnumerable<ImportedWorkload> unplaced = errors.Where(error => error.Code == Codes.NeverPlaced)
                .Select(error => text.WorkloadOf(error.Line)).OfType<ImportedWorkload>();
            HashSet<ImportedWorkload> impossible = new(unplaced, ReferenceEqualityComparer.Instance);
            if (impossible.Count == 0)
            {
                foreach (Diagnostic error in errors)
                {
                    dump.Bag.Add(error with { Mark = text.SourceOf(error.Line) ?? error.Mark });
                }
                return new ImportResult(null, [], [], dump.Bag.Sorted());
            }
            scenario = Without(scenario, impossible, errors, text, dump);
        }
    }

    private static ImportedScenario Without(
        ImportedScenario scenario, HashSet<ImportedWorkload> impossible, List<Diagnostic> errors, ScenarioText text, Dump dump)
    {
        HashSet<string> dropped = [.. impossible.Where(workload => !workload.IsHard).Select(workload => workload.Name)];
        foreach (ImportedWorkload workload in impossible)
        {
            Diagnostic error = errors.First(error => text.WorkloadOf(error.Line) == workload);
            dump.Bag.Warning(workload.Facts.Mark, Codes.ImportAdapted, error.Message,
                workload.IsHard ? "its constraints are preferences in the scenario" : $"'{workload.Name}' is left out of the scenario");
        }
        dump.Unused.Add("workload that can never be placed", dropped.Count);
        List<string> assumed = [.. scenario.Assumed];
        if (impossible.Count > dropped.Count && !assumed.Contains(Assumptions.Relaxed))
        {
            assumed.Add(Assumptions.Relaxed);
        }
        return scenario with
        {
            Workloads = [.. scenario.Workloads.Where(workload => !dropped.Contains(workload.Name))
                .Select(workload => impossible.Contains(workload) ? workload.Relaxed() : workload)
                .Select(workload => workload.WithoutAffinityTo(dropped))],
            Dns = scenario.Dns is { } dns && dropped.Contains(dns) ? null : scenario.Dns,
            Assumed = assumed,
            Unused = dump.Unused.All,
        };
    }
}
