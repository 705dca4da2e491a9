using System.Text;
using System.Text.Json.Nodes;
using FailoverSim.Kernel.Time;
using FailoverSim.Scenario;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Language;
using FailoverSim.Scenario.Output;
using FailoverSim.Scenario.Specification;
using Xunit;

namespace FailoverSim.Tests.Scenarios;

public sealed class ReadingScenarios
{
    private const string Small = """
        failoversim: 1
        name: small
        units:
          node: {count: 3, fails: exp(1y), repair: {takes: 1h30m}}
        services:
          api: {up-when: 2 of node}
        """;

    private static string Pumps => Path.Combine(Repository.Root, "scenarios", "pumps-3-of-5.yaml");

    /// <summary>The scenarios of the repository that this version simulates.</summary>
    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Path.Combine(Repository.Root, "scenarios"), "*.yaml").Where(file =>
            !ScenarioFile.Read(file).HasErrors).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Fact]
    public void The_pumps_read_as_they_stand()
    {
        var reading = ScenarioFile.Read(Pumps);
        Assert.Empty(reading.Diagnostics);
        var spec = reading.Spec!;
        Assert.Equal(["pump", "header"], spec.Units.Select(unit => unit.Name));
        Assert.Equal([0.70, 0.25, 0.05], spec.Units[0].Modes.Select(mode => mode.Share));
        Assert.Equal(FoundBy.Inspection, spec.Units[0].Modes[2].FoundBy);
        Assert.Equal((4, 0.2, 0.01, 30.0), (spec.Units[0].Standby!.Needed, spec.Units[0].Standby!.HazardSpeed,
            spec.Units[0].Standby!.SwitchFails, spec.Units[0].Standby!.Switch.Mean));
        Assert.Equal(["header"], spec.Units[1].Modes.Select(mode => mode.Name));
        Assert.Equal("Europe/Zurich", Assert.IsType<Hours.Weekly>(spec.Crews[0].Hours).Zone.Id);
        Assert.IsType<Hours.Always>(spec.Crews[1].Hours);
        Assert.Equal(new Money(14_000, "EUR"), spec.Spares[1].Price);
        Assert.Equal((0.6, 1.0), (spec.CommonCauses[0].HitsLow, spec.CommonCauses[0].HitsHigh));
        var plant = Assert.IsType<UpWhen.AtLeast>(spec.Services[0].UpWhen);
        Assert.Equal([new UpWhen.Copies("header", 1), new UpWhen.Copies("pump", 3)], plant.Parts);
        Assert.Equal((2, 0.995), (plant.Needed, Assert.IsType<WindowSlo>(spec.Slos[0]).Objective));
        Assert.Equal((20 * SimDuration.NanosecondsPerYear, (ulong)3, null),
            (spec.Run.Horizon.Nanoseconds, spec.Run.Seed, spec.Run.Replications));
        Assert.Equal((0.02, 0.95), (spec.Run.StopWhen!.Within, spec.Run.StopWhen.Level));
        Assert.Equal(TimeSpan.FromMinutes(10), spec.Run.GiveUpAfterWallClock);
        Assert.Equal(["third-mechanic", "second-motor", "six-pumps", "inspection=15d", "inspection=30d",
            "inspection=60d", "inspection=90d"], reading.Study.Variants.Select(variant => variant.Name));
        Assert.Equal(6, reading.Study.Variants.ElementAt(2).Spec.Units[0].Count);
        var sensitivity = reading.Study.Sensitivity!;
        Assert.Empty(sensitivity.LeftOut);
        Assert.Equal(["pump fails: weibull(shape=1.6 mean=200d) weibull(shape=1.6 mean=800d)",
            "pump seal repair takes: lognormal(median=3h p95=10h) lognormal(median=12h p95=40h)",
            "pump motor repair takes: 12h..1.5d 2d..6d", "pump sensor repair takes: 30m..1.5h 2h..6h",
            "header fails: exp(12.5y) exp(50y)", "header repair takes: 6h..18h 1d..3d",
            "seal-kit delivery: 2.5d..6d 10d..24d", "motor delivery: lognormal(median=15d p95=35d) lognormal(median=60d p95=140d)",
            "flooding every: exp(20y) exp(80y)", "flooding lasts: 1d..3d 4d..12d"],
            sensitivity.Factors.Select(factor => $"{factor.Label}: {factor.Low.Text} {factor.High.Text}"));
    }

    [Fact]
    public void Defaults_stand_where_the_file_says_nothing()
    {
        var spec = Read(Small).Spec!;
        Assert.Equal((10 * SimDuration.NanosecondsPerYear, 1000L, 1UL),
            (spec.Run.Horizon.Nanoseconds, spec.Run.Replications, spec.Run.Seed));
        Assert.Equal(new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc), spec.Run.Start);
        Assert.True(spec.Units[0].AgesAlways);
        Assert.Empty(spec.Units[0].Modes[0].Repair!.Crews);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void An_expanded_scenario_reads_back_to_the_same(string file)
    {
        var first = ScenarioFile.Read(Path.Combine(Repository.Root, "scenarios", file));
        var second = Read(first.Expanded!);
        Assert.DoesNotContain(second.Diagnostics, diagnostic => diagnostic.Severity == Severity.Error);
        Assert.Equal(first.NormalText, second.NormalText);
        Assert.Equal(first.Hash, second.Hash);
        Assert.Equal(SpecText.Of(first.Spec!), SpecText.Of(second.Spec!));
        Assert.Equal(first.Study.Variants.Select(variant => SpecText.Of(variant.Spec)),
            second.Study.Variants.Select(variant => SpecText.Of(variant.Spec)));
    }

    [Fact]
    public void Expansion_tells_where_each_value_comes_from()
    {
        var text = Read(Small, "units.node.count=5", "crews.ops={size: 2}").Expanded!;
        Assert.Contains("    count: 5  # --set\n", text, StringComparison.Ordinal);
        Assert.Contains("    fails: exp(1y)  # small.yaml:4\n", text, StringComparison.Ordinal);
        Assert.Contains("  horizon: 10y  # default\n", text, StringComparison.Ordinal);
        Assert.Contains("    size: 2  # --set\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_hash_is_stable_under_layout_comments_and_units_but_not_under_values()
    {
        var reformatted = """
            # a comment
            name: "small"
            failoversim: 1
            services: {api: {up-when: '2 of  node'}}
            units:
              node:
                repair:
                  takes: 90m   # the same
                fails: exp(365d)
                count: 3
            """;
        Assert.Equal(Read(Small).Hash, Read(reformatted).Hash);
        Assert.NotEqual(Read(Small).Hash, Read(Small.Replace("1h30m", "91m", StringComparison.Ordinal)).Hash);
        Assert.NotEqual(Read(Small).Hash, Read(Small, "run.seed=2").Hash);
    }

    [Fact]
    public void A_set_replaces_and_creates_what_the_language_knows()
    {
        var spec = Read(Small, "units.node.count=4", "units.*.repair.takes=2h", "services.api.up-when=any of node",
            "run={seed: 7, horizon: 1y}").Spec!;
        Assert.Equal((4, 7_200.0, 7UL),
            (spec.Units[0].Count, spec.Units[0].Modes[0].Repair!.Takes.Mean, spec.Run.Seed));
        Assert.Equal(new UpWhen.Copies("node", 1), spec.Services[0].UpWhen);
    }

    [Theory]
    [InlineData("units.node.count", "--set:1:1: error FS0506")]
    [InlineData("units.nod.count=4", "--set:1:7: error FS0501")]
    [InlineData("units.node.cont=4", "--set:1:12: error FS0501")]
    [InlineData("units.node.count=0", "--set:1:18: error FS0207")]
    [InlineData("units.node.count=", "--set:1:1: error FS0506")]
    [InlineData("units.node={count: [}", "--set:1:21: error FS0005")]
    [InlineData("units.node={count: 2, fails: expo(1y)}", "--set:1:30: error FS0210")]
    public void A_wrong_set_is_told_with_its_column(string set, string expected)
    {
        var first = Read(Small, set).Diagnostics[0].ToString();
        Assert.StartsWith(expected, first, StringComparison.Ordinal);
    }

    [Fact]
    public void A_service_in_an_expression_is_written_out()
    {
        var spec = Read(Small + "\n  node: {up-when: 1 of node}\n  both: {up-when: api and node}").Spec!;
        var both = Assert.IsType<UpWhen.AtLeast>(spec.Services[2].UpWhen);
        Assert.Equal([new UpWhen.Copies("node", 2), new UpWhen.Copies("node", 3)], both.Parts);
    }

    [Fact]
    public void Anchors_and_aliases_stand_for_values()
    {
        var spec = Read(
            Small.Replace("services:",
            "  disk: &disk\n    fails: &life exp(1y)\n    repair: {takes: 1h}\n  fan: {fails: *life, repair: {takes: 1h}}\n  belt: *disk\nservices:", StringComparison.Ordinal)
            .Replace("2 of node", "2 of node and disk and fan and belt", StringComparison.Ordinal)).Spec!;
        Assert.All(spec.Units, unit => Assert.Equal(SimDuration.NanosecondsPerYear / 1e9, unit.Fails.Mean));
    }

    [Fact]
    public void Words_that_YAML_once_took_for_booleans_are_names()
    {
        var spec = Read(
            "failoversim: 1\nname: on\nunits: {no: {fails: exp(1y), repair: {takes: 1h}}, 1: {fails: exp(1y), repair: {takes: 1h}}}\nservices: {yes: {up-when: no and 1}}\n").Spec!;
        Assert.Equal(["no", "1"], spec.Units.Select(unit => unit.Name));
    }

    [Fact]
    public void A_missing_file_a_folder_and_a_file_of_10_MB_are_told()
    {
        Assert.Equal(
            ["nowhere.yaml:1:1: error FS0001: the file does not exist; give the path of a readable scenario file"],
            ScenarioFile.Read("nowhere.yaml").Diagnostics.Select(d => d.ToString()));
        Assert.Equal(Codes.FileUnreadable, Assert.Single(ScenarioFile.Read(Repository.Root).Diagnostics).Code);
        var large = Encoding.UTF8.GetBytes(Small + "\n"
            + string.Concat(Enumerable.Repeat("# nothing but comments\n", 450_000)));
        Assert.Equal(
            "large.yaml:1:1: error FS0002: the file is larger than the limit of 4 MiB; describe like things once with a 'count', or split the file",
            Assert.Single(ScenarioFile.Read("large.yaml", large).Diagnostics).ToString());
    }

    [Fact]
    public void More_than_1000_variants_are_told_once()
    {
        // In one sweep, and together.
        string Sweep(string name, int points) => $"{name}: {{path: units.node.fails, values: [{string.Join(", ", Enumerable.Range(1, points).Select(i => $"{i}d"))}]}}";
        Assert.Equal(Codes.TooManyVariants, Assert.Single(Read($"{Small}\nsweep: {{{Sweep("n", 1_003)}}}").Diagnostics).Code);
        Assert.Equal(Codes.TooManyVariants, Assert.Single(Read($"{Small}\nsweep: {{{Sweep("n", 501)}, {Sweep("m", 501)}}}").Diagnostics).Code);
    }

    [Fact]
    public void The_JSON_Schema_lists_every_key_and_those_of_the_pumps()
    {
        var schema = JsonNode.Parse(JsonSchema.Text())!;
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", (string?)schema["$schema"]);
        Covers(schema, ScenarioKeys.File);
        var units = schema["properties"]!["units"]!["additionalProperties"]!["properties"]!;
        foreach (var key in new[] { "count", "fails", "modes", "standby", "repair" })
        {
            Assert.NotNull(units[key]!["description"]);
        }
        Assert.Matches((string)units["fails"]!["pattern"]!, "weibull(shape=1.6 mean=400d)");
    }

    [Fact]
    public void The_page_of_codes_is_the_catalogue()
    {
        var page = "# Codes of findings\n\nGenerated from the catalogue (`Codes.cs`); a code keeps its meaning for ever.\n"
            + "0xx are about the file, 1xx keys, 2xx values, 3xx names, 4xx meaning, 5xx variants, 6xx warnings, 7xx incident logs, 8xx imported files, 9xx limits of this version.\n\n| code | meaning |\n| --- | --- |\n"
            + string.Concat(Codes.All.Select(code => $"| {code.Id} | {code.Meaning} |\n"));
        Golden.Matches(Path.Combine(Repository.Root, "engine", "docs", "diagnostics.md"), page);
        Assert.Equal(Codes.All.Count, Codes.All.Select(code => code.Id).Distinct().Count());
    }

    private static void Covers(JsonNode schema, Shape shape)
    {
        if (shape is EitherShape or RecordsShape or NamedShape { OrList: true })
        {
            // The form with keys comes last.
            schema = schema["anyOf"]![1]!;
            shape = shape switch { EitherShape either => either.Other, RecordsShape records => records.Item, _ => shape };
        }
        if (shape is NamedShape named)
        {
            Covers(schema["additionalProperties"]!, named.Item);
        }
        foreach (var key in (shape as MappingShape)?.Keys ?? [])
        {
            var property = schema["properties"]![key.Name]!;
            Assert.StartsWith(key.Doc, (string)property["description"]!, StringComparison.Ordinal);
            Covers(property, key.Shape);
        }
    }

    private static ScenarioReading Read(string text, params string[] sets) =>
        ScenarioFile.Read("small.yaml", Encoding.UTF8.GetBytes(text), sets);
}
