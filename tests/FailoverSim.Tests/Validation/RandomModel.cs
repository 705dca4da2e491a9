using System.Globalization;
using System.Text;

namespace FailoverSim.Tests.Validation;

/// <summary>
/// A small random system: groups of units, some on standby, one crew, perhaps a shock that fails everything. It can be
/// written as a scenario and, independently of the engine, as a Markov chain.
/// </summary>
internal sealed class RandomModel
{
    private readonly Group[] _groups;
    private readonly int _crew;
    private readonly double _shockHours;
    private readonly bool _anyGroup;

    public RandomModel(Random random)
    {
        int groups = random.Next(1, 4);
        _groups = [.. Enumerable.Range(0, groups).Select(i => Group.Draw(random, (char)('a' + i), groups == 1 ? 5 : 2 + (i == 0 ? 1 : 0)))];
        _crew = random.Next(1, 4);
        _shockHours = random.Next(3) == 0 ? random.Next(200, 2000) : 0;
        _anyGroup = random.Next(3) == 0;
    }

    public string Scenario(double horizonHours, int replications, int seed)
    {
        StringBuilder text = new("failoversim: 1\nname: random\nunits:\n");
        foreach (Group group in _groups)
        {
            text.Append(group.Scenario());
        }
        text.Append(CultureInfo.InvariantCulture, $"crews:\n  crew: {{size: {_crew}}}\n");
        if (_shockHours > 0)
        {
            string names = string.Join(", ", _groups.Select(g => g.Name).Reverse());
            text.Append(CultureInfo.InvariantCulture, $"common-cause:\n  shock: {{of: [{names}], every: exp({_shockHours}h)}}\n");
        }
        string up = string.Join(_anyGroup ? " or " : " and ", _groups.Select(g => $"{g.Up} of {g.Name}"));
        text.Append(CultureInfo.InvariantCulture, $"services:\n  system: {{up-when: {up}}}\n");
        text.Append(CultureInfo.InvariantCulture,
            $"run: {{warm-up: 500h, horizon: {horizonHours}h, replications: {replications}, seed: {seed}}}\n");
        return text.ToString();
    }

    /// <param name="crewSlowness">1, or for a mutant the factor on the duration of every repair.</param>
    public (double Unavailability, double Frequency) Exact(double crewSlowness = 1)
    {
        MarkovChain<Failed> chain = new(new Failed("", ""), state => Transitions(state, crewSlowness));
        return chain.Outages(IsUp);
    }

    private bool IsUp(Failed state)
    {
        bool GroupIsUp(Group group) => group.Running(group.Count - state.Of(group)) >= group.Up;
        return _anyGroup ? _groups.Any(GroupIsUp) : _groups.All(GroupIsUp);
    }

    private IEnumerable<(Failed To, double Rate)> Transitions(Failed state, double slowness)
    {
        foreach (Group group in _groups)
        {
            int working = group.Count - state.Of(group);
            int running = group.Running(working);
            double rate = (running + ((working - running) * group.Hazard)) / group.Life;
            yield return (state.And(group, 1), rate);
        }
        // First come, first served: as many as the crew has members are in work.
        for (int i = 0; i < Math.Min(_crew, state.Queue.Length); i++)
        {
            Group group = _groups.Single(g => g.Name == state.Queue[i]);
            yield return (state with { Queue = state.Queue.Remove(i, 1) }, 1 / (group.Repair * slowness));
        }
        foreach (Group group in _groups.Where(g => state.Alone.Contains(g.Name, StringComparison.Ordinal)))
        {
            int alone = state.Alone.Count(name => name == group.Name);
            Failed repaired = state with { Alone = state.Alone.Remove(state.Alone.IndexOf(group.Name, StringComparison.Ordinal), 1) };
            yield return (repaired, alone / (group.Repair * slowness));
        }
        if (_shockHours > 0)
        {
            // All that work fail at once; ties queue by name.
            Failed all = _groups.Aggregate(state, (failed, group) => failed.And(group, group.Count - failed.Of(group)));
            yield return (all, 1 / _shockHours);
        }
    }

    /// <param name="Queue">Names of the groups of the units that wait for the crew or are in its hands, in order of failure.</param>
    /// <param name="Alone">The same of those repaired without crew, in order of name.</param>
    private sealed record Failed(string Queue, string Alone)
    {
        public int Of(Group group) => (group.UsesCrew ? Queue : Alone).Count(name => name == group.Name);

        public Failed And(Group group, int units)
        {
            string names = new(group.Name, units);
            return group.UsesCrew
                ? this with { Queue = Queue + names }
                : this with { Alone = string.Concat((Alone + names).Order()) };
        }
    }

    /// <param name="Name">One letter.</param>
    /// <param name="Count">How many there are.</param>
    /// <param name="Needed">How many run; all, without standby.</param>
    /// <param name="Hazard">Speed at which a waiting unit uses up its life.</param>
    /// <param name="Life">Mean, in hours.</param>
    /// <param name="Repair">Mean, in hours.</param>
    /// <param name="UsesCrew">Whether repairs queue for the crew.</param>
    /// <param name="Up">How many must run.</param>
    private sealed record Group(char Name, int Count, int Needed, double Hazard, int Life, int Repair, bool UsesCrew, int Up)
    {
        public static Group Draw(Random random, char name, int most)
        {
            int count = random.Next(1, most + 1);
            bool standby = count > 1 && random.Next(2) == 0;
            int needed = standby ? random.Next(1, count) : count;
            double hazard = standby ? random.Next(3) * 0.5 : 1;
            int up = random.Next(Math.Max(1, needed - 1), needed + 1);
            return new Group(name, count, needed, hazard, random.Next(20, 120), random.Next(2, 20), random.Next(4) > 0, up);
        }

        public int Running(int working) => Math.Min(Needed, working);

        public string Scenario()
        {
            string crew = UsesCrew ? ", crew: crew" : "";
            string kind = Hazard switch { 0 => "cold", 1 => "hot", _ => "warm, hazard: 50%" };
            string standby = Needed < Count ? $", standby: {{kind: {kind}, needed: {Needed}}}" : "";
            return $"  {Name}: {{count: {Count}, fails: exp({Life}h), repair: {{takes: exp({Repair}h){crew}}}{standby}}}\n";
        }
    }
}
