using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Observation;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Scenario.Building;
using FailoverSim.Tests.Models;
using Xunit;
namespace FailoverSim.Tests.Cluster.Whole;
public class Scratch
{
    [Fact]
    public void Dump()
    {
        foreach (string f in new[] { "elided", "exhaustive" })
        {
            string c = System.IO.File.ReadAllText("/tmp/el/case.yaml");
            string[] p = System.IO.File.ReadAllText("/tmp/el/case.txt").Trim().Split(' ');
            Simulation s = new ScenarioModel(Story.Spec($"{c}run: {{horizon: 120s, fidelity: {f}}}")).Build();
            using System.IO.StreamWriter w = new($"/tmp/el/{f}.log");
            s.Trace = new T(s, w, double.Parse(p[1]), double.Parse(p[2]));
            s.Run(int.Parse(p[0]), SimDuration.Zero, SimDuration.FromSeconds(120));
        }
    }
    private sealed class T(Simulation s, System.IO.TextWriter w, double a, double b) : ITrace
    {
        private bool In(SimTime t) => t.Seconds >= a && t.Seconds <= b;
        public void OnTimer(SimTime time, Component component, int slot, int timer) { if (In(time)) w.WriteLine($"{time.Seconds:F9} T {component.EntityName(slot)}.{timer}"); }
        public void OnState(SimTime time, Component component, int slot, string state) { if (In(time)) w.WriteLine($"{time.Seconds:F9}   {component.EntityName(slot)} is {state} [{s.Cause.Kind}]"); }
        public void OnNote(SimTime time, Component component, int slot, string note, string? state = null) { if (In(time)) w.WriteLine($"{time.Seconds:F9}   {component.EntityName(slot)}: {note} [{s.Cause.Kind}]"); }
        public void OnSignal(SimTime time, Signal signal, bool value) { if (In(time)) w.WriteLine($"{time.Seconds:F9}   {(value ? '+' : '-')}{s.Signals.NameOf(signal)} [{s.Cause.Kind}]"); }
    }
}
