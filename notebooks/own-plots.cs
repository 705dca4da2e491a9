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

Results results = Scenario.Load("../scenarios/quorum-3-or-5.yaml").Run(replications: 400);
ServiceResults three = results["three"];

Figure Drawn(string name, string title, ScottPlot.Plot plot)
{
    plot.Title(title);
    return new Figure(name, title, plot.GetSvgXml(720, 400), FigureTable.Of([], []));
}

// %% [markdown]
// ## Are outages longer at night?
//
// Two people repair these servers on weekdays from 8 to 18 in Zurich, one at any other time. For each hour of the day, how long are the outages that begin in it?

// %%
double[] hours = Enumerable.Range(0, 24).Select(hour => (double)hour).ToArray();
double[] minutesByHour = hours
    .Select(hour => three.Outages.Where(outage => (int)(outage.Start / 3600) % 24 == (int)hour).Average(outage => outage.Seconds / 60))
    .ToArray();
ScottPlot.Plot byHour = new();
byHour.Add.Bars(hours, minutesByHour);
byHour.XLabel("hour of the day (UTC)");
byHour.YLabel("mean outage in minutes");
display(Drawn("by-hour", "Outages by the hour at which they begin", byHour));

// %% [markdown]
// ## Many outages, or long ones?
//
// Each point is one possible ten years.

// %%
double[] counts = three.Replications.Select(row => (double)row.Outages).ToArray();
double[] minutes = three.Replications.Select(row => row.DownSeconds / 60).ToArray();
ScottPlot.Plot scatter = new();
scatter.Add.ScatterPoints(counts, minutes);
scatter.XLabel("outages in ten years");
scatter.YLabel("minutes down in ten years");
display(Drawn("outages-and-minutes", "Ten years, again and again", scatter));

// %% [markdown]
// ## So what?

// %%
int longestAt = Array.IndexOf(minutesByHour, minutesByHour.Max()), shortestAt = Array.IndexOf(minutesByHour, minutesByHour.Min());
display($"An outage that begins at {longestAt}:00 UTC takes {HumanUnits.Duration(60 * minutesByHour[longestAt])} on average, "
    + $"one at {shortestAt}:00 {HumanUnits.Duration(60 * minutesByHour[shortestAt])}.");
double meanCount = counts.Average(), meanMinutes = minutes.Average();
double covariance = counts.Zip(minutes, (x, y) => (x - meanCount) * (y - meanMinutes)).Sum();
double spread = Math.Sqrt(counts.Sum(x => (x - meanCount) * (x - meanCount)) * minutes.Sum(y => (y - meanMinutes) * (y - meanMinutes)));
double explained = Math.Pow(covariance / spread, 2);
display($"How many outages there are explains {HumanUnits.Percent(explained)} of how much ten years differ in down time; how long they are, the rest.");
