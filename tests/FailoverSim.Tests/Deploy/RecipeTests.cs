using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using FailoverSim.Cli.Commands;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace FailoverSim.Tests.Deploy;

/// <summary>Recipes say how they are used, can be read, and give commands that the command line understands.</summary>
public sealed partial class RecipeTests
{
    public static TheoryData<string> All => [.. Recipe.All];

    [Theory, MemberData(nameof(All))]
    public void Each_begins_with_how_to_use_it_and_its_commands_are_understood(string name)
    {
        string[] lines = Recipe.TextOf(name).Split('\n');
        Assert.StartsWith("# ", lines[lines[0].StartsWith("#!", StringComparison.Ordinal) ? 1 : 0], StringComparison.Ordinal);
        string[] commands = [.. CommandsOf(name)];
        Assert.Contains(commands, command => command.StartsWith("run ", StringComparison.Ordinal));
        Assert.Contains(commands, command => command.StartsWith("merge ", StringComparison.Ordinal));
        foreach (string command in commands)
        {
            string[] faults = FaultsOf(command);
            Assert.True(faults.Length == 0, $"{command}: {string.Join("; ", faults)}");
        }
    }

    [Theory]
    [InlineData("run mine.yaml --replication 100"), InlineData("merge"), InlineData("run mine.yaml --shard 8/8"), InlineData("join shards")]
    public void What_the_command_line_does_not_understand_is_found(string command) =>
        Assert.NotEmpty(FaultsOf(command));

    /// <summary>Steps of the workflow and of the template name what is there.</summary>
    [Fact]
    public void Steps_refer_to_what_there_is()
    {
        YamlMappingNode jobs = (YamlMappingNode)Yaml("github-actions.yaml").Single()["jobs"];
        foreach ((_, YamlNode job) in jobs.Children)
        {
            Assert.True(Value(job, "needs") is not { } needed || jobs.Children.ContainsKey(needed));
        }
        YamlNode spec = Yaml("argo.yaml").Single()["spec"];
        string[] templates = Names(spec["templates"]), volumes = Names(spec["volumes"]);
        Assert.Contains(spec["entrypoint"].ToString(), templates);
        foreach (YamlNode template in (YamlSequenceNode)spec["templates"])
        {
            foreach (YamlNode step in template.AllNodes.Where(node => Value(node, "template") is not null))
            {
                Assert.Contains(step["template"].ToString(), templates);
            }
            if (Value(template, "container") is { } container)
            {
                Assert.Empty(Names(container["volumeMounts"]).Except(volumes));
            }
        }
    }

    /// <summary>What is wrong with it; an option that there is not would be taken for a file.</summary>
    private static string[] FaultsOf(string command)
    {
        ParseResult parsed = AllCommands.Create().Parse(command);
        return
        [
            .. parsed.Errors.Select(error => error.Message),
            .. parsed.Tokens.Where(token => token.Type == TokenType.Argument && token.Value.StartsWith('-')).Select(token => $"no option {token.Value}"),
        ];
    }

    /// <summary>Without the program's name; what is only known where it runs is replaced by what it may be.</summary>
    private static IEnumerable<string> CommandsOf(string name)
    {
        List<string> scripts = [Recipe.UsageOf(name)];
        if (name.EndsWith(".sh", StringComparison.Ordinal))
        {
            scripts.Add(string.Join('\n', Recipe.TextOf(name).Split('\n').Where(line => !line.StartsWith('#'))).Replace("\\\n", " ", StringComparison.Ordinal));
        }
        else
        {
            YamlNode[] nodes = [.. Yaml(name).SelectMany(document => document.AllNodes)];
            scripts.AddRange(nodes.OfType<YamlScalarNode>().Select(scalar => scalar.Value!));
            scripts.AddRange(nodes.Where(node => Value(node, "args") is not null).Select(node =>
                $"failoversim {string.Join(' ', ((YamlSequenceNode)node["args"]).Select(argument => argument.ToString()))}"));
        }
        return scripts.SelectMany(script => Command().Matches(script)).Select(command =>
            Unknown().Replace(Share().Replace(command.Groups[1].Value.Replace("\"$@\"", "mine.yaml --replications 100", StringComparison.Ordinal), "0/8"), "1"));
    }

    private static IEnumerable<YamlNode> Yaml(string name)
    {
        YamlStream stream = [];
        using StringReader text = new(Recipe.TextOf(name));
        stream.Load(text);
        return stream.Documents.Select(document => document.RootNode);
    }

    private static YamlNode? Value(YamlNode node, string key) =>
        node is YamlMappingNode map && map.Children.TryGetValue(key, out YamlNode? value) ? value : null;

    private static string[] Names(YamlNode list) => [.. ((YamlSequenceNode)list).Select(entry => entry["name"].ToString())];

    /// <summary>Up to where a shell, or the quotes around it, end it.</summary>
    [GeneratedRegex("""(?:^|[\s/"])failoversim ((?:[^\n&|;"]|"[^"\n]*")*)""", RegexOptions.Multiline)]
    private static partial Regex Command();

    private const string Variable = """\$\{\{[^}]*\}\}|\{\{[^}]*\}\}|"\$\w+"|"\$\{[^}]*\}"|\{\}""";

    [GeneratedRegex($"(?:{Variable})/(?:{Variable})|(?<=--shard )auto")]
    private static partial Regex Share();

    [GeneratedRegex(Variable)]
    private static partial Regex Unknown();
}
