using System.Diagnostics;
using System.Globalization;
using FailoverSim.Reporting.Checkpoints;
using FailoverSim.Tests.Cli;
using Xunit;

namespace FailoverSim.Tests.Durability;

/// <summary>The program is killed (SIGKILL) again and again, and each time the same command goes on from where it was.</summary>
public sealed class KilledRunTests
{
    /// <summary>A few by default; FAILOVERSIM_KILLS=50 for as many as once were tried.</summary>
    private static readonly int Kills =
        int.TryParse(Environment.GetEnvironmentVariable("FAILOVERSIM_KILLS"), CultureInfo.InvariantCulture, out int kills) ? kills : 5;

    [Fact]
    public void A_run_that_is_killed_loses_no_finished_block_and_ends_with_the_same_bytes()
    {
        using TempFolder folder = new();
        // Long enough that each process dies with work undone.
        string[] run =
        [
            "run", folder.Write("small.yaml", SmallStudy.Text), "--replications", (3000 * Kills).ToString(CultureInfo.InvariantCulture), "--threads", "2", "--quiet", "--out",
        ];
        string file = folder.File("killed", "small", Checkpoint.FileName);
        Random random = new(11);
        int blocks = 0, died = 0;
        for (int kill = 0; kill < Kills; kill++)
        {
            using Process process = Product.Start([.. run, folder.File("killed")]);
            // Every other time not before it has finished a block more.
            long before = Length(file);
            Assert.True(kill % 2 == 1 || SpinWait.SpinUntil(() => process.HasExited || Length(file) > Math.Max(before, 1000), TimeSpan.FromMinutes(2)));
            process.WaitForExit(random.Next(400));
            died += process.HasExited ? 0 : 1;
            process.Kill();
            process.WaitForExit();
            if (!File.Exists(file))
            {
                break;
            }
            int now = BlocksIn(file);
            Assert.True(now >= blocks, $"{now} blocks after kill {kill}, {blocks} before");
            blocks = now;
        }
        Assert.True(died > 0 && blocks > 0, $"{died} died, {blocks} blocks");
        (int code, _, string error) = Product.Run([.. run, folder.File("killed")]);
        Assert.Equal((0, ""), (code, error));
        (code, _, error) = Product.Run([.. run, folder.File("left alone")]);
        Assert.Equal((0, ""), (code, error));
        Folders.AssertSame(folder.File("left alone"), folder.File("killed"));
    }

    private static long Length(string file) => new FileInfo(file) is { Exists: true } there ? there.Length : 0;

    /// <summary>Whole ones; what is read is a copy, as reading cuts off what is half-written.</summary>
    private static int BlocksIn(string file)
    {
        using RecordLog log = new(SmallStudy.Holding(File.ReadAllBytes(file)), TimeProvider.System);
        int records = 0;
        log.Open((_, _) => records++);
        return Math.Max(0, records - 1);
    }
}
