using System.Text;
using FailoverSim.Analysis.Fitting;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Incidents;
using Xunit;

namespace FailoverSim.Tests.Fitting;

public sealed class IncidentFileTests
{
    [Fact]
    public void Both_shapes_are_read_with_zones_and_units()
    {
        IncidentLog incidents = Read("""
            # a comment
            component,class,start,end,cause
            a,cp,2025-03-01T06:30:00Z,2025-03-01T08:00+01:00,"power, again"
            b,cp,,,
            c,cp,2025-03-01 07:00:00.5+00:00,,
            """);
        Assert.Empty(incidents.Diagnostics);
        Assert.Equal(30 * 60 * 1_000_000_000L, incidents.Incidents[0].End!.Value.Nanoseconds - incidents.Incidents[0].Start!.Value.Nanoseconds);
        Assert.Equal("power, again", incidents.Incidents[0].Cause);
        Assert.Null(incidents.Incidents[1].Start);
        Assert.Equal(500_000_000, incidents.Incidents[2].Start!.Value.Nanoseconds % 1_000_000_000);
        IncidentLog spells = Read("""
            class,entity,entry,exit,kind,quantity
            disk,1,0s,3d12h,failure,
            disk,2,10d,40d,censored,life
            disk,2,,5m..10m,interval,repair
            """);
        Assert.Empty(spells.Diagnostics);
        Assert.Equal([false, false, true], spells.Spells.Select(s => s.IsRepair));
        Assert.Equal((300_000_000_000, 600_000_000_000L), (spells.Spells[2].Low, spells.Spells[2].High));
        Assert.Null(spells.Spells[1].High);
    }

    /// <summary>Per log what is said of it: place, code and the words that matter.</summary>
    public static TheoryData<string, string> Broken => new()
    {
        { "", "log.csv:1:1: error FS0701: the log is empty" },
        { "component,start\n", "log.csv:1:1: error FS0701: there is no column 'end'" },
        { "component,start,end,start\n", "log.csv:1:21: error FS0701: the column 'start' is there twice" },
        { "class,entity,exit,kind\n", "log.csv:1:1: error FS0701: there is no column 'entry'" },
        { "component,start,end,severity\n", "log.csv:1:21: warning FS0751: the column 'severity' is not used" },
        { "component,start,end\na,1d\n", "log.csv:2:1: error FS0703: the row has 2 fields and the header 3" },
        { "component,start,end\na,\"1d\"x,2d\n", "log.csv:2:1: error FS0703: a quote stands within a field" },
        { "component,start,end\na,2025-01-01T10:00,\n", "log.csv:2:3: error FS0704: '2025-01-01T10:00' has no time zone; add Z" },
        { "component,start,end\na,2025-13-01T10:00Z,\n", "log.csv:2:3: error FS0704: '2025-13-01T10:00Z' is not an instant" },
        { "component,start,end\na,12,13d\n", "log.csv:2:3: error FS0201: the duration 12 of 'start' has no unit" },
        { "component,start,end\na,2d,1d\n", "log.csv:2:6: error FS0705: the incident ends before it starts" },
        { "component,start,end\n,2d,3d\n", "log.csv:2:1: error FS0706: 'component' is empty" },
        { "component,start,end\na,,3d\n", "log.csv:2:3: error FS0706: the incident has an end and no start" },
        { "component,start,end\na,2025-01-01T10:00Z,3d\n", "log.csv:2:21: error FS0707: one is a date" },
        { "class,entity,entry,exit,kind\nx,1,0s,5m,died\n", "log.csv:2:11: error FS0706: 'died' is no kind; write failure, censored or interval" },
        { "class,entity,entry,exit,kind\nx,1,0s,5m,interval\n", "log.csv:2:8: error FS0706: an interval needs two bounds" },
        { "class,entity,entry,exit,kind\nx,1,0s,10m..5parsecs,interval\n", "log.csv:2:14: error FS0202: 'parsecs'" },
        { "class,entity,entry,exit,kind\nx,1,2d,1d,failure\n", "log.csv:2:8: error FS0705: the exit comes before the entry" },
        { "component,start,end\n" + new string('a', 1_001) + ",1d,2d\n", "log.csv:2:1: error FS0702: a field has more than 1,000 characters" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_broken_log_is_told_where_and_what_to_write_instead(string text, string finding)
    {
        Diagnostic told = Assert.Single(Read(text).Diagnostics);
        Assert.StartsWith(finding, told.ToString(), StringComparison.Ordinal);
        Assert.NotEmpty(told.Remedy);
    }

    [Fact]
    public void All_faults_of_a_log_are_told_at_once()
    {
        IncidentLog log = Read("component,start,end\n,2d,1d\na,1,2\nb,3d,4d\n\nc,x,\n");
        Assert.Equal([(2, 1), (2, 5), (3, 3), (3, 5), (6, 3)], log.Diagnostics.Select(d => (d.Line, d.Column)));
        Assert.Equal("b", Assert.Single(log.Incidents).Component);
    }

    [Fact]
    public void Not_text_and_no_file_are_findings_too()
    {
        Assert.Equal("FS0003", Assert.Single(IncidentFile.Read("log.csv", [0xC3, 0x28]).Diagnostics).Code.Id);
        Assert.Equal("FS0001", Assert.Single(IncidentFile.Read(Repository.Tests("no-such.csv")).Diagnostics).Code.Id);
        Assert.Equal("FS0001", Assert.Single(IncidentFile.Read(Repository.Root).Diagnostics).Code.Id);
    }

    [Fact]
    public void What_only_all_logs_and_options_together_show_is_told()
    {
        List<IncidentRow> dates = [.. Read("component,class,start,end\na,cp,2025-01-01T10:00Z,\n").Incidents];
        List<IncidentRow> times = [.. Read("component,class,start,end\na,cp,1d,2d\nb,cp,3d,4d\n").Incidents];
        Assert.Equal("FS0707", Assert.Single(LogChecks.Of("x", [.. dates, .. times], [], new FitSettings())).Code.Id);
        Assert.Equal("FS0708", Assert.Single(LogChecks.Of("x", [], [], new FitSettings())).Code.Id);
        Assert.Equal("FS0708", Assert.Single(LogChecks.Of("x", dates, [], new FitSettings())).Code.Id);
        Assert.Equal("FS0709", Assert.Single(LogChecks.Of("x", times, [], new FitSettings { Units = new Dictionary<string, int> { ["cp"] = 1 } })).Code.Id);
        Assert.Equal("FS0709", Assert.Single(LogChecks.Of("x", times, [], new FitSettings { Units = new Dictionary<string, int> { ["pc"] = 9 } })).Code.Id);
        Assert.Empty(LogChecks.Of("x", times, [], new FitSettings { Units = new Dictionary<string, int> { ["cp"] = 2 } }));
    }

    [Fact]
    public void Every_code_of_logs_is_shown_here()
    {
        string shown = string.Concat(Broken.Select(row => (string)row[1])) + "FS0707 FS0708 FS0709";
        Assert.All(Codes.All.Where(c => c.Id.StartsWith("FS07", StringComparison.Ordinal)), code => Assert.Contains(code.Id, shown, StringComparison.Ordinal));
    }

    [Fact]
    public void Whatever_bytes_a_log_holds_reading_and_fitting_end()
    {
        byte[] good = Encoding.UTF8.GetBytes("component,class,start,end,cause\na,x,1d,1d2h,\"p,q\"\nb,x,3d,3d5m,\nc,y,2d,,\na,x,9d,9d1h,\n");
        Draws draws = SampleLogs.Stream("bytes", 0);
        for (int round = 0; round < 500; round++)
        {
            byte[] bytes = [.. good];
            for (int k = 0; k < 1 + round % 4; k++)
            {
                bytes[draws.NextIndex(bytes.Length)] = "\",\n\r.dh-:0 9"u8[draws.NextIndex(12)];
            }
            IncidentLog log = IncidentFile.Read("log.csv", bytes);
            FitSettings settings = new() { Bootstraps = 9 };
            if (!log.HasErrors && !LogChecks.Of("log.csv", log.Incidents, log.Spells, settings).Any())
            {
                Assert.NotEmpty(IncidentHistory.Of(log.Incidents, settings).Select(h => ClassFit.Of(h, settings)).ToList());
            }
        }
    }

    private static IncidentLog Read(string text) => IncidentFile.Read("log.csv", Encoding.UTF8.GetBytes(text));
}
