using Xunit;
using Xunit.Abstractions;
using static FailoverSim.Tests.Validation.Reference;

namespace FailoverSim.Tests.Validation;

/// <summary>Exact answers of fault trees, block diagrams and storage (VC-B, VC-E, VC-G).</summary>
public class DesignCases(ITestOutputHelper output)
{
    private const double TwoModules = 0.20132090169831;

    private static readonly (double Up, double Down) Bridge = (9, 1);

    internal static readonly IReadOnlyList<ExactCase> Cases =
    [
        new("b04-voting", Failed(0.34965298733844, 0.007))
        {
            Mutant = ["units.a.fails=exp(190m)", "units.b.fails=exp(8550s)", "units.c.fails=exp(57m)"],
        },
        new("b04-voting", First(2685.0 / 1547, 0.007)) { Sets = ["run.horizon=100h", "run.replications=20000"] },
        new("b04-warm-spare", Failed(0.11185306378198, 0.007)) { Mutant = ["units.unit.fails=exp(114m)"] },
        new("b04-warm-spare", First(46.0 / 13, 0.007)) { Sets = ["run.horizon=200h", "run.replications=13000"] },
        new("b04-shared-spare", First(43.0 / 23, 0.007)) { Mutant = ["units.unit.fails=exp(114m)"] },

        // 100 h fail too few modules to notice 5 %; the same modules at 1000 h do.
        new("b05-one-module", Failed(0.010942480585989, 0.02)),
        new("b05-one-module", Failed(1 - Math.Sqrt(1 - TwoModules), 0.007))
        {
            Sets = ["run.horizon=1000h", "run.replications=175000"],
            Mutant = ["units.hardware.fails=exp(19000h)", "units.software.fails=exp(57000000s)"],
        },
        new("b05-two-modules", Failed(TwoModules, 0.007) with { Service = "system" })
        {
            Mutant =
            [
                "units.hardware-1.fails=exp(19000h)",
                "units.software-1.fails=exp(57000000s)",
                "units.hardware-2.fails=exp(19000h)",
                "units.software-2.fails=exp(57000000s)",
            ],
        },

        new("e01-two-chunks", First(24 * ((3 / 120.0) + 1.44) * 120 * 120 / 2, 0.007)) { Mutant = ["units.chunk.fails=exp(114d)"] },

        new("g01-bridge", U(1 - 0.97848, 0.007), PerHour(((4 * 0.1062) + 0.0162) / 10, 0.007))
        {
            Mutant = ["units.*.repair.takes=exp(57m)"],
        },
        new("g02-web-shop", U(Shop().Unavailability, 0.015), PerHour(Shop().Frequency, 0.008))
        {
            Mutant = ["units.balancer.fails=exp(49932m)", "units.web.fails=exp(190h)", "units.database.fails=exp(24966m)"],
        },
        new("g03-unequal", U(1 - 0.9922, 0.007), PerHour((0.14 / 50) + (0.116 / 20) + (0.068 / 10), 0.007))
        {
            Mutant = ["units.c.fails=exp(513m)", "units.b.fails=exp(1083m)"],
        },
        new("g04-fault-tree", Failed(0.265505543259539, 0.007)) { Mutant = ["units.x1.fails=exp(4934.017039840s)"] },
        new("g04-fault-tree", First(1.977074913, 0.007)) { Sets = ["run.horizon=200h", "run.replications=15000"] },
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

    [Fact]
    public void Enumeration_gives_the_published_answers()
    {
        var (unavailability, frequency) = ClosedForms.Independent([Bridge, Bridge, Bridge, Bridge, Bridge], up =>
            (up[0] && up[3]) || (up[1] && up[4]) || (up[0] && up[2] && up[4]) || (up[1] && up[2] && up[3]));
        Assert.Equal(0.02152, unavailability, 12);
        Assert.Equal(0.0441, frequency, 12);
        Assert.Equal(1.0719664850907e-6, Shop(scale: 10).Unavailability, 1e-17);
        Assert.Equal(1.2177837291504e-6, Shop(scale: 10).Frequency, 1e-17);
    }

    /// <summary>VC-G02, its lives divided by ten.</summary>
    private static (double Unavailability, double Frequency) Shop(double scale = 1)
    {
        (double, double) balancer = (876 * scale, 2);
        (double, double) web = (200 * scale, 0.5);
        (double, double) database = (438 * scale, 4);
        return ClosedForms.Independent([balancer, balancer, web, web, web, database, database], up =>
            (up[0] || up[1]) && up[2..5].Count(works => works) >= 2 && (up[5] || up[6]));
    }
}
