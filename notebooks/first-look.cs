#:project ../engine/FailoverSim.Library
#:project Terminal

// %% [markdown]
// # A first look
//
// *How often is our site down, for how long, and whose fault is it?*
//
// The site has two balancers, three web servers of which two must work, and a database with a warm standby;
// [web-tier.yaml](../scenarios/web-tier.yaml) says how often each of them fails and who repairs it. It is simulated over five years, a few
// hundred times.

// %%
using FailoverSim.Library;
using FailoverSim.Reporting.Text;
using static FailoverSim.Notebooks.Terminal; // app
StandBesideTheStudy(); // app

Scenario scenario = Scenario.Load("../scenarios/web-tier.yaml");
Results results = scenario.Run(replications: 400);
display(Table.Of(results.Glance.Select(row => new
{
    row.Service,
    row.Availability,
    row.DowntimePerYear,
    row.OutagesPerYear,
    row.Typical,
    row.P95,
    row.Longest,
})));

// %% [markdown]
// Every number stands with its 95 % interval. `typical` is the median outage, `p95` the one that 19 of 20 outages do not exceed.

// %%
display(results.Figures["availability"]);

// %% [markdown]
// ## Whose fault is it?
//
// Down time is charged, instant by instant, to the faults that keep the service down at that instant; the parts sum to the whole.

// %%
ServiceResults site = results["site"];
display(results.Figures["pareto-site"]);
display(Table.Of(site.Causes.Select(cause => new
{
    Cause = cause.Name,
    MinutesPerYear = cause.MinutesPerYear.Value,
    cause.MinutesPerYear.Low,
    cause.MinutesPerYear.High,
})));

// %% [markdown]
// ## How long will the next outage be?

// %%
double half = site.OutageQuantile(0.5).Value!.Value;
double longest = site.LongestOutage.Value!.Value;
double longOutages = site.Outages.Where(outage => outage.Seconds > 3600).Sum(outage => outage.Seconds);
double allOutages = site.Outages.Sum(outage => outage.Seconds);
display(results.Figures["outage-durations"]);
display($"Half of all outages are over within {HumanUnits.Duration(half)}; the longest seen took {HumanUnits.Duration(longest)}. "
    + $"Those of more than an hour make up {HumanUnits.Percent(longOutages / allOutages)} of the down time.");

// %% [markdown]
// ## So what?

// %%
PartRow worst = results.Parts.First(part => part.Service == "site" && part.Kind == FailoverSim.Analysis.Estimates.AttributionKind.Cause);
ServiceResults tier = new[] { results["database-tier"], results["web-pool"] }.MaxBy(service => service.DowntimePerYear.Value)!;
display($"The site is down {site.Glance.DowntimePerYear} a year in {site.Glance.OutagesPerYear} outages. "
    + $"Look at {worst.Name} first: it is {HumanUnits.Percent(worst.Share)} of that. Of the two tiers, {tier.Name} is down longer.");
