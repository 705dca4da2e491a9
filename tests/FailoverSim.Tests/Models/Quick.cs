using FailoverSim.Kernel.Replications;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Laws;
using FailoverSim.Scenario.Building;
using FailoverSim.Scenario.Specification;
using Xunit;
using Xunit.Abstractions;

namespace FailoverSim.Tests.Models;

public class QuickTests(ITestOutputHelper output)
{
    [Fact]
    public void A03()
    {
        foreach (int crews in new[] { 1, 2, 5 })
        {
            ScenarioSpec spec = new()
            {
                Name = "a03",
                Units = [new UnitSpec { Name = "u", Count = 5, Fails = new Exponential(2000 * 3600), Modes = [new ModeSpec("u", 1, FoundBy.AtOnce, new RepairSpec(new Exponential(24 * 3600), ["c"], null))] }],
                Crews = [new CrewSpec { Name = "c", Size = crews, Hours = new Hours.Always() }],
                Services = [new ServiceSpec("s", new UpWhen.Copies("u", 3)), new ServiceSpec("t", new UpWhen.Copies("u", 1))],
                Run = new RunSpec { Horizon = new SimDuration(100 * SimDuration.NanosecondsPerYear), Replications = 2000 },
            };
            ScenarioModel model = new(spec);
            var w = System.Diagnostics.Stopwatch.StartNew();
            double down = 0, n = 0; long outages = 0, events = 0; ulong fp = 0;
            foreach (var block in new ReplicationRunner(model.Build, spec.Run.WarmUp, spec.Run.Horizon, 2).Run(0, 2000, default, default))
            {
                foreach (var row in block.Rows.Where(r => r.Service == 0)) { down += row.DownNanoseconds; outages += row.OutageCount; n++; Assert.Equal(row.DownNanoseconds, row.DownByCause.Sum()); Assert.Equal(row.DownNanoseconds, row.DownByStage.Sum()); }
                events += block.Events; fp = unchecked(fp * 31 + block.Fingerprint);
            }
            output.WriteLine($"crews {crews}: U={down / n / spec.Run.Horizon.Nanoseconds:E4} f/h={outages / n / (100 * 8760):E4} events={events} {w.Elapsed.TotalSeconds:F2}s {w.Elapsed.TotalSeconds * 1e9 / events:F0} ns/event fp={fp:x}");
        }
    }
}
