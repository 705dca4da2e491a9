using System.Collections.Immutable;
using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Signals;
using FailoverSim.Models.Repair;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Scenario.Building;

/// <summary>The kinds of jobs that a scenario can bring: one per group of units, set of crews, part and law of the work.</summary>
internal sealed class JobClasses(ScenarioSpec spec, IReadOnlyDictionary<string, Signal> margins)
{
    private readonly Dictionary<string, JobClass> _classes = [];
    private readonly List<JobClass> _all = [];

    public IReadOnlyList<JobClass> All => _all;

    public JobClass For(IReadOnlyList<string> units, IReadOnlyList<string> crews, string? spare, Law takes) =>
        For(string.Join(' ', units), () => ServicesOf(units), crews, spare, takes);

    /// <summary>A procedure of a cluster may matter to every probe.</summary>
    public JobClass ForCluster(string procedure, IReadOnlyList<string> crews, string? spare, Law takes) =>
        For(
            $"procedure {procedure}",
            () => [.. spec.Services.Where(s => s.Probe is not null).Select(s => margins[s.Name]).Distinct()],
            crews,
            spare,
            takes);

    private JobClass For(
        string whose, Func<ImmutableArray<Signal>> services, IReadOnlyList<string> crews, string? spare, Law takes)
    {
        string key = string.Join('|', whose, string.Join(' ', crews), spare, takes);
        if (!_classes.TryGetValue(key, out JobClass? known))
        {
            known = new JobClass(
                _all.Count,
                [.. crews.Select(name => spec.Crews.Select(c => c.Name).ToList().IndexOf(name))],
                spare is null ? -1 : spec.Spares.Select(s => s.Name).ToList().IndexOf(spare),
                services());
            _classes.Add(key, known);
            _all.Add(known);
        }
        return known;
    }

    private ImmutableArray<Signal> ServicesOf(IReadOnlyList<string> units) =>
        [.. spec.Services
            .Where(s => s.UpWhen is { } upWhen && ExpressionGates.UnitsOf(upWhen).Intersect(units, StringComparer.Ordinal).Any())
            .Select(s => margins[s.Name])
            .Distinct()];
}
