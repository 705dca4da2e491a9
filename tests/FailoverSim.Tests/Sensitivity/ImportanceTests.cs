using System.Text;
using FailoverSim.Analysis.Importance;
using FailoverSim.Analysis.Studies;
using FailoverSim.Analysis.Tables;
using FailoverSim.Reporting.Checkpoints;
using FailoverSim.Scenario;
using FailoverSim.Scenario.Specification;
using FailoverSim.Tests.Durability;
using Xunit;

namespace FailoverSim.Tests.Sensitivity;

public class ImportanceTests
{
    /// <summary>VC-G04: F = x1 and (x2 or x3) and (x4 or x5 or x6) fails; a service is up unless it does.</summary>
    private const string SmallTree = "x1 or (x2 and x3) or (x4 and x5 and x6)";

    private static readonly double[] TreeRates = [Math.Log(2), Math.Log(2), 0.2, Math.Log(2), 0.6, 1];
    private static readonly double[] TreeBirnbaum = [0.531011087, 0.368040654, 0.224762935, 0.059623537, 0.054320581, 0.081036789];
    private static readonly double[] TreeCriticality = [1, 0.693094106, 0.153452947, 0.112283036, 0.092309995, 0.192933900];
    private static readonly double[] TreeAchievement = [2, 1.693094106, 1.693094106, 1.112283036, 1.112283036, 1.112283036];
    private static readonly double[] TreeReduction = [double.PositiveInfinity, 3.258327783, 1.181269247, 1.126485176, 1.101697710, 1.239055885];

    [Fact]
    public void The_small_fault_tree_has_its_published_measures()
    {
        double[] failed = [.. TreeRates.Select(rate => 1 - Math.Exp(-rate))];
        Exact exact = Exact.Of(StructureOf(SmallTree, [1, 1, 1, 1, 1, 1]), failed);
        Assert.Equal(0.265505543259539, exact.Down, 1e-12);
        for (int i = 0; i < 6; i++)
        {
            // Printed with nine decimals, the fifth of them off by three in the last.
            Assert.Equal(TreeBirnbaum[i], exact.Birnbaum(i), 5e-9);
            Assert.Equal(TreeCriticality[i], exact.Birnbaum(i) * failed[i] / exact.Down, 1e-8);
            Assert.Equal(TreeAchievement[i], exact.Parts[i].DownIfFailed / exact.Down, 1e-8);
            double reduction = exact.Down / exact.Parts[i].DownIfWorking;
            Assert.True(double.IsInfinity(TreeReduction[i]) ? reduction > 1e12 : Math.Abs(reduction - TreeReduction[i]) < 1e-8);
        }
    }

    [Fact]
    public void A_simulated_instant_of_the_small_fault_tree_has_them_too()
    {
        string Unit(int i) => FormattableString.Invariant($"x{i + 1}: {{fails: exp({Math.Round(365 * 86400e9 / TreeRates[i]):0}ns)}}");
        PartImportance[] parts = [.. Run($$"""
            units:
              {{string.Join("\n  ", Enumerable.Range(0, 6).Select(Unit))}}
            services: {top: {up-when: {{SmallTree}} } }
            run: {warm-up: 1y, horizon: 1ms, replications: 20000, seed: 8}
            """).Parts.OrderBy(part => part.Part, StringComparer.Ordinal)];
        for (int i = 0; i < 6; i++)
        {
            Near(1 - Math.Exp(-TreeRates[i]), parts[i], "unavailability");
            Near(TreeBirnbaum[i], parts[i], "birnbaum");
            Near(TreeCriticality[i], parts[i], "criticality");
            Near(TreeAchievement[i], parts[i], "risk-achievement-worth");
            if (i > 0)
            {
                Near(TreeReduction[i], parts[i], "risk-reduction-worth");
            }
        }
        Assert.Null(Of(parts[0], "risk-reduction-worth").Value);
    }

    /// <summary>VC-G01 and VC-G03.</summary>
    [Fact]
    public void The_bridge_and_an_unequal_two_of_three_have_theirs()
    {
        Exact bridge = Exact.Of(
            StructureOf("(x1 and x4) or (x2 and x5) or (x1 and x3 and x5) or (x2 and x3 and x4)", [1, 1, 1, 1, 1]), [0.1, 0.1, 0.1, 0.1, 0.1]);
        Assert.Equal(1 - 0.97848, bridge.Down, 1e-12);
        double[] birnbaum = [0.1062, 0.1062, 0.0162, 0.1062, 0.1062];
        double[] fussell = [0.506505576208, 0.506505576208, 0.0924721189591, 0.506505576208, 0.506505576208];
        for (int i = 0; i < 5; i++)
        {
            Assert.Equal(birnbaum[i], bridge.Birnbaum(i), 1e-12);
            Assert.Equal(fussell[i], bridge.Parts[i].InFailedCut!.Value / bridge.Down, 1e-10);
        }
        Exact unequal = Exact.Of(StructureOf("2 of (x1, x2, x3)", [1, 1, 1]), [0.02, 0.05, 0.1]);
        Assert.Equal(1 - 0.9922, unequal.Down, 1e-12);
        Assert.Equal([0.14, 0.116, 0.068], [.. Enumerable.Range(0, 3).Select(i => Math.Round(unequal.Birnbaum(i), 12))]);
    }

    /// <summary>Of k of n alike: B = C(n−1, k−1) p^(k−1) q^(n−k), and every failed copy is in a cut that has failed.</summary>
    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 3)]
    [InlineData(3, 5)]
    [InlineData(4, 4)]
    public void Copies_of_k_of_n_have_the_closed_form(int k, int n)
    {
        const double Q = 0.2;
        Structure structure = StructureOf($"{k} of x1", [n]);
        double birnbaum = 0;
        double inCut = 0;
        for (int working = 0; working <= n; working++)
        {
            CopyShares shares = structure.SharesAt([working])[0];
            double probability = Choose(n, working) * Math.Pow(1 - Q, working) * Math.Pow(Q, n - working);
            birnbaum += probability * (shares.DownIfFailed - shares.DownIfWorking);
            inCut += probability * shares.InFailedCut!.Value;
        }
        Assert.Equal(Choose(n - 1, k - 1) * Math.Pow(1 - Q, k - 1) * Math.Pow(Q, n - k), birnbaum, 1e-12);
        double expected = Enumerable.Range(0, k).Sum(up => Choose(n, up) * Math.Pow(1 - Q, up) * Math.Pow(Q, n - up) * (n - up) / n);
        Assert.Equal(expected, inCut, 1e-12);

        static double Choose(int of, int some) => Enumerable.Range(1, some).Aggregate(1.0, (product, i) => product * (of - some + i) / i);
    }

    /// <summary>In series each part tips the service over as often as it fails while the other works; a common cause is nobody's own.</summary>
    [Fact]
    public void Outages_are_told_apart_by_what_tipped_the_service_over()
    {
        ImportanceOutcome outcome = Run("""
            units:
              a: {fails: exp(30d), repair: {takes: exp(1d)}}
              b: {fails: exp(90d), repair: {takes: exp(1d)}}
            common-cause: {both: {of: [a, b], every: exp(60d), lasts: 1h}}
            services: {line: {up-when: a and b}}
            run: {horizon: 3y, replications: 400, seed: 2}
            """);
        Near(RateOf(30) / (RateOf(30) + RateOf(90) + RateOf(60)), outcome.Parts.Single(part => part.Part == "a"), "barlow-proschan", 0.01);
        Near(RateOf(90) / (RateOf(30) + RateOf(90) + RateOf(60)), outcome.Parts.Single(part => part.Part == "b"), "barlow-proschan", 0.01);
        Assert.Empty(outcome.Refused);

        static double RateOf(double days) => 1 / days;
    }

    [Fact]
    public void The_down_time_behind_the_measures_is_that_of_the_run()
    {
        const string Text = """
            units: {a: {count: 3, fails: exp(5d), repair: {takes: 1d, crew: c}}}
            crews: {c: {size: 1}}
            services: {s: {up-when: 2 of a}}
            run: {horizon: 90d, warm-up: 10d, replications: 200, seed: 2}
            """;
        ScenarioReading reading = Read(Text);
        RunOutcome run = RunStudy.Run(reading.Spec!, 2, null, default, default);
        PartImportance part = Run(Text).Parts.Single();
        double down = (double)run.Table!.Totals(0).Down / (double)run.Table.Totals(0).Exposure;
        // P(down) = q P(down | failed) + …: criticality × U / Birnbaum is q again, which holds only with the same U.
        Assert.Equal(Of(part, "unavailability").Value!.Value, Of(part, "criticality").Value!.Value * down / Of(part, "birnbaum").Value!.Value, 1e-9);
    }

    [Fact]
    public void Standby_is_refused_with_a_reason()
    {
        ImportanceOutcome outcome = Run("""
            units: {a: {count: 3, fails: exp(5d), repair: {takes: 1d}, standby: {kind: cold, needed: 2}}, b: {fails: exp(50d), repair: {takes: 1d}}}
            services: {s: {up-when: 2 of a and b}}
            run: {horizon: 90d, replications: 64, seed: 2}
            """);
        Assert.Equal(["b"], outcome.Parts.Select(part => part.Part));
        Assert.StartsWith("s: a stands by", Assert.Single(outcome.Refused), StringComparison.Ordinal);
    }

    [Fact]
    public void Threads_change_no_digit()
    {
        const string Text = """
            units: {a: {count: 3, fails: exp(5d), repair: {takes: 1d}}, b: {fails: exp(50d), repair: {takes: 1d}}}
            services: {s: {up-when: 2 of a and b}}
            run: {horizon: 90d, replications: 300, seed: 2}
            """;
        string[] expected = Lines(Run(Text, 1));
        Assert.Equal(expected, Lines(Run(Text, 3)));
        // What a run has kept before it was stopped is read, and not simulated again.
        MemoryStream file = new();
        using Checkpoint checkpoint = SmallStudy.Open(file);
        Assert.Equal(expected, Lines(Run(Text, 2, checkpoint)));
        Assert.Equal(Block.CountFor(300), checkpoint.Blocks);
        long kept = file.Length;
        Assert.Equal(expected, Lines(Run(Text, 2, checkpoint)));
        Assert.Equal(kept, file.Length);

        static string[] Lines(ImportanceOutcome outcome) =>
            [.. outcome.Parts.SelectMany(part => part.Measures.Select(measure => $"{part.Part} {measure.Name} {measure.Estimate}"))];
    }

    private static FailoverSim.Analysis.Estimates.Estimate Of(PartImportance part, string measure) =>
        part.Measures.Single(other => other.Name == measure).Estimate;

    private static void Near(double expected, PartImportance part, string measure, double off = 1e-9)
    {
        var estimate = Of(part, measure);
        double error = estimate.Low is null ? 0 : estimate.HalfWidth / 1.96;
        Assert.True(Math.Abs(estimate.Value!.Value - expected) < off + (5 * error), $"{part.Part} {measure}: {estimate.Value} for {expected}, ± {error}");
    }

    private static ImportanceOutcome Run(string text, int threads = 2, IStudyStore? store = null)
    {
        ScenarioReading reading = Read(text);
        return ImportanceStudy.Run(reading.Spec!, reading.Spec!.Run.Replications!.Value, threads, default, store: store);
    }

    private static Structure StructureOf(string upWhen, int[] counts)
    {
        ScenarioSpec spec = Read($$"""
            units: { {{string.Join(", ", counts.Select((count, i) => $"x{i + 1}: {{count: {count}, fails: exp(1y)}}"))}} }
            services: {s: {up-when: "{{upWhen}}" } }
            run: {horizon: 1y, replications: 1}
            """).Spec!;
        return new Structure("s", spec.Services[0].UpWhen!, spec.Units);
    }

    private static ScenarioReading Read(string text)
    {
        ScenarioReading reading = ScenarioFile.Read("s.yaml", Encoding.UTF8.GetBytes("failoversim: 1\nname: s\n" + text));
        Assert.False(reading.HasErrors, string.Join('\n', reading.Diagnostics));
        return reading;
    }

    /// <summary>Sums over all states of single, independent parts.</summary>
    private sealed record Exact(double Down, IReadOnlyList<CopyShares> Parts)
    {
        public double Birnbaum(int part) => Parts[part].DownIfFailed - Parts[part].DownIfWorking;

        public static Exact Of(Structure structure, double[] failed)
        {
            double down = 0;
            CopyShares[] sums = [.. failed.Select(_ => new CopyShares(0, 0, 0, 0))];
            for (int state = 0; state < 1 << failed.Length; state++)
            {
                int[] working = [.. failed.Select((_, i) => state >> i & 1)];
                double probability = failed.Select((q, i) => working[i] == 1 ? 1 - q : q).Aggregate((a, b) => a * b);
                down += structure.IsDown(working) ? probability : 0;
                IReadOnlyList<CopyShares> shares = structure.SharesAt(working);
                sums = [.. sums.Zip(shares, (sum, share) => new CopyShares(
                    sum.Failed + (probability * share.Failed), sum.DownIfFailed + (probability * share.DownIfFailed),
                    sum.DownIfWorking + (probability * share.DownIfWorking), sum.InFailedCut + (probability * share.InFailedCut)))];
            }
            return new Exact(down, sums);
        }
    }
}
