#:project ../engine/FailoverSim.Reporting
// A first look at a scenario from C#: read it, run it, print what an engineer reads first.
//   dotnet run notebooks/first-look.cs [scenario.yaml]
using FailoverSim.Analysis.Studies;
using FailoverSim.Analysis.Tables;
using FailoverSim.Reporting.Text;
using FailoverSim.Scenario;

string file = args.Length > 0 ? args[0] : "scenarios/web-tier.yaml";
ScenarioReading reading = ScenarioFile.Read(file, ["run.horizon=2y"]);
foreach (var finding in reading.Diagnostics)
{
    Console.Error.WriteLine(finding);
}
if (reading.Spec is not { } spec)
{
    return 2;
}
RunOutcome outcome = RunStudy.Run(spec, Environment.ProcessorCount, progress: null, CancellationToken.None, CancellationToken.None);
ResultSet results = new(new Origin(spec.Name, reading.Hash!, "notebook", spec.Run.Seed), [outcome.Table!]);
foreach (ServiceGlance glance in ConsoleSummary.Of(results))
{
    Console.WriteLine(string.Join("\n  ", ConsoleSummary.Heads.Zip(ConsoleSummary.Cells(glance), (head, cell) => $"{head,-18}{cell}")));
}
return 0;
