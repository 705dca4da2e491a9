using System.Diagnostics;

namespace FailoverSim.Tests.Live;

/// <summary>How long this machine keeps a thread waiting that has slept enough: what it may have added to a measured time.</summary>
internal sealed class StallGauge : IDisposable
{
    private const double SleepSeconds = 0.01;

    private readonly Thread _sleeper;
    private volatile bool _isDone;

    public StallGauge()
    {
        _sleeper = new Thread(Watch) { IsBackground = true };
        _sleeper.Start();
    }

    /// <summary>The worst so far, in seconds; to be read when it is disposed.</summary>
    public double Worst { get; private set; }

    public void Dispose()
    {
        _isDone = true;
        _sleeper.Join();
    }

    private void Watch()
    {
        while (!_isDone)
        {
            long begin = Stopwatch.GetTimestamp();
            Thread.Sleep(TimeSpan.FromSeconds(SleepSeconds));
            Worst = Math.Max(Worst, Stopwatch.GetElapsedTime(begin).TotalSeconds - SleepSeconds);
        }
    }
}
