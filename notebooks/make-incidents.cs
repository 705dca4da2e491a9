#:project ../engine/FailoverSim.Analysis
// Makes data/incidents.csv, a synthetic incident log of two years: known laws go in, so that a fit can be compared with them.
//   dotnet run notebooks/make-incidents.cs > notebooks/data/incidents.csv
using System.Globalization;
using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Models.Laws;

const double Day = 86_400;
DateTime start = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);
double window = 731 * Day;

// What the truth is.
Law cpFails = new Exponential(40 * Day);
Law cpRepair = new Mixture(
[
    (0.7, LogNormal.FromMedianAndQuantile(180, 0.95, 480)), (0.3, LogNormal.FromMedianAndQuantile(7_200, 0.95, 28_800)),
]);
Law workerFails = Weibull.FromMean(0.7, 150 * Day);
Law workerRepair = LogNormal.FromMedianAndQuantile(2_100, 0.95, 14_400);
Law switchFails = new Exponential(120 * Day);

List<(double Start, double End, string Line)> rows = [];
for (int i = 1; i <= 5; i++)
{
    Live("control-plane", $"cp-{i}", cpFails, cpRepair, []);
}
// A rack switch takes three to eight of the forty workers with it.
List<(double At, HashSet<int> Hit)> strikes = [];
Draws switches = new(StreamKeys.For(["switch"], 7)[0], 0, 0);
for (double at = switchFails.Draw(ref switches); at < window; at += switchFails.Draw(ref switches))
{
    HashSet<int> hit = [];
    for (int size = 3 + switches.NextIndex(6); hit.Count < size;)
    {
        hit.Add(1 + switches.NextIndex(40));
    }
    strikes.Add((at, hit));
}
for (int i = 1; i <= 40; i++)
{
    Live("worker", $"worker-{i}", workerFails, workerRepair, [.. strikes.Where(s => s.Hit.Contains(i)).Select(s => s.At)]);
}
Console.WriteLine("# Synthetic: made by notebooks/make-incidents.cs, not measured. Watched from 2024-01-01 to 2026-01-01, 40 workers, 5 machines of the control plane.");
Console.WriteLine("component,class,start,end,cause");
foreach (var row in rows.OrderBy(r => r.Start).ThenBy(r => r.Line, StringComparer.Ordinal))
{
    Console.WriteLine(row.Line);
}

void Live(string @class, string name, Law fails, Law repair, IEnumerable<double> struck)
{
    Draws draws = new(StreamKeys.For([name], 7)[0], 0, 0);
    Queue<double> strikes = new(struck);
    // Long under way when watching begins.
    double up = -10 * 365 * Day;
    while (true)
    {
        double down = up + fails.Draw(ref draws);
        string cause = "machine";
        while (strikes.TryPeek(out double strike) && strike < up)
        {
            strikes.Dequeue();
        }
        if (strikes.TryPeek(out double next) && next < down)
        {
            // Monitoring sees them within half a minute.
            (down, cause) = (next + 30 * draws.NextUniform(), "switch");
            strikes.Dequeue();
        }
        if (down >= window)
        {
            return;
        }
        up = down + repair.Draw(ref draws);
        if (up > 0)
        {
            string end = up < window ? Text(up) : "";
            rows.Add((down, up, $"{name},{@class},{Text(down)},{end},{cause}"));
        }
    }
}

string Text(double seconds) => start.AddSeconds(Math.Round(seconds)).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
