#:project ../engine/FailoverSim.Library
#:project Terminal

// %% [markdown]
// # Fit your incident data
//
// *We have two years of incidents. What do they say about how often machines fail, and about the service that stands on them?*
//
// [incidents.csv](data/incidents.csv) has a row for each incident: component, class, start, end, cause. It is synthetic
// ([make-incidents.cs](make-incidents.cs) says which laws went in), so that what comes out can be judged. Put the path of your own log in its place.

// %%
using FailoverSim.Analysis.Fitting;
using FailoverSim.Library;
using FailoverSim.Reporting.Text;
using static FailoverSim.Notebooks.Terminal; // app
StandBesideTheStudy(); // app

Incidents log = Incidents.Fit(
    "data/incidents.csv", from: "2024-01-01", to: "2026-01-01",
    units: new Dictionary<string, int> { ["worker"] = 40, ["control-plane"] = 5 });
display(log.Figure);

// %% [markdown]
// Machines that had not failed when the log ends count with the time that they ran (they are censored), and failures that came together are
// taken for one common event where chance does not explain them.

// %%
display(string.Join("\n", log.Text));

// %% [markdown]
// ## How well are the means known?

// %%
display(Table.Of(
    from machine in log.Classes
    from quantity in new[] { (Name: "life", Fit: machine.Lives), (Name: "repair", Fit: machine.Repairs) }
    where quantity.Fit?.Choice is not null
    let mean = quantity.Fit!.Mean
    select new
    {
        Class = machine.History.Name,
        Quantity = quantity.Name,
        Law = quantity.Fit.Choice!.Chosen.Family,
        Mean = HumanUnits.Duration(mean.Value ?? 0),
        Low = HumanUnits.Duration(mean.Low ?? 0),
        High = HumanUnits.Duration(mean.High ?? 0),
    }));

// %% [markdown]
// ## Into a scenario
//
// The fitted laws are YAML to paste. Here they carry a service that needs three of five machines of the control plane and 36 of 40 workers.
// With four of five, one more may still fail.

// %%
Scenario scenario = Scenario.Parse($$"""
    failoversim: 1
    name: fitted
    {{log.UnitsYaml}}
    services:
      platform: {up-when: 3 of control-plane and 36 of worker}
      one-may-still-fail: {up-when: 4 of control-plane}
      capacity: {up-when: 36 of worker}
    run: {horizon: 2y, replications: 200, seed: 3}
    """);
Results results = scenario.Run();
display(Table.Of(results.Glance.Select(row => new { row.Service, row.Availability, row.DowntimePerYear, row.OutagesPerYear, row.ToBlame })));

// %% [markdown]
// ## So what?

// %%
ClassFit widest = log.Classes.Where(machine => machine.Lives?.Choice is not null)
    .MaxBy(machine => (machine.Lives!.Mean.High - machine.Lives.Mean.Low) / machine.Lives.Mean.Value ?? 0)!;
display($"The platform would be down {results["platform"].Glance.DowntimePerYear} a year, most of it for {results["platform"].Causes[0].Name}.");
display($"Least is known of the life of a {widest.History.Name}: its mean lies between {HumanUnits.Duration(widest.Lives!.Mean.Low!.Value)} and "
    + $"{HumanUnits.Duration(widest.Lives.Mean.High!.Value)}. Keep logging.");
