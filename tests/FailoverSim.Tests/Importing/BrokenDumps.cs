using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Importing;
using FailoverSim.Tests.Cli;
using Xunit;
using static FailoverSim.Tests.Importing.Imports;

namespace FailoverSim.Tests.Importing;

/// <summary>What is wrong with dumps is told with its place, all at once, and nothing is written.</summary>
public sealed class BrokenDumps
{
    [Fact]
    public void Everything_that_is_wrong_is_told_at_once_with_its_place()
    {
        ImportResult result = Import(Files("broken"));
        Assert.Null(result.Scenario);
        Assert.All(result.Diagnostics, finding => Assert.Equal(Severity.Error, finding.Severity));
        Assert.Equal(
        [
            "etcd.yaml:5 FS0803",
            "haproxy.cfg:1:1 FS0803", "haproxy.cfg:5:21 FS0805", "haproxy.cfg:6:5 FS0803", "haproxy.cfg:7:44 FS0805", "haproxy.cfg:7:52 FS0805",
            "keepalived.conf:1:1 FS0803", "keepalived.conf:2:14 FS0805", "keepalived.conf:3:16 FS0805", "keepalived.conf:5:9 FS0805",
            "notes.txt:1:1 FS0801",
            "objects.yaml:6:31 FS0805", "objects.yaml:10:15 FS0805", "objects.yaml:13:21 FS0804", "objects.yaml:14:3 FS0804", "objects.yaml:19:24 FS0805",
        ], result.Diagnostics.Select(finding => finding.File == "etcd.yaml"
            ? $"{finding.File}:{finding.Line} {finding.Code.Id}" : $"{finding.Mark} {finding.Code.Id}"));
    }

    [Theory]
    [InlineData("values.yaml", "replicaCount: 3\n", "FS0801")]
    [InlineData("chart.yaml", "kind: Deployment\nmetadata:\n  name: {{ .Release.Name }}\n", "FS0803")]
    [InlineData("services.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: a}\n", "FS0806")]
    [InlineData("empty.yaml", "", "FS0806")]
    [InlineData("deep.json", "DEEP", "FS0803")]
    public void A_file_that_is_nothing_to_import_is_told(string name, string text, string code)
    {
        text = text == "DEEP" ? new string('[', 5000) : text;
        ImportResult result = Import([Text(name, text)]);
        Assert.Null(result.Scenario);
        Assert.Equal(code, Assert.Single(result.Diagnostics).Code.Id);
    }

    [Fact]
    public void A_file_that_is_too_large_is_not_read()
    {
        ImportResult result = Import([new DumpFile("large.json", new byte[(64 * 1024 * 1024) + 1])]);
        Assert.Equal(Codes.ImportTooLarge, Assert.Single(result.Diagnostics).Code);
    }

    [Fact]
    public void Aliases_cannot_blow_a_dump_up()
    {
        string[] lines = [.. Enumerable.Range(1, 30).Select(i => $"a{i}: &a{i} [*a{i - 1}, *a{i - 1}, *a{i - 1}]")];
        ImportResult result = Import([Text("bomb.yaml", $"kind: List\na0: &a0 [x, x, x]\n{string.Join('\n', lines)}\n")]);
        Assert.Equal(Codes.ImportSyntax, Assert.Single(result.Diagnostics).Code);
    }

    [Fact]
    public void The_command_writes_a_scenario_that_check_passes_or_nothing()
    {
        using TempFolder folder = new();
        string file = folder.File("cluster.yaml");
        (int code, string output, string error) = Product.Run("import", Folder("kubeadm"), "--out", file);
        Assert.True(code == 0, error);
        Assert.Empty(output);
        Assert.Contains("Assumed, as no dump says it:\n  - ", error, StringComparison.Ordinal);
        Assert.Contains("  - 1 × Service\n", error, StringComparison.Ordinal);
        Assert.Equal(0, Product.Run("check", file).ExitCode);
        Assert.Equal(File.ReadAllText(file), Product.Run("import", Folder("kubeadm")).Output);
        string none = folder.File("none.yaml");
        (code, output, error) = Product.Run("import", Folder("broken"), folder.File("absent"), "--out", none);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains("objects.yaml:6:31: error FS0805: ", error, StringComparison.Ordinal);
        Assert.Contains("absent:1:1: error FS0001: ", error, StringComparison.Ordinal);
        // In a folder, files of another kind are passed over.
        Assert.DoesNotContain("notes.txt", error, StringComparison.Ordinal);
        Assert.False(File.Exists(none));
    }
}
