using System.Diagnostics;
using System.Globalization;
using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Studies;
using FailoverSim.Analysis.Tables;
using FailoverSim.Reporting.Text;

namespace FailoverSim.Cli;

/// <summary>One line on standard error that says how far a run is, what it thinks so far, and how long it will take.</summary>
/// <param name="scenario">What is run.</param>
/// <param name="hint">What to know while it goes on.</param>
internal sealed class ProgressLine(string scenario, string hint = " (Ctrl-C keeps what is done)") : IDisposable
{
    private static readonly TimeSpan OnScreen = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan InLog = TimeSpan.FromSeconds(15);

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private TimeSpan _next = TimeSpan.FromSeconds(1);
    private string _variant = "";
    private TimeSpan _began;
    private TimeSpan _last;
    private int _width;

    public void Show(RunProgress progress)
    {
        if (progress.Variant != _variant)
        {
            // Its first block is counted from where the last one ended.
            (_variant, _began) = (progress.Variant, _last);
        }
        _last = _watch.Elapsed;
        if (_watch.Elapsed < _next)
        {
            return;
        }
        string line = Text(progress);
        if (Console.IsErrorRedirected)
        {
            Console.Error.WriteLine(line);
            _next = _watch.Elapsed + InLog;
        }
        else
        {
            Console.Error.Write($"\r{line.PadRight(_width)}");
            _width = line.Length;
            _next = _watch.Elapsed + OnScreen;
        }
    }

    public void Dispose()
    {
        if (_width > 0)
        {
            Console.Error.Write($"\r{new string(' ', _width)}\r");
        }
    }

    private string Text(RunProgress progress)
    {
        (ServiceTotals Service, double Within)? asked = progress.LeastPrecise();
        ServiceTotals worst = asked?.Service ?? progress.Totals.MaxBy(t => (double)t.Down / (double)t.Exposure)!;
        Estimate estimate = AvailabilityInterval.Unavailability(worst, Summary.DefaultLevel);
        string left = progress.Expected() is { } expected
            ? $", about {HumanUnits.Duration((_watch.Elapsed - _began).TotalSeconds * Math.Max(0, expected - progress.Replications) / progress.Replications)} left"
            : "";
        string precision = asked is not var (_, within) || !double.IsFinite(within) ? ""
            : $" ± {HumanUnits.Percent(within)} of its down time ({HumanUnits.Percent(progress.Run.StopWhen!.Within)} is asked for)";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{scenario}{(progress.Variant == ResultSet.BaseVariant ? "" : $", {progress.Variant}")}: {HumanUnits.Count(progress.Replications)} replications, {worst.Names.Services[worst.Service]} {AvailabilityText.Percent(estimate)}{precision}{left}{hint}");
    }
}
