namespace FailoverSim.Analysis.Fitting;

/// <summary>Observations of one quantity, with what all fits need of them.</summary>
public sealed class Sample
{
    private readonly double[] _logs;

    public Sample(IEnumerable<Observation> observations)
    {
        Observations = [.. observations];
        _logs = new double[Observations.Count];
        for (int i = 0; i < _logs.Length; i++)
        {
            Observation o = Observations[i];
            if (!(o.Entry >= 0 && o.Low >= o.Entry && o.High >= o.Low && o.High > 0 && double.IsFinite(o.Low)))
            {
                throw new ArgumentException($"No duration is like {o}.", nameof(observations));
            }
            _logs[i] = o.IsExact ? Math.Log(o.Low) : 0;
            Failures += o.IsCensored ? 0 : 1;
            Intervals += o.IsInterval ? 1 : 0;
            Truncated += o.Entry > 0 ? 1 : 0;
            AgesUnknown += o.AgeUnknown ? 1 : 0;
            Exposure += o.Time - o.Entry;
        }
    }

    public IReadOnlyList<Observation> Observations { get; }

    public int Count => Observations.Count;

    /// <summary>How many ended while they were watched, exactly or within an interval.</summary>
    public int Failures { get; }

    public int Censored => Count - Failures;

    public int Intervals { get; }

    public int Truncated { get; }

    public int AgesUnknown { get; }

    /// <summary>Time under observation, in seconds.</summary>
    public double Exposure { get; }

    /// <summary>ln of an exact time; 0 for the others.</summary>
    public double Log(int index) => _logs[index];

    /// <summary>Those whose age is known: what a survival curve can be drawn of.</summary>
    public Sample OfKnownAge() => AgesUnknown == 0 ? this : new Sample(Observations.Where(o => !o.AgeUnknown));
}
