namespace FailoverSim.Tests.Validation;

/// <summary>Exact answers that are shorter as a formula than as a table of digits.</summary>
internal static class ClosedForms
{
    /// <summary>
    /// Independent units with mean up and down times (any laws): unavailability of a monotone system and how often it goes
    /// down, by enumeration of all states.
    /// </summary>
    public static (double Unavailability, double Frequency) Independent(
        IReadOnlyList<(double Up, double Down)> units, Func<bool[], bool> works)
    {
        double unavailability = 0;
        double frequency = 0;
        var up = new bool[units.Count];
        for (int state = 0; state < 1 << units.Count; state++)
        {
            double probability = 1;
            for (int i = 0; i < units.Count; i++)
            {
                up[i] = (state & (1 << i)) != 0;
                probability *= (up[i] ? units[i].Up : units[i].Down) / (units[i].Up + units[i].Down);
            }
            if (!works(up))
            {
                unavailability += probability;
                continue;
            }
            for (int i = 0; i < units.Count; i++)
            {
                if (up[i])
                {
                    up[i] = false;
                    frequency += works(up) ? 0 : probability / units[i].Up;
                    up[i] = true;
                }
            }
        }
        return (unavailability, frequency);
    }

    /// <summary>k of n alike, each with its own crew.</summary>
    public static (double Unavailability, double Frequency) Independent(int k, int n, double up, double down) =>
        Independent([.. Enumerable.Repeat((up, down), n)], units => units.Count(works => works) >= k);

    /// <summary>Two units with exponential lives and one crew (M/G/1//2): unavailability, and mean time to the first outage.</summary>
    /// <param name="rate">Failures per hour of a unit, l.</param>
    /// <param name="repair">Mean repair E G, in hours.</param>
    /// <param name="transform">g* = E exp(−l G).</param>
    public static (double Unavailability, double First) SharedCrew(double rate, double repair, double transform)
    {
        double alone = (1 - transform) / rate;
        double unavailability = (repair - alone) / transform / ((1 / (2 * rate)) + (repair / transform));
        double first = (1 / (2 * rate)) + ((alone + (transform / (2 * rate))) / (1 - transform));
        return (unavailability, first);
    }

    /// <summary>At least <paramref name="least"/> of n events of probability p.</summary>
    public static double AtLeast(int least, int n, double p) =>
        Independent(n - least + 1, n, 1 - p, p).Unavailability;

    /// <summary>Mean of a smooth function over [0, end], by Simpson's rule.</summary>
    public static double MeanOver(double end, Func<double, double> f)
    {
        const int Steps = 1000;
        double sum = f(0) + f(end);
        for (int i = 1; i < Steps; i++)
        {
            sum += f(end * i / Steps) * (i % 2 == 0 ? 2 : 4);
        }
        return sum / (3 * Steps);
    }
}
