using System.Globalization;
using System.Text;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Observation;
using FailoverSim.Kernel.Results;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Scenario;
using FailoverSim.Scenario.Building;
using FailoverSim.Scenario.Specification;
using Xunit;

namespace FailoverSim.Tests.Models;

/// <summary>One replication of a scenario written in a test, told by its states, outages and shares; instants are exact.</summary>
internal sealed class Story : ITrace
{
    private readonly List<(long At, string Entity, string State)> _states = [];
    private readonly ResultNames _names;
    private readonly ServiceRow[] _rows;

    private Story(ScenarioSpec spec, long replication)
    {
        Simulation simulation = new ScenarioModel(spec).Build();
        simulation.Trace = this;
        _rows = simulation.Run(replication, spec.Run.WarmUp, spec.Run.Horizon);
        _names = simulation.NamesFor(spec.Run.Horizon);
    }

    public static Story Of(string yaml, string horizon = "1000h", string warmUp = "0s", long replication = 0) =>
        new(Spec($"{yaml}\nrun: {{horizon: {horizon}, warm-up: {warmUp}}}"), replication);

    /// <summary>Reads a scenario without its first two lines.</summary>
    public static ScenarioSpec Spec(string yaml)
    {
        ScenarioReading reading = ScenarioFile.Read("story", Encoding.UTF8.GetBytes("failoversim: 1\nname: story\n" + yaml));
        Assert.False(reading.HasErrors, string.Join('\n', reading.Diagnostics));
        return reading.Spec!;
    }

    /// <summary>What an entity said, such as <c>100h repair</c>; what lasts no time, or only repeats, leaves no mark.</summary>
    public IReadOnlyList<string> StatesOf(string entity)
    {
        List<(long At, string State)> told = [];
        foreach ((long at, string _, string state) in _states.Where(s => s.Entity == entity))
        {
            if (told.Count > 0 && told[^1].At == at)
            {
                told.RemoveAt(told.Count - 1);
            }
            if (told.Count == 0 || told[^1].State != state)
            {
                told.Add((at, state));
            }
        }
        return [.. told.Select(t => $"{Text(t.At)} {t.State}")];
    }

    /// <summary>When the repairs of entities started, one entity after the other.</summary>
    public IReadOnlyList<string> Repairs(params string[] entities) => [.. entities.SelectMany(e => Instants(e, "repair"))];

    /// <summary>When an entity said that it is in a state.</summary>
    public IReadOnlyList<string> Instants(string entity, string state) =>
        [.. _states.Where(s => s.Entity == entity && s.State == state).Select(s => Text(s.At))];

    /// <summary>The outages of a service: <c>100h +10h pump/repair</c>.</summary>
    public IReadOnlyList<string> Outages(int service = 0) =>
        [.. _rows[service].Outages.Select(o =>
            $"{Text(o.Start)} +{Text(o.Duration)} {_names.Causes[o.Cause]}/{_names.Stages[o.Stage]}")];

    public string Causes(int service = 0) => Shares(_rows[service].DownByCause, _names.Causes);

    public string Stages(int service = 0) => Shares(_rows[service].DownByStage, _names.Stages);

    public ServiceRow Row(int service = 0) => _rows[service];

    /// <summary>Every state that was told, one per line.</summary>
    public string Trace() => string.Concat(_states.Select(s => $"{s.At,18} {s.Entity} {s.State}\n"));

    public void OnTimer(SimTime time, Component component, int slot, int timer)
    {
    }

    public void OnState(SimTime time, Component component, int slot, string state) =>
        _states.Add((time.Nanoseconds, component.EntityName(slot), state));

    public void OnSignal(SimTime time, Signal signal, bool value)
    {
    }

    private static string Shares(IReadOnlyList<long> shares, IReadOnlyList<string> names) =>
        string.Join(", ", shares.Select((share, i) => (share, names[i])).Where(s => s.share > 0)
            .OrderBy(s => s.Item2, StringComparer.Ordinal).Select(s => $"{s.Item2} {Text(s.share)}"));

    /// <summary>In the greatest unit that divides it: nothing is rounded.</summary>
    private static string Text(long nanoseconds)
    {
        foreach ((string unit, long length) in new[] { ("h", 3_600_000_000_000), ("m", 60_000_000_000), ("s", 1_000_000_000) })
        {
            if (nanoseconds % length == 0)
            {
                return (nanoseconds / length).ToString(CultureInfo.InvariantCulture) + unit;
            }
        }
        return nanoseconds.ToString(CultureInfo.InvariantCulture) + "ns";
    }
}
