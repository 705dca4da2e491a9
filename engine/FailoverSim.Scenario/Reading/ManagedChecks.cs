using FailoverSim.Scenario.Catalogue;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Language;

namespace FailoverSim.Scenario.Reading;

/// <summary>A control plane that somebody else runs leaves nothing of it to simulate, but its timers.</summary>
internal sealed class ManagedChecks(BoundMapping file, ScenarioNames names, ClusterLayout layout, DiagnosticBag bag)
{
    private static readonly HashSet<string> Parts = [.. ComponentKeys.ControlPlane.Select(key => key.Name)];

    public void Check()
    {
        if (!layout.IsManaged)
        {
            return;
        }
        foreach (var component in layout.Pools.SelectMany(pool => pool.Item.Value.Items(TopologyKeys.Runs))
            .Where(component => Parts.Contains(component.Value)))
        {
            bag.Error(component.Mark, Codes.ManagedAndSimulated, $"'{component.Value}' runs here, and 'control-plane' says that somebody else runs it",
                "remove it from 'runs', or remove 'control-plane'");
        }
        if (file.Child(ScenarioKeys.Components) is not { } components)
        {
            return;
        }
        foreach (var key in ComponentKeys.ControlPlane.Where(components.IsWritten))
        {
            if (key == ComponentKeys.CloudLb && ProbeChecks.IsForNodesOnly(names))
            {
                continue;
            }
            var ofNodes = TimerCatalogue.Find(key.Name)!.All.Where(setting => setting.ForPods).Select(setting => setting.Key).ToHashSet();
            if (ofNodes.Count == 0)
            {
                bag.Error(components.KeyMark(key), Codes.ManagedAndSimulated,
                    $"'{key.Name}' has settings, and 'control-plane' says that somebody else runs it", "remove them, or remove 'control-plane'");
                continue;
            }
            foreach (var (below, _) in components.Child(key)?.Entries.Where(entry => !ofNodes.Contains(entry.Key.Name)) ?? [])
            {
                if (components.Child(key)!.IsWritten(below))
                {
                    bag.Error(components.Child(key)!.KeyMark(below), Codes.ManagedAndSimulated,
                        $"'{below.Name}' concerns a simulated {key.Name}, and 'control-plane' says that somebody else runs it",
                        $"remove it; {string.Join(", ", ofNodes.Order(StringComparer.Ordinal).Take(3))} can be set");
                }
            }
        }
    }
}
