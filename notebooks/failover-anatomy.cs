#:project ../engine/FailoverSim.Library
#:project Terminal

// %% [markdown]
// # Failover anatomy
//
// *Our control plane fails over by itself. What are those seconds made of, and which timer is worth turning?*
//
// Three stacked control-plane nodes as kubeadm documents them, with kube-vip in front. A failover is never drawn: it is what etcd's
// elections, leases and their timers make of a fault. The lease of the virtual IP is 5 s long; 10 s and 15 s are tried as well.

// %%
using FailoverSim.Analysis.Estimates;
using FailoverSim.Library;
using FailoverSim.Reporting.Text;
using static FailoverSim.Notebooks.Terminal; // app
StandBesideTheStudy(); // app

Scenario cluster = Scenario.Load("../scenarios/kubeadm-stacked-3.yaml");
Results results = Scenario.Compare(
    24,
    cluster.As("5 s"),
    cluster.With("components.vip.lease", "{duration: 10s, renew-deadline: 6s, retry: 2s}").As("10 s"),
    cluster.With("components.vip.lease", "{duration: 15s, renew-deadline: 10s, retry: 2s}").As("15 s"));
ServiceResults write = results["api-write"];
display(write.Glance.Basis);
display(results.Figures["waterfall-api-write"]);

// %% [markdown]
// ## Failovers and losses
//
// A failover comes back unaided; a loss waits for people or for a machine to boot. They differ so much that a common mean says nothing.

// %%
display(Table.Of(
    from outage in write.Outages
    group outage.Seconds by outage.IsLoss ? "loss" : "failover" into kind
    let sorted = kind.Order().ToList()
    select new
    {
        Kind = kind.Key,
        Outages = sorted.Count,
        MedianSeconds = sorted[sorted.Count / 2],
        LongestSeconds = sorted[^1],
        ShareOfDownTime = kind.Sum() / write.Outages.Sum(outage => outage.Seconds),
    }));

// %% [markdown]
// ## Stage by stage

// %%
display(Table.Of(write.Stages.Take(6).Select(stage => new
{
    Stage = stage.Name,
    MinutesPerYear = stage.MinutesPerYear.Value,
    stage.MinutesPerYear.Low,
    stage.MinutesPerYear.High,
})));

// %% [markdown]
// ## What if the virtual IP's lease were longer?
//
// The lease says how long nobody may take the address over after its holder has died. A longer lease asks less of the API server, and waits longer.

// %%
display(results.Figures["forest-api-write"]);

// %% [markdown]
// ## So what?

// %%
AttributionRow longestStage = write.Stages[0];
double share = (double)longestStage.DownTime / (double)write.Totals.Down;
display($"A write waits longest in '{longestStage.Name}': {HumanUnits.Percent(share)} of {write.Glance.DowntimePerYear} a year.");
foreach (ComparisonRow row in results.Comparisons.Where(row => row.Service == "api-write"))
{
    display($"A lease of {row.Variant} instead of {row.Baseline}: {row.Verdict}.");
}
