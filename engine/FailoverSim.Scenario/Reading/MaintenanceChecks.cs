using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Language;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Scenario.Reading;

/// <summary>Whether planned work has a pool, a length and a window.</summary>
internal sealed class MaintenanceChecks(ScenarioNames names, ClusterLayout layout, DiagnosticBag bag)
{
    public void Check()
    {
        foreach (var entry in names.Maintenance.Where(entry => entry.Value.IsKnown))
        {
            if (entry.Value.IsWritten(FaultKeys.Surge))
            {
                foreach (var key in new Key[] { FaultKeys.PerNode, FaultKeys.Concurrency }.Where(entry.Value.IsWritten))
                {
                    bag.Error(entry.Value.KeyMark(key), Codes.KeysExclude,
                        $"'{key.Name}' is for machines that come back, and with 'surge' others take their places", "keep one of them");
                }
            }
            CheckDrains(entry);
            if (!entry.Value.Has(FaultKeys.PerNode) && !entry.Value.Has(FaultKeys.Surge))
            {
                bag.Error(entry.Mark, Codes.MissingKey, $"'{entry.Name}' has no 'per-node'",
                    "add how long a machine is out, such as 'per-node: 6m..12m'");
            }
            if (entry.Value.TryGet(FaultKeys.Window, out var window) && window is Hours.Otherwise)
            {
                bag.Error(entry.Value.Scalar(FaultKeys.Window)!.Mark, Codes.WindowNotWeekly,
                    "a window is not outside the hours of others", "write like Sat 02:00-06:00 UTC, or 24x7");
            }
            CheckPool(entry);
        }
    }

    private void CheckDrains(NamedItem entry)
    {
        if (entry.Value.TryGet(FaultKeys.Drains, out var drains) && !drains)
        {
            foreach (var key in new Key[] { FaultKeys.DrainTimeout, FaultKeys.RespectBudgets, FaultKeys.Surge }.Where(entry.Value.IsWritten))
            {
                bag.Error(entry.Value.KeyMark(key), Codes.KeyNeedsOther, $"'{key.Name}' needs drains", "remove it, or 'drains: false'");
            }
        }
        if (entry.Value.TryGet(FaultKeys.MaintenanceOf, out var selector)
            && layout.Pools.FirstOrDefault(pool => pool.Name == selector.Name) is { Room: null } pool)
        {
            foreach (var key in FaultKeys.ForPods.Where(entry.Value.IsWritten))
            {
                bag.Error(entry.Value.KeyMark(key), Codes.TakesNoPods, $"'{key.Name}' concerns pods, and the pool '{pool.Name}' takes none",
                    "remove it, or add 'cpu' or 'memory' to the pool");
            }
        }
    }

    private void CheckPool(NamedItem entry)
    {
        if (!entry.Value.TryGet(FaultKeys.MaintenanceOf, out var selector) || !layout.Exists)
        {
            return;
        }
        var source = entry.Value.Scalar(FaultKeys.MaintenanceOf)!.Source;
        bool onePool = selector is { Head: "nodes", Machine: null, Name: not (null or "*") };
        if (!onePool)
        {
            bag.Error(source.Mark, Codes.BadSelector, $"'{selector}' is not one pool",
                $"write nodes.POOL, such as nodes.{layout.Pools.Select(pool => pool.Name).FirstOrDefault("cp")}");
        }
        else if (!layout.Pools.Any(pool => pool.Name == selector.Name))
        {
            bag.Error(source.At(selector.NameIndex), Codes.NothingSelected, $"there is no pool '{selector.Name}'",
                Suggestion.For(selector.Name!, layout.Pools.Select(pool => pool.Name), "define it under 'nodes'"));
        }
    }
}
