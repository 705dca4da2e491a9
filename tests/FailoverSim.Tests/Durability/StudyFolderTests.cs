using System.Text;
using FailoverSim.Analysis.Stopping;
using FailoverSim.Library;
using FailoverSim.Reporting.Checkpoints;
using FailoverSim.Reporting.Results;
using FailoverSim.Reporting.Tables;
using FailoverSim.Scenario;
using FailoverSim.Tests.Cli;
using Xunit;

namespace FailoverSim.Tests.Durability;

/// <summary>Results that are finished stay until others take their place that are worth as much.</summary>
public sealed class StudyFolderTests
{
    private const int All = 645;

    [Theory]
    [InlineData(false), InlineData(true)]
    public void What_is_stopped_does_not_take_the_place_of_what_was_finished(bool extend)
    {
        using TempFolder temp = new();
        string folder = temp.File("small");
        Finish(folder, 600);
        byte[] before = File.ReadAllBytes(Path.Combine(folder, VouchedRows.RowsFile));

        using (StudyFolder held = StudyFolder.Open(folder, SmallStudy.Plan(null, All), extend))
        {
            using CancellationTokenSource stop = new();
            StudyFindings findings = Study.Run(
                SmallStudy.Plan(held.Store, All) with { Threads = 1 }, _ => stop.Cancel(), stop.Token)!;
            Assert.NotEmpty(findings.Unfinished);
            Assert.Equal(600, held.Keeps(findings));
            held.Write(findings);
        }
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(folder, VouchedRows.RowsFile)));
        Assert.True(File.Exists(Path.Combine(folder, Checkpoint.FileName)));

        Finish(folder, All, extend);
        Finish(temp.File("left alone"), All);
        Folders.AssertSame(temp.File("left alone"), folder);
    }

    [Fact]
    public void What_is_stopped_takes_the_place_of_less()
    {
        using TempFolder temp = new();
        Finish(temp.Path, 10);
        using StudyFolder held = StudyFolder.Open(temp.Path, SmallStudy.Plan(null, All));
        using CancellationTokenSource stop = new();
        StudyFindings findings = Study.Run(SmallStudy.Plan(held.Store, All) with { Threads = 1 }, progress =>
        {
            if (progress.Replications > 100)
            {
                stop.Cancel();
            }
        }, stop.Token)!;
        Assert.Null(held.Keeps(findings));
        held.Write(findings);
        Assert.Equal(findings.Results.Replications, RunManifest.Read(Path.Combine(temp.Path, VouchedRows.ManifestFile)).Replications);
    }

    [Fact]
    public void A_process_that_dies_between_rows_and_manifest_leaves_both_to_the_next_one()
    {
        using TempFolder temp = new();
        (string few, string all) = (temp.File("few"), temp.File("all"));
        Finish(few, 200);
        Finish(all, All);
        string manifest = Path.Combine(few, VouchedRows.ManifestFile), next = Path.Combine(few, ".manifest.json.next");
        byte[] old = File.ReadAllBytes(manifest);

        // Before the rows were moved: the old ones count.
        File.Copy(Path.Combine(all, VouchedRows.ManifestFile), next);
        StudyFolder.Open(few, SmallStudy.Plan(null, All), extend: true).Dispose();
        Assert.Equal(old, File.ReadAllBytes(manifest));
        Assert.False(File.Exists(next));

        // After that: the new ones do.
        File.Copy(Path.Combine(all, VouchedRows.ManifestFile), next);
        File.Copy(Path.Combine(all, VouchedRows.RowsFile), Path.Combine(few, VouchedRows.RowsFile), overwrite: true);
        using (StudyFolder held = StudyFolder.Open(few, SmallStudy.Plan(null, All), extend: true))
        {
            Assert.Equal(File.ReadAllBytes(Path.Combine(all, VouchedRows.ManifestFile)), File.ReadAllBytes(manifest));
            Assert.Equal(0, Study.Run(SmallStudy.Plan(held.Store, All))!.Outcome.Events);
        }
    }

    [Fact]
    public void Replications_that_are_asked_for_are_run_however_long_they_take()
    {
        byte[] text = Encoding.UTF8.GetBytes(SmallStudy.Text.Replace("seed: 9", "seed: 9, give-up-after: {wall-clock: 1ms}", StringComparison.Ordinal));
        ScenarioReading reading = ScenarioFile.Read("small.yaml", text);
        StudyPlan plan = new(reading, _ => "") { Replications = 3000, Threads = 1 };
        StudyFindings findings = Study.Run(plan)!;
        Assert.Equal((StopReason.FixedCount, 3000L), (findings.Outcome.Base.Reason, findings.Results.Replications));
    }

    [Fact]
    public void Time_zone_rules_and_build_are_part_of_what_makes_a_run()
    {
        using TempFolder temp = new();
        Finish(temp.Path, 10);
        RunManifest manifest = RunManifest.Read(Path.Combine(temp.Path, VouchedRows.ManifestFile));
        Assert.Null(manifest.Identity.DifferenceFrom((manifest with { Replications = 20, Shard = (0, 2) }).Identity));
        Assert.Equal(
            ("version of the time-zone rules", "none", "2019c"), manifest.Identity.DifferenceFrom((manifest with { TimeZoneData = "2019c" }).Identity));
        Assert.Equal("build of the engine", manifest.Identity.DifferenceFrom((manifest with { Build = null }).Identity)?.Name);
    }

    private static void Finish(string folder, long replications, bool extend = false)
    {
        using StudyFolder held = StudyFolder.Open(folder, SmallStudy.Plan(null, replications), extend);
        held.Write(Study.Run(SmallStudy.Plan(held.Store, replications))!);
        held.Finish();
    }
}
