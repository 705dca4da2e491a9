using System.Globalization;
using FailoverSim.Analysis.Exact;
using FailoverSim.Scenario.Specification;
using FailoverSim.Tests.Validation;
using Xunit;

namespace FailoverSim.Tests.Exact;

/// <summary>
/// Known answers of the case files (VC-A, VC-B, VC-E, VC-G and the oracles X1 to X17) to nine digits, or to as many as are printed.
/// </summary>
public class ExactValueTests
{
    private const double Hour = 3600;
    private const string Short = "run.horizon=1us";

    public static TheoryData<string, string, Figure, string> Known => new()
    {
        // VC-A01; the point availabilities as those of a microsecond after a warm-up.
        { "a01-single-unit", "", Figure.LongRun, "0.003984063745019920" },
        { "a01-single-unit", "run.horizon=10h", Figure.Unavailability, "0.0025257825101838" },
        { "a01-single-unit", "", Figure.Unavailability, "0.0039822517856678" },
        { "a01-single-unit", $"run.warm-up=1h {Short}", Figure.Unavailability, "0.0008843730216775" },
        { "a01-single-unit", $"run.warm-up=4h {Short}", Figure.Unavailability, "0.0025242595118639" },
        { "a01-single-unit", $"run.warm-up=10h {Short}", Figure.Unavailability, "0.0036602858994387" },
        { "a01-single-unit", $"run.warm-up=100h {Short}", Figure.Unavailability, "0.0039840637449699" },

        { "a02-three-of-five", "", Figure.LongRun, "1.637741570712513e-5" },
        { "a02-three-of-five", "", Figure.PerHour, "2.034938032090436e-6" },
        { "a02-three-of-five", "", Figure.MeanOutage, "8.0481152" },
        { "a02-three-of-five", "", Figure.First, "500640.7407407407" },
        { "a03-one-crew", "", Figure.LongRun, "9.990551149379363e-5" },
        { "a03-one-crew", "", Figure.PerHour, "4.064022663132571e-6" },
        { "a03-one-crew", "", Figure.MeanOutage, "24.582912" },
        { "a03-one-crew", "", Figure.First, "255270.3703703704" },
        { "a03-two-crews", "", Figure.LongRun, "2.471383961803067e-5" },
        { "a03-two-crews", "", Figure.PerHour, "2.034921067706536e-6" },
        { "a03-two-crews", "", Figure.MeanOutage, "12.144864" },
        { "a03-two-crews", "", Figure.First, "500640.7407407407" },

        // Its other figures differ in the fifth digit: see below.
        { "a04-imperfect", "", Figure.First, "16991.666666667" },
        { "a04-covered", "", Figure.LongRun, "9.9000099000099e-5" },
        { "a04-covered", "", Figure.First, "102000" },

        { "a05-common-cause", "", Figure.LongRun, "2.059145265574e-5" },
        { "a05-common-cause", "", Figure.First, "194398.758727696" },
        { "a05-common-cause", "", Figure.PerHour, "5.147863163934e-6" },
        { "a05-common-cause", "", Figure.MeanOutage, "4" },
        { "a05-independent", "units.unit.fails=exp(10000h)", Figure.LongRun, "6.389772274906e-7" },
        { "a05-independent", "units.unit.fails=exp(10000h)", Figure.First, "6265000" },

        { "a06-erlang-1", "", Figure.LongRun, "0.002954209748892171" },
        { "a06-erlang-2", "", Figure.LongRun, "0.00224513308321763" },
        { "a06-erlang-4", "", Figure.LongRun, "0.001883502388901188" },
        { "a06-erlang-16", "", Figure.LongRun, "0.00160908880754739" },
        { "a06-erlang-1", "", Figure.First, "7000" },
        { "a06-erlang-2", "", Figure.First, "6938.118811881188" },
        { "a06-erlang-4", "", Figure.First, "6907.027347791511" },
        { "a06-erlang-16", "", Figure.First, "6883.641520115485" },

        { "a08-three-members", "", Figure.LongRun, "6.422109715657113e-7" },
        { "a08-three-members", "", Figure.First, "779400" },
        { "a08-three-members", "", Figure.PerHour, "1.28422376045234e-6" },
        { "a08-three-members", "", Figure.MeanOutage, "0.5000771604938272" },
        { "a08-three-members", "", Figure.AnyOutage, "0.0111752371359" },
        { "a08-five-members", "units.member.fails=exp(2160h)", Figure.LongRun, "9.902257068560279e-10" },
        { "a08-five-members", "units.member.fails=exp(2160h)", Figure.First, "336935772" },
        { "a08-five-members", "units.member.fails=exp(2160h)", Figure.PerHour, "2.969989559327722e-9" },
        { "a08-five-members", "units.member.fails=exp(2160h) run.warm-up=0s run.horizon=8760h", Figure.AnyOutage, "2.59942359032e-5" },

        { "a10-repairman", "", Figure.LongRun, "0.3533367822038282" },
        { "a10-repairman", "", Figure.PerHour, "0.02586652871184687" },
        { "a10-repairman", "", Figure.MeanOutage, "13.66" },
        { "a11-two-of-three", "", Figure.AnyOutage, "0.3426219967825327" },
        { "a11-two-of-three", "", Figure.First, "833.3333333333333" },
        { "a11-cold-spares", "", Figure.AnyOutage, "0.3233235838169365" },
        { "a11-cold-spares", "", Figure.First, "1500" },

        { "b04-voting", "", Figure.First, "1.735617323852618" },
        { "b04-voting", "", Figure.AnyOutage, "0.34965298733844" },
        { "b04-warm-spare", "", Figure.First, "3.538461538461538" },
        { "b04-warm-spare", "", Figure.AnyOutage, "0.11185306378198" },
        { "b04-shared-spare", "", Figure.First, "1.869565217391304" },
        { "b05-one-module", "run.horizon=1h", Figure.AnyOutage, "0.0001099939540476" },
        { "b05-one-module", "", Figure.AnyOutage, "0.010942480585989" },

        { "e01-two-chunks", "units.chunk.repair.takes=exp(20m)", Figure.First, "12445920" },
        { "e01-two-chunks", "units.chunk.repair.takes=exp(20m) units.chunk.count=3", Figure.First, "35848402080" },

        { "g01-bridge", "", Figure.LongRun, "0.02152" },
        { "g02-web-shop", Shop, Figure.LongRun, "1.0719664850907e-6" },
        { "g02-web-shop", Shop, Figure.PerHour, "1.2177837291504e-6" },
        { "g02-web-shop", Shop, Figure.MeanOutage, "0.88026014753745" },
        { "g03-unequal", "", Figure.LongRun, "0.0078" },
        { "g04-fault-tree", "", Figure.AnyOutage, "0.265505543259539" },
        { "g04-fault-tree", "", Figure.First, "1.977074913" },

        // The oracles X1 to X10, X13, X14 and X17.
        { "x03-two-of-three", $"{Unit} units.unit.fails=exp(8760h)", Figure.LongRun, "3.908236579495e-8" },
        { "x03-two-of-three", $"{Unit} units.unit.fails=exp(8760h)", Figure.PerHour, "7.816175742e-8" },
        { "x03-two-of-three", $"{Unit} units.unit.fails=exp(8760h)", Figure.MeanOutage, "0.50001903" },
        { "a03-one-crew", $"{TwoOfThree} {Unit} units.unit.fails=exp(8760h)", Figure.LongRun, "7.817067691770e-8" },
        { "a03-one-crew", $"{TwoOfThree} {Unit} units.unit.fails=exp(8760h)", Figure.MeanOutage, "1.00011416" },
        { "x03-two-of-three", "", Figure.LongRun, "2.992014976035e-6" },
        { "x03-two-of-three", "", Figure.PerHour, "2.991017970045e-6" },
        { "x03-two-of-three", "", Figure.First, "335000" },
        { "a02-three-of-five", "units.unit.repair.takes=exp(2h)", Figure.LongRun, "9.955125720539e-9" },
        { "a02-three-of-five", "units.unit.repair.takes=exp(2h)", Figure.PerHour, "1.492522447605e-8" },
        { "a02-three-of-five", "units.unit.repair.takes=exp(2h)", Figure.MeanOutage, "0.66700007" },
        { "a03-one-crew", "units.unit.repair.takes=exp(2h)", Figure.LongRun, "5.981982090269e-8" },
        { "a03-one-crew", "units.unit.repair.takes=exp(2h)", Figure.MeanOutage, "2.00400400" },
        { "a02-three-of-five", "units.unit.repair.takes=exp(2h) units.unit.count=7 services.system.up-when=4_of_unit", Figure.LongRun, "3.477683760576e-11" },
        { "a02-three-of-five", $"{Unit} units.unit.fails=exp(8760h)", Figure.LongRun, "1.486841241901e-11" },
        { "x08-three-zones", "", Figure.LongRun, "3.626678755934e-6" },
        { "x09-two-two-one", "units.z*.fails=exp(9999h) units.n*.fails=exp(999h)", Figure.LongRun, "6.398594172176e-7" },
        { "x10-one-zone", "", Figure.LongRun, "1.029977002000e-4" },
        { "x13-gamma-four", "units.unit.fails=exp(2000h)", Figure.LongRun, "1.248126366514e-6" },
        { "x13-gamma-four", "units.unit.fails=exp(2000h)", Figure.First, "1.0026250781e6" },
        { "x14-exponential", "units.unit.fails=exp(2000h)", Figure.LongRun, "1.996004000281e-6" },
        { "x14-exponential", "units.unit.fails=exp(2000h)", Figure.First, "1.0030000000e6" },
    };

    private const string Unit = "units.unit.repair.takes=exp(1h)";
    private const string TwoOfThree = "units.unit.count=3 services.system.up-when=2_of_unit";
    private const string Shop = "units.balancer.fails=exp(8760h) units.web.fails=exp(2000h) units.database.fails=exp(4380h)";

    public enum Figure
    {
        LongRun,
        PerHour,
        MeanOutage,
        First,
        Unavailability,
        AnyOutage,
    }

    [Theory]
    [MemberData(nameof(Known))]
    public void Solutions_give_the_known_answers(string file, string sets, Figure figure, string answer)
    {
        ScenarioSpec spec = Measurement.Read(
            Path.Combine(ExactCase.Folder, file + ".yaml"),
            [.. sets.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(Expanded)]);
        ExactService service = ExactStudy.Solve(spec, ExactLimits.Quick).Solution!.Services[0];
        double expected = double.Parse(answer, CultureInfo.InvariantCulture);
        double value = figure switch
        {
            Figure.LongRun => service.LongRun.Unavailability,
            Figure.PerHour => service.LongRun.OutagesPerSecond * Hour,
            Figure.MeanOutage => service.LongRun.MeanOutage / Hour,
            Figure.First => service.MeanTimeToFirst!.Value / Hour,
            Figure.Unavailability => service.Horizon!.Rates.Unavailability,
            _ => service.Horizon!.AnyOutage!.Value,
        };
        Assert.Equal(expected, value, Math.Max(1e-9 * expected, UnitOfLastDigit(answer)));
    }

    /// <summary>
    /// VC-A04 with a switch that goes on, in vain, where the repair was quicker: should the repaired unit fail meanwhile, the switch is
    /// awaited after all. That adds a state to the five of the table and 4e-6 to its 1.2233586545789e-4.
    /// </summary>
    [Fact]
    public void A_switch_that_is_overtaken_by_the_repair_is_a_state_of_its_own()
    {
        const double Failure = 0.001, Repair = 0.1, TakeOver = 2;
        MarkovChain<string> chain = new("both", state => state switch
        {
            "both" => [("one", 0.95 * Failure), ("waits", 0.05 * Failure)],
            "one" => [("none", Failure), ("both", Repair)],
            "waits" => [("one", TakeOver), ("in vain", Repair)],
            "in vain" => [("both", TakeOver), ("waits", Failure)],
            _ => new[] { ("one", Repair) },
        });
        (double unavailability, double frequency) = chain.Outages(state => state is "both" or "one" or "in vain");
        ScenarioSpec spec = Measurement.Read(Path.Combine(ExactCase.Folder, "a04-imperfect.yaml"), []);
        ExactSolution solution = ExactStudy.Solve(spec, ExactLimits.Quick).Solution!;
        Assert.Equal(chain.States, solution.States);
        Assert.Equal(unavailability, solution.Services[0].LongRun.Unavailability, 1e-12 * unavailability);
        Assert.Equal(frequency, solution.Services[0].LongRun.OutagesPerSecond * Hour, 1e-12 * frequency);
        Assert.Equal(1.2233586545789e-4, unavailability, 1e-9);
    }

    /// <summary>The second module makes 82,944 states, above what is solved beside a simulation.</summary>
    [Fact]
    public void Two_modules_of_83_thousand_states_give_the_published_answers()
    {
        ScenarioSpec spec = Measurement.Read(Path.Combine(ExactCase.Folder, "b05-two-modules.yaml"), []);
        ExactService system = ExactStudy.Solve(spec, ExactLimits.Thorough).Solution!.Services.Single(s => s.Name == "system");
        Assert.Equal(0.20132090169831, system.Horizon!.AnyOutage!.Value, 1e-10);
    }

    /// <summary>Blanks are written as underscores; one set may name several units by their first letter.</summary>
    private static IEnumerable<string> Expanded(string set)
    {
        string text = set.Replace('_', ' ');
        return text.StartsWith("units.z*", StringComparison.Ordinal)
            ? new[] { "za", "zb", "zc" }.Select(name => text.Replace("z*", name, StringComparison.Ordinal))
            : text.StartsWith("units.n*", StringComparison.Ordinal)
                ? new[] { "n1", "n2", "n3", "n4", "n5" }.Select(name => text.Replace("n*", name, StringComparison.Ordinal))
                : [text];
    }

    private static double UnitOfLastDigit(string number)
    {
        string[] parts = number.Split('e');
        int exponent = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
        int point = parts[0].IndexOf('.', StringComparison.Ordinal);
        int decimals = point < 0 ? 0 : parts[0].Length - point - 1;
        // Whole numbers are exact.
        return point < 0 ? 0 : Math.Pow(10, exponent - decimals);
    }
}
