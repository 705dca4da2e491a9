#:project ../engine/FailoverSim.Library
#:project Terminal
#:package ScottPlot

// %% [markdown]
// # Draw your own plots
//
// *The figure that I need is not among yours.*
//
// Results are sequences of plain records, so any plotting library can draw them. Here it is [ScottPlot](https://scottplot.net).

// %%
using FailoverSim.Library;
using FailoverSim.Reporting.Figures;
using FailoverSim.Reporting.Text;
using static FailoverSim.Notebooks.Terminal; // app
StandBesideTheStudy(); // app

Results results = Scenario.Load("../scenarios/web-tier.yaml").Run(replications: 400);
ServiceResults site = results["site"];

Figure Drawn(string name, string title, ScottPlot.Plot plot)
{
    plot.Title(title);
    return new Figure(name, title, plot.GetSvgXml(720, 400), FigureTable.Of([], []));
}

// %% [markdown]
// ## When does it happen? Outages by the hour of the day

// %%
double[] byHour = new double[24];
foreach (OutageRow outage in site.Outages)
{
    byHour[(int)(outage.Start / 3600) % 24] += outage.Seconds / 60;
}
ScottPlot.Plot hours = new();
hours.Add.Bars(byHour);
hours.XLabel("hour of the day (UTC)");
hours.YLabel("minutes down, all replications");
display(Drawn("by-hour", "Down time by the hour at which outages begin", hours));

// %% [markdown]
// ## Many outages, or long ones?

// %%
double[] counts = site.Replications.Select(row => (double)row.Outages).ToArray();
double[] minutes = site.Replications.Select(row => row.DownSeconds / 60).ToArray();
ScottPlot.Plot scatter = new();
scatter.Add.ScatterPoints(counts, minutes);
scatter.XLabel("outages in five years");
scatter.YLabel("minutes down in five years");
display(Drawn("outages-and-minutes", "Each point is one possible five years", scatter));

// %% [markdown]
// ## So what?

// %%
double n = counts.Length, meanCount = counts.Average(), meanMinutes = minutes.Average();
double covariance = counts.Zip(minutes, (x, y) => (x - meanCount) * (y - meanMinutes)).Sum();
double spread = Math.Sqrt(counts.Sum(x => (x - meanCount) * (x - meanCount)) * minutes.Sum(y => (y - meanMinutes) * (y - meanMinutes)));
double correlation = covariance / spread;
int worstHour = Array.IndexOf(byHour, byHour.Max());
display($"The number of outages explains {HumanUnits.Percent(correlation * correlation)} of how much down time differs from one five years to another; "
    + "the rest is how long they are.");
display($"The hour with most down time is {worstHour}:00, with {HumanUnits.Percent(byHour[worstHour] / byHour.Sum())} of it; an even day would have {HumanUnits.Percent(1.0 / 24)}.");
