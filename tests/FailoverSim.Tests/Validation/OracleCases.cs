using Xunit;
using Xunit.Abstractions;
using static FailoverSim.Tests.Validation.Reference;

namespace FailoverSim.Tests.Validation;

/// <summary>Oracles with closed forms, rates scaled up where plain simulation would see nothing.</summary>
public class OracleCases(ITestOutputHelper output)
{
    internal static readonly IReadOnlyList<ExactCase> Cases =
    [
        new("x03-two-of-three", U(2.992014976035e-06, 0.02), PerHour(2.991017970045e-6, 0.015), First(335_000, 0.02))
        {
            Mutant = ["units.unit.fails=exp(1900h)"],
        },
        new("x03-any-laws", U(2.992014976035e-06, 0.02), PerHour(2.991017970045e-6, 0.015))
        {
            Mutant = ["units.unit.fails=weibull(shape=1.5 mean=1900h)"],
        },
        new("x08-three-zones", U(3.626678755934e-06, 0.02), PerHour(ThreeZones().Frequency, 0.015))
        {
            Mutant = ["units.*.repair.takes=exp(57m)"],
        },
        new("x09-two-two-one", U(TwoTwoOne(99, 999).Unavailability, 0.02), PerHour(TwoTwoOne(99, 999).Frequency, 0.015))
        {
            Mutant = ["units.*.repair.takes=exp(57m)"],
        },
        new("x10-one-zone", U(1.029977002000e-04, 0.007), PerHour(OneZone().Frequency, 0.007))
        {
            Mutant = ["units.zone.fails=exp(9499h)"],
        },

        SharedCrew("x11-constant", Math.Exp(-Rate * Repair), "114m"),
        SharedCrew("x12-gamma-half", Math.Pow(1 + (Rate * Repair / 0.5), -0.5), "gamma(shape=0.5 mean=114m)"),
        SharedCrew("x13-gamma-four", Math.Pow(1 + (Rate * Repair / 4), -4), "gamma(shape=4 mean=114m)"),
        SharedCrew("x14-exponential", 1 / (1 + (Rate * Repair)), "exp(114m)"),

        new(
            "x15-mission",
            Failed(ClosedForms.AtLeast(2, 3, WornOut(1000)), 0.007) with { Service = "two-of-three" },
            Failed(ClosedForms.AtLeast(3, 5, WornOut(1000)), 0.007) with { Service = "three-of-five" })
        {
            Mutant = ["units.*.fails=weibull(shape=1.5 mean=1900h)"],
        },
        new("x18-leader", U(15 / ((720 * 3600.0) + 15), 0.007), PerHour(1 / (720 + (15 / 3600.0)), 0.007))
        {
            Mutant = ["units.leader.fails=exp(684h)"],
        },
    ];

    // X11 to X14 with lives of 200 h in place of 2000 h.
    private const double Rate = 1 / 200.0;
    private const double Repair = 2;

    public static TheoryData<string> Names => CaseCheck.Names(Cases);

    public static TheoryData<string> Mutants => CaseCheck.NamesOfMutants(Cases);

    [Theory]
    [MemberData(nameof(Names))]
    public void Estimates_agree_with_the_exact_answer(string name) => CaseCheck.Agrees(Cases, name, output);

    [Theory]
    [Trait("Category", "Full")]
    [MemberData(nameof(Mutants))]
    public void Means_five_percent_off_are_noticed(string name) => CaseCheck.NoticesTheMutant(Cases, name, output);

    [Fact]
    public void Formulas_give_the_published_answers()
    {
        const double Slow = 1 / 2000.0;
        Assert.Equal(6.398594172176e-07, TwoTwoOne(999, 9999).Unavailability, 1e-17);
        Assert.Equal(3.626678755934e-06, ThreeZones().Unavailability, 1e-17);
        Assert.Equal(1.029977002000e-04, OneZone().Unavailability, 1e-14);
        Assert.Equal(9.986675832931e-07, ClosedForms.SharedCrew(Slow, 2, Math.Exp(-2 * Slow)).Unavailability, 1e-15);
        Assert.Equal(1.0034997502e6, ClosedForms.SharedCrew(Slow, 2, Math.Pow(1 + (4 * Slow), -0.5)).First, 1e-3);
        Assert.Equal(1.263505018162e-03, ClosedForms.AtLeast(2, 3, WornOut(168)), 1e-12);
        Assert.Equal(8.553824447100e-05, ClosedForms.AtLeast(3, 5, WornOut(168)), 1e-12);
    }

    /// <summary>A case file is not forgotten, and each is shown to notice an error of 5 %.</summary>
    [Fact]
    public void Every_case_file_is_run_and_has_a_mutant()
    {
        IEnumerable<string> files = Directory.GetFiles(ExactCase.Folder, "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file)!);
        IEnumerable<ExactCase> all = [.. TextbookCases.Cases, .. DesignCases.Cases, .. Cases];
        Assert.Equal(
            files.Order(StringComparer.Ordinal),
            all.Where(exact => exact.Mutant.Count > 0).Select(exact => exact.File).Distinct().Order(StringComparer.Ordinal));
    }

    private static ExactCase SharedCrew(string file, double transform, string mutant)
    {
        var (unavailability, first) = ClosedForms.SharedCrew(Rate, Repair, transform);
        return new(file, U(unavailability, 0.007), First(first, 0.0075)) { Mutant = [$"units.unit.repair.takes={mutant}"] };
    }

    /// <summary>Probability that a Weibull life of shape 1.5 and mean 2000 h ends within so many hours; Γ(5/3) = 0.9027….</summary>
    private static double WornOut(double hours) =>
        1 - Math.Exp(-Math.Pow(hours * MathNet.Numerics.SpecialFunctions.Gamma(5.0 / 3) / 2000, 1.5));

    private static (double Unavailability, double Frequency) ThreeZones() => ClosedForms.Independent(
        [(9999, 1), (9999, 1), (9999, 1), (999, 1), (999, 1), (999, 1)],
        up => Enumerable.Range(0, 3).Count(i => up[i] && up[i + 3]) >= 2);

    private static (double Unavailability, double Frequency) OneZone() => ClosedForms.Independent(
        [(9999, 1), (999, 1), (999, 1), (999, 1)], up => up[0] && up[1..].Count(works => works) >= 2);

    private static (double Unavailability, double Frequency) TwoTwoOne(double node, double zone)
    {
        int[] zoneOf = [0, 0, 1, 1, 2];
        return ClosedForms.Independent(
            [(zone, 1), (zone, 1), (zone, 1), .. Enumerable.Repeat((node, 1.0), 5)],
            up => zoneOf.Where((place, i) => up[place] && up[i + 3]).Count() >= 3);
    }
}
