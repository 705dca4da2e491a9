using Xunit;
using Xunit.Abstractions;
using static FailoverSim.Tests.Validation.Reference;

namespace FailoverSim.Tests.Validation;

/// <summary>Exact answers of textbooks (VC-A): availability, renewal and queueing. The cases' own files say what they model.</summary>
public class TextbookCases(ITestOutputHelper output)
{
    internal static readonly IReadOnlyList<ExactCase> Cases =
    [
        new(
            "a01-single-unit",
            U(1 - 0.9960177482143322, 0.007),
            PerHour(0.9960177482143322e-3, 0.007),
            VarianceUp(276.7311996956682, 0.007))
        {
            Mutant = ["units.unit.repair.takes=exp(228m)"],
        },
        new("a01-single-unit", VarianceUp(2.910212474297725, 0.016))
        {
            Sets = ["run.horizon=100h", "run.replications=300000"],
        },
        new("a01-single-unit", U(ClosedForms.MeanOver(10, t => 1 - Series(100, t)), 0.007))
        {
            Sets = ["units.unit.count=100", "run.horizon=10h", "run.replications=30000"],
        },
        PointAvailability("a01-single-unit", 100, 1, 0.9991156269783225, 0.01, 110_000),
        PointAvailability("a01-single-unit", 100, 4, 0.9974757404881361, 0.007, 72_000),
        PointAvailability("a01-single-unit", 100, 100, 0.9960159362550301, 0.007, 43_000),

        new(
            "a02-three-of-five",
            U(1.637741570712513e-5, 0.02),
            PerHour(2.034938032090436e-6, 0.015),
            Down(8.0481152, 0.015),
            First(500640.7407407407, 0.02))
        {
            Mutant = ["units.unit.repair.takes=exp(1368m)"],
        },
        new(
            "a03-one-crew",
            U(9.990551149379363e-5, 0.02),
            PerHour(4.064022663132571e-6, 0.015),
            Down(24.582912, 0.015),
            First(255270.3703703704, 0.02))
        {
            Mutant = ["units.unit.repair.takes=exp(1368m)"],
        },
        new(
            "a03-two-crews",
            U(2.471383961803067e-5, 0.02),
            PerHour(2.034921067706536e-6, 0.015),
            Down(12.144864, 0.015),
            First(500640.7407407407, 0.02))
        {
            Mutant = ["units.unit.repair.takes=exp(1368m)"],
        },

        new("a04-covered", U(9.9000099000099e-5, 0.007), First(102_000, 0.0075))
        {
            Mutant = ["units.unit.fails=exp(950h)"],
        },
        new("a04-imperfect", U(1.2233586545789e-4, 0.007), PerHour(5.937650194382e-5, 0.007), Down(2.06034140532, 0.007))
        {
            Mutant = ["units.unit.fails=exp(950h)"],
        },
        new("a04-imperfect", First(16991.666666667, 0.007))
        {
            Sets = ["run.warm-up=0s", "run.horizon=17000h", "run.replications=33000"],
        },

        new(
            "a05-common-cause",
            U(2.059145265574e-5, 0.007),
            PerHour(5.147863163934e-6, 0.007),
            Down(4, 0.007),
            First(194398.758727696, 0.007))
        {
            Mutant = ["common-cause.shock.every=exp(190000h)", "units.unit.fails=exp(10000h)"],
        },
        new("a05-independent", U(64.0 / (1008 * 1008), 0.007), First(64_000, 0.007))
        {
            Mutant = ["units.unit.fails=exp(950h)"],
        },

        .. SharedCrew(1, 0.002954209748892171, 7000),
        .. SharedCrew(2, 0.00224513308321763, 6938.118811881188),
        .. SharedCrew(4, 0.001883502388901188, 6907.027347791511),
        .. SharedCrew(16, 0.00160908880754739, 6883.641520115485),

        new("a07-renewal", U(1 - 0.94688213, 0.007))
        {
            Mutant = ["units.unit.fails=weibull(shape=1.5 mean=190h)"],
        },
        new("a07-renewal", U(1 - 0.96045944, 0.007)) { Sets = ["run.horizon=200h", "run.replications=56000"] },
        new("a07-renewal", U(1 - 0.97154136, 0.007)) { Sets = ["run.horizon=100h", "run.replications=120000"] },
        PointAvailability("a07-renewal", 10, 50, 0.96832278, 0.007, 56_000),
        PointAvailability("a07-renewal", 10, 100, 0.95528280, 0.007, 37_000),
        PointAvailability("a07-renewal", 10, 400, 0.94328934, 0.007, 27_000),

        new(
            "a08-three-members",
            U(6.422109715657113e-7, 0.02),
            PerHour(1.28422376045234e-6, 0.015),
            Down(0.5000771604938272, 0.015),
            First(779_400, 0.015),
            Failed(0.0111752371359, 0.015))
        {
            Mutant = ["units.member.repair.takes=exp(57m)"],
        },
        new(
            "a08-five-members",
            U(ClosedForms.Independent(3, 5, 30, 1).Unavailability, 0.007),
            PerHour(ClosedForms.Independent(3, 5, 30, 1).Frequency, 0.007))
        {
            Mutant = ["units.member.fails=exp(1710m)"],
        },

        new("a10-repairman", U(1 - 0.6466632177961718, 0.007), PerHour(0.02586652871184687, 0.007), Down(13.66, 0.007))
        {
            Mutant = ["units.machine.repair.takes=exp(570m)"],
        },
        new("a11-two-of-three", Failed(1 - 0.6573780032174673, 0.007))
        {
            Mutant = ["units.unit.fails=exp(950h)"],
        },
        new("a11-two-of-three", First(2500.0 / 3, 0.007)) { Sets = ["run.horizon=40000h", "run.replications=11000"] },
        new("a11-cold-spares", Failed(1 - 0.6766764161830635, 0.007))
        {
            Mutant = ["units.unit.fails=exp(475h)"],
        },
        new("a11-cold-spares", First(1500, 0.007)) { Sets = ["run.horizon=20000h", "run.replications=7500"] },
    ];

    public static TheoryData<string> Names => CaseCheck.Names(Cases);

    public static TheoryData<string> Mutants => CaseCheck.NamesOfMutants(Cases);

    [Theory]
    [MemberData(nameof(Names))]
    public void Estimates_agree_with_the_exact_answer(string name) => CaseCheck.Agrees(Cases, name, output);

    [Theory]
    [Trait("Category", "Full")]
    [MemberData(nameof(Mutants))]
    public void Means_five_percent_off_are_noticed(string name) => CaseCheck.NoticesTheMutant(Cases, name, output);

    /// <summary>VC-A01: all of n units up at t.</summary>
    private static double Series(int n, double t) =>
        Math.Pow((1000 + (4 * Math.Exp(-t * (1 / 1000.0 + 0.25)))) / 1004, n);

    /// <summary>Copies in series, observed for a microsecond at the end of a warm-up: a hundred at once see a hundred times as much.</summary>
    private static ExactCase PointAvailability(string file, int copies, int hours, double value, double precision, int replications) =>
        new(file, U(1 - Math.Pow(value, copies), precision))
        {
            Sets = [$"units.unit.count={copies}", $"run.warm-up={hours}h", "run.horizon=1us", $"run.replications={replications}"],
        };

    /// <summary>VC-A06: stationary, and once more from the start for the first outage (four means: 2 % censored, bias 5e-5).</summary>
    private static ExactCase[] SharedCrew(int stages, double unavailability, double first) =>
    [
        new($"a06-erlang-{stages}", U(unavailability, 0.007)) { Mutant = ["units.unit.fails=exp(475h)"] },
        new($"a06-erlang-{stages}", First(first, 0.0075))
        {
            Sets = ["run.warm-up=0s", "run.horizon=28000h", "run.replications=21500"],
        },
    ];
}
