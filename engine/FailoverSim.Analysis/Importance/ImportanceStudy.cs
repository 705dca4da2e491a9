using FailoverSim.Analysis.Estimates;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Replications;
using FailoverSim.Scenario.Building;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Analysis.Importance;

/// <summary>How important the copies of one group are to a service. All but the last are of one copy, as means over the copies.</summary>
/// <param name="Service">Which service.</param>
/// <param name="Part">Which group.</param>
/// <param name="Copies">How many copies it has.</param>
/// <param name="Measures">By name, in the order of engine/docs/sensitivity.md.</param>
public sealed record PartImportance(string Service, string Part, int Copies, IReadOnlyList<(string Name, Estimate Estimate)> Measures);

/// <param name="Parts">By service and group, the largest criticality first.</param>
/// <param name="Refused">Of whom there are no measures, and why.</param>
public sealed record ImportanceOutcome(IReadOnlyList<PartImportance> Parts, IReadOnlyList<string> Refused)
{
    /// <summary>Without measures, because somebody asked to stop.</summary>
    public bool IsCutShort { get; init; }
}

/// <summary>
/// Importance measures from the structure of a service: the replications of the base are run once more, and in each state it is asked
/// what the service would be, were one copy failed or working and all else as it is. That is conditioning and not intervention:
/// what a failure does to queues, switches and other failures is not followed.
/// </summary>
public static class ImportanceStudy
{
    /// <param name="spec">The scenario.</param>
    /// <param name="replications">How many the base has run.</param>
    /// <param name="threads">At least 1; the results do not depend on it.</param>
    /// <param name="interrupt">Stop now: without measures.</param>
    /// <param name="level">Confidence of each interval alone.</param>
    public static ImportanceOutcome Run(
        ScenarioSpec spec, long replications, int threads, CancellationToken interrupt, double level = Summary.DefaultLevel)
    {
        ArgumentNullException.ThrowIfNull(spec);
        string[] probes = [.. spec.Services.Where(service => service.UpWhen is null).Select(service => service.Name)];
        List<string> refused = probes.Length == 0 ? []
            : [$"{string.Join(", ", probes)}: what is probed follows protocols and not gates; compare a variant without the part instead"];
        Structure[] structures =
            [.. spec.Services.Where(service => service.UpWhen is not null).Select(service => new Structure(service.Name, service.UpWhen!, spec.Units))];
        List<double[]> rows = structures.Length == 0 ? [] : Follow(spec, structures, replications, threads, interrupt);
        if (rows.Count < replications)
        {
            return new ImportanceOutcome([], refused) { IsCutShort = structures.Length > 0 };
        }
        List<PartImportance> parts = [];
        int first = 0;
        foreach (Structure structure in structures)
        {
            List<PartImportance> ofService = [];
            for (int g = 0; g < structure.Groups.Count; g++)
            {
                UnitSpec unit = structure.Groups[g];
                if (unit.Standby is not null)
                {
                    refused.Add($"{structure.Service}: {unit.Name} stands by and is switched in, which is no gate; compare a variant with another count instead");
                    continue;
                }
                int own = first + StructureTrace.PerService + (StructureTrace.PerGroup * g);
                int service = first;
                ofService.Add(new PartImportance(structure.Service, unit.Name, unit.Count,
                    [.. Measures.Select(measure => (measure.Name, Jackknife.Of(
                        [.. rows.Select(row => (double[])[1, row[service], row[service + 1], .. row[own..(own + StructureTrace.PerGroup)]])],
                        sums => measure.Of(new Sums(sums)), level)))]));
            }
            parts.AddRange(ofService.OrderByDescending(part => part.Measures.First(measure => measure.Name == Criticality).Estimate.Value ?? 0));
            first += StructureTrace.PerService + (StructureTrace.PerGroup * structure.Groups.Count);
        }
        return new ImportanceOutcome(parts, refused);
    }

    private const string Criticality = "criticality";

    /// <summary>Sums over replications: their number, then what <see cref="StructureTrace"/> adds up.</summary>
    private readonly struct Sums(double[] sums)
    {
        public double Down => sums[1] / sums[0];
        public double Outages => sums[2];
        public double Failed => sums[3] / sums[0];
        public double DownIfFailed => sums[4] / sums[0];
        public double DownIfWorking => sums[5] / sums[0];
        public double InFailedCut => sums[6] / sums[0];
        public double Tipped => sums[7];
        public double Birnbaum => DownIfFailed - DownIfWorking;
    }

    private static readonly (string Name, Func<Sums, double> Of)[] Measures =
    [
        ("unavailability", s => s.Failed),
        ("birnbaum", s => s.Birnbaum),
        (Criticality, s => s.Failed * s.Birnbaum / s.Down),
        ("fussell-vesely", s => s.InFailedCut / s.Down),
        ("risk-achievement-worth", s => s.DownIfFailed / s.Down),
        ("risk-reduction-worth", s => s.Down / s.DownIfWorking),
        ("barlow-proschan", s => s.Tipped / s.Outages),
    ];

    private static List<double[]> Follow(
        ScenarioSpec spec, IReadOnlyList<Structure> structures, long replications, int threads, CancellationToken interrupt)
    {
        ScenarioModel model = new(spec);
        (long, long) window = (spec.Run.WarmUp.Nanoseconds, (spec.Run.WarmUp + spec.Run.Horizon).Nanoseconds);
        ReplicationRunner runner = new(Build, spec.Run.WarmUp, spec.Run.Horizon, threads, simulation => ((StructureTraces)simulation.Trace!).Take());
        return [.. runner.Run(0, replications, CancellationToken.None, interrupt).SelectMany(block => block.Measures)];

        Simulation Build()
        {
            Simulation simulation = model.Build();
            simulation.Reset(0);
            simulation.Trace = new StructureTraces([.. structures.Select(structure => new StructureTrace(structure, simulation, window))]);
            return simulation;
        }
    }
}
