using System.Globalization;

namespace FailoverSim.Tests.Models;

/// <summary>A small scenario drawn from a seed, with times so short that everything gets in the way of everything.</summary>
internal sealed class RandomScenario
{
    private readonly Random _random;
    private readonly bool _constant;
    private readonly bool _memoryless;
    private readonly int _scale;
    private readonly List<string> _units = [];
    private readonly List<string> _crews = [];
    private readonly List<string> _spares = [];
    private readonly List<string> _causes = [];
    private readonly List<string> _services = [];
    private readonly string _inspection = "";
    private readonly bool _anyCrew;

    /// <param name="seed">Which one.</param>
    /// <param name="constant">Whether all times are constants, and no crew has hours.</param>
    /// <param name="scale">All times are multiplied by this.</param>
    /// <param name="memoryless">Whether all times are exponential, by stages, or zero; then there are fewer copies, and nothing is inspected.</param>
    public RandomScenario(int seed, bool constant = false, int scale = 1, bool memoryless = false)
    {
        _random = new Random(seed);
        _constant = constant;
        _memoryless = memoryless;
        _scale = scale;
        Draw(["beta", "alpha", "delta", "gamma"], 0, 3, _crews, Crew);
        Draw(["seal", "motor"], 0, 2, _spares, _ =>
        {
            int stock = _random.Next(1, 4);
            return $"{{stock: {stock}, reorder-at: {_random.Next(stock)}, delivery: {Time(5, 40)}}}";
        });
        Draw(["pump", "fan", "valve", "ax"], 1, 4, _units, Unit);
        Draw(["flood", "storm", "axe"], 0, 3, _causes, Cause);
        Draw(["plant", "cooling", "ammo"], 1, 3, _services, _ => $"{{up-when: {Expression()}}}");
        if (Chance(50) && !_memoryless)
        {
            _inspection = $"inspection: {{of: {Some(Names(_units))}, every: {Constant(10, 40)}, takes: {Time(0, 3)}{Crews()}}}\n";
        }
        _anyCrew = ToString().Contains("crew: any", StringComparison.Ordinal);
    }

    public string Horizon => $"{400 * _scale}h";

    public override string ToString() => Text(_units, _crews, _spares, _causes, _services);

    /// <summary>The same with everything declared in the other order; crews keep theirs where <c>any</c> refers to it.</summary>
    public string Reversed() =>
        Text(
            Enumerable.Reverse(_units),
            _anyCrew ? _crews : Enumerable.Reverse(_crews),
            Enumerable.Reverse(_spares),
            Enumerable.Reverse(_causes),
            Enumerable.Reverse(_services));

    /// <summary>The same with two more groups that have nothing to do with the others.</summary>
    public string WithStrangers() => Text(
        [
            "aa-stranger: {count: 2, fails: 3h..9h, repair: {takes: 1h}}",
            .. _units,
            "zz-stranger: {count: 3, fails: exp(10h), repair: {takes: 2h}, standby: {kind: hot, needed: 1}}",
        ],
        _crews, _spares, _causes, _services);

    private static IEnumerable<string> Names(IEnumerable<string> entries) =>
        entries.Select(e => e[..e.IndexOf(':', StringComparison.Ordinal)]);

    private string Text(
        IEnumerable<string> units,
        IEnumerable<string> crews,
        IEnumerable<string> spares,
        IEnumerable<string> causes,
        IEnumerable<string> services) =>
        Block("units", units) + Block("crews", crews) + Block("spares", spares) + _inspection
        + Block("common-cause", causes) + Block("services", services);

    private static string Block(string name, IEnumerable<string> entries) =>
        entries.Any() ? $"{name}:\n{string.Concat(entries.Select(e => $"  {e}\n"))}" : "";

    private void Draw(string[] names, int least, int most, List<string> entries, Func<int, string> entry)
    {
        int count = _random.Next(least, most + 1);
        for (int i = 0; i < count; i++)
        {
            entries.Add($"{names[i]}: {entry(i)}");
        }
    }

    private string Crew(int number)
    {
        string hours = _constant || _memoryless || !Chance(40) ? ""
            : number > 0 && _crews[0].Contains("hours", StringComparison.Ordinal) ? ", hours: otherwise"
            : number == 0 ? ", hours: \"Mon-Sat 06:00-18:00 Europe/Zurich\"" : "";
        return $"{{size: {_random.Next(1, 3)}{Maybe(50, ", order: most-urgent-first")}{Maybe(40, ", preempt: true")}"
            + $"{(Chance(30) ? $", answer: {Time(0, 2)}" : "")}{hours}}}";
    }

    private string Unit(int number)
    {
        int count = _random.Next(1, _memoryless ? 4 : 5);
        string failure = Chance(30)
            ? $"modes: {{one: {{share: 60%, {Failure()}}}, two: {{share: 40%, {Failure()}}}}}"
            : Failure();
        string standby = "";
        if (count > 1 && Chance(50))
        {
            // A half used up again and again is rounded to nanoseconds: warm units do not scale exactly.
            string kind = _random.Next(_constant ? 2 : 3) switch { 0 => "cold", 1 => "hot", _ => "warm, hazard: 50%" };
            standby = $", standby: {{kind: {kind}, needed: {_random.Next(1, count)}, switch: {Time(0, 2)}"
                + $"{Maybe(40, ", switch-fails: 30%")}}}";
        }
        return $"{{count: {count}, fails: {Time(10, 60)}, {failure}{standby}{Maybe(30, ", ages: while-running")}}}";
    }

    private string Failure() => $"hidden: {(Chance(25) ? "true" : "false")}" + (Chance(95) ? $", {Repair()}" : "");

    private string Repair() =>
        $"repair: {{takes: {Time(0, 15)}{Crews()}{(_spares.Count > 0 && Chance(50) ? $", spare: {One(Names(_spares))}" : "")}}}";

    private string Crews() => _crews.Count == 0 || Chance(20) ? ""
        : Chance(30) ? ", crew: any"
        : Chance(30) ? $", crew: {Some(Names(_crews))}" : $", crew: {One(Names(_crews))}";

    private string Cause(int number) =>
        $"{{of: {Some(Names(_units))}, every: {Time(20, 80)}, hits: {(_constant ? "50%" : _memoryless && Chance(50) ? "100%" : "20%..90%")}"
        + _random.Next(3) switch { 0 => $", lasts: {Time(0, 20)}", 1 => $", {Repair()}", _ => "" } + "}";

    private string Expression()
    {
        string first = One(Names(_units)), second = One(Names(_units));
        return _random.Next(4) switch
        {
            0 => $"1 of {first}",
            1 => $"{first} and any of {second}",
            2 => $"{first} or {second}",
            _ => $"\"2 of ({first}, any of {second}, any of {first})\"",
        };
    }

    private string Time(int least, int most) => _memoryless
        ? _random.Next(6) switch
        {
            0 when least == 0 => "0s",
            1 => $"erlang(k=2 mean={Hours(Math.Max(1, (least + most) / 2))})",
            2 when least == 0 => $"mix(60% 0s 40% exp({Hours(Math.Max(1, most))}))",
            _ => $"exp({Hours(Math.Max(1, (least + most) / 2))})",
        }
        : _constant || Chance(30)
        ? Constant(least, most)
        : _random.Next(3) switch
        {
            0 => $"exp({Hours(Math.Max(1, (least + most) / 2))})",
            1 => $"{Hours(Math.Max(1, least))}..{Hours(Math.Max(1, least) + most)}",
            _ => $"weibull(shape=2 mean={Hours(Math.Max(1, most))})",
        };

    private string Constant(int least, int most) => Hours(_random.Next(least, most + 1));

    private string Hours(int hours) => string.Create(CultureInfo.InvariantCulture, $"{hours * _scale}h");

    private string One(IEnumerable<string> names)
    {
        string[] all = [.. names];
        return all[_random.Next(all.Length)];
    }

    private string Some(IEnumerable<string> names)
    {
        string[] all = [.. names];
        _random.Shuffle(all);
        return $"[{string.Join(", ", all.Take(_random.Next(1, all.Length + 1)))}]";
    }

    private bool Chance(int percent) => _random.Next(100) < percent;

    private string Maybe(int percent, string text) => Chance(percent) ? text : "";
}
