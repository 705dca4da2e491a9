using System.Globalization;

namespace FailoverSim.Tests.Models;

/// <summary>
/// Large groups of plain units drawn from a seed, and services that need from hardly any to hopelessly many of them; beside them, now and
/// then, few units with crews and common causes.
/// </summary>
internal sealed class RandomGroups
{
    private readonly Random _random;
    private readonly double _far;
    private readonly List<string> _units = [];
    private readonly List<string> _services = [];
    private readonly List<(string Name, int Count, double Up)> _groups = [];
    private readonly string _others;
    private readonly string _slo;
    private readonly string _run;

    public RandomGroups(int seed)
    {
        _random = new Random(seed);
        _far = (10 * _random.NextDouble()) - 1;
        bool constant = Chance(20);
        foreach (string name in Chance(40) ? new[] { "big", "large" } : ["big"])
        {
            Group(name, constant);
        }
        bool besides = Chance(40);
        if (besides)
        {
            _units.Add("pump: {count: 5, fails: exp(40h), repair: {takes: 1h..9h, crew: m}}");
            _units.Add("valve: {count: 2, fails: weibull(shape=2 mean=50h), repair: {takes: exp(4h)}, standby: {kind: warm, hazard: 50%, needed: 1, switch: 10m}}");
        }
        _others = besides ? "crews: {m: {}}\ncommon-cause: {flood: {of: [pump, valve], every: exp(60h), hits: 50%, lasts: exp(3h)}}\n" : "";
        string some = Service("some");
        for (int i = _random.Next(3); i > 0; i--)
        {
            Service($"more-{i}");
        }
        if (_groups.Count == 2)
        {
            _services.Add($"both: {{up-when: {Copies(_groups[0])} and {Copies(_groups[1])}}}");
            _services.Add($"either: {{up-when: {Copies(_groups[0])} or {Copies(_groups[1])}}}");
        }
        if (besides)
        {
            _services.Add($"mixed: {{up-when: \"2 of (3 of pump, any of valve, {Copies(_groups[0])})\"}}");
            _services.Add($"plant: {{up-when: {Copies(_groups[^1])} and 4 of pump and valve}}");
        }
        _slo = Chance(50)
            ? $"slo: {{day: {{service: {some}, objective: 99%, window: {(Chance(50) ? "24h" : "rolling 24h")}, require: P(met) >= 50%}}}}\n"
            : "";
        _run = $"horizon: {_random.Next(50, 500)}h, warm-up: {(Chance(50) ? 0 : _random.Next(1, 100))}h, seed: {seed}";
    }

    public override string ToString() =>
        $"units:\n{Block(_units)}{_others}services:\n{Block(_services)}{_slo}run: {{{_run}}}";

    public string Exhaustive() => ToString()[..^1] + ", fidelity: exhaustive}";

    private static string Block(IEnumerable<string> entries) => string.Concat(entries.Select(entry => $"  {entry}\n"));

    private void Group(string name, bool constant)
    {
        int count = _random.Next(64, 400);
        double life = _random.Next(5, 100);
        double repair = life / _random.Next(2, 60);
        // Some of the rarest: a repair that takes no time at all.
        string takes = Chance(5) ? "mix(50% 0s 50% exp(1h))" : Law(repair, constant);
        _units.Add($"{name}: {{count: {count}, fails: {Law(life, constant)}, repair: {{takes: {takes}}}}}");
        _groups.Add((name, count, life / (life + repair)));
    }

    private string Service(string name)
    {
        _services.Add($"{name}: {{up-when: {Copies(_groups[_random.Next(_groups.Count)])}}}");
        return name;
    }

    /// <summary>So many that what is up in the mean is some standard deviations above, at the edge, or below; of all groups much the same.</summary>
    private string Copies((string Name, int Count, double Up) group)
    {
        double deviation = Math.Sqrt(group.Count * group.Up * (1 - group.Up));
        int needed = Math.Clamp((int)((group.Count * group.Up) - (deviation * (_far + (2 * _random.NextDouble())))), 1, group.Count);
        return $"{needed} of {group.Name}";
    }

    private string Law(double mean, bool constant) => constant
        ? Hours(Math.Max(1, Math.Round(mean)))
        : _random.Next(5) switch
        {
            0 => $"weibull(shape={(Chance(50) ? "0.7" : "3")} mean={Hours(mean)})",
            1 => $"lognormal(mean={Hours(mean)} cv=1)",
            2 => $"{Hours(mean / 2)}..{Hours(1.5 * mean)}",
            _ => $"exp({Hours(mean)})",
        };

    private static string Hours(double hours) => string.Create(CultureInfo.InvariantCulture, $"{hours:0.###}h");

    private bool Chance(int percent) => _random.Next(100) < percent;
}
