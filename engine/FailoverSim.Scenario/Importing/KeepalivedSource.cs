using System.Globalization;
using System.Text.RegularExpressions;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Scenario.Importing;

/// <summary><c>keepalived.conf</c>: adverts, priority, and the script that is tracked.</summary>
internal static partial class KeepalivedSource
{
    // Words rather than a pattern: a pattern with many words is prepared, at a cost, with all others of the assembly.
    private static readonly string[] HealthWords = ["healthz", "readyz", "livez", "curl", "wget", "apiserver", "api-server", "6443"];

    /// <summary>A statement, with what stands in its braces.</summary>
    private sealed record Block(IReadOnlyList<YamlScalar> Words, List<Block> Inner)
    {
        public string Name => Words[0].Text;

        public YamlScalar? Value(string name) => Inner.LastOrDefault(block => block.Name == name && block.Words.Count > 1)?.Words[1];

        public Block? Find(string name) => Inner.Find(block => block.Name == name);
    }

    public static bool IsOne(string text) => Form().IsMatch(text) && !ConfigText.IsOfKubernetes(text);

    public static void Take(string text, string file, Dump dump)
    {
        List<Block> blocks = Parse(text, file, dump.Bag);
        List<Block> instances = [.. blocks.Where(block => block.Name == "vrrp_instance")];
        if (instances.Count == 0)
        {
            dump.Unused.Add("keepalived.conf without vrrp_instance");
            return;
        }
        dump.Unused.Add("further vrrp_instance", instances.Count - 1);
        dump.HasEndpoint = true;
        Block instance = instances[0];
        dump.KeepalivedPriorities.Add(Priority(instance, dump));
        dump.KeepalivedPeers = Math.Max(dump.KeepalivedPeers, 1 + Peers(instance));
        Read("keepalived.advert", "advert_int", instance.Value("advert_int"), dump, Seconds, "1");
        if (blocks.Find(block => block.Name == "global_defs")?.Value("vrrp_version") is { } version)
        {
            dump.Settings.Read("keepalived.version", "vrrp_version", version, word => word is "2" or "3" ? word : null, "2 or 3");
        }
        if (instance.Find("nopreempt") is { } never)
        {
            dump.Settings.Add("keepalived.preempt", "false", "nopreempt", never.Words[0].Mark);
        }
        else
        {
            Read("keepalived.preempt.delay", "preempt_delay", instance.Value("preempt_delay"), dump, Seconds, "30");
        }
        TakeScript(blocks, instance, dump);
    }

    private static int Priority(Block instance, Dump dump)
    {
        if (instance.Value("priority") is not { } text)
        {
            return 100;
        }
        if (int.TryParse(text.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int priority) && priority is >= 1 and <= 255)
        {
            return priority;
        }
        dump.Bag.Error(text.Mark, Codes.ImportValue, $"'priority' is '{text.Text}'", "write a number from 1 to 255");
        return 100;
    }

    private static void TakeScript(List<Block> blocks, Block instance, Dump dump)
    {
        List<Block> tracked = instance.Find("track_script")?.Inner ?? [];
        if (tracked.Count == 0)
        {
            return;
        }
        dump.Unused.Add("further tracked script of keepalived", tracked.Count - 1);
        YamlScalar name = tracked[0].Words[0];
        if (blocks.Find(block => block.Name == "vrrp_script" && block.Words.Count > 1 && block.Words[1].Text == name.Text) is not { } script)
        {
            dump.Bag.Error(name.Mark, Codes.ImportValue, $"there is no vrrp_script '{name.Text}'", "define it, or remove it from track_script");
            return;
        }
        string command = string.Join(' ', script.Find("script")?.Words.Skip(1).Select(word => word.Text) ?? []);
        bool asksPort = AsksHealth(command) || (!ProcessForm().IsMatch(command) && AsksHealth(name.Text));
        dump.Settings.Add("keepalived.track.script", asksPort ? "apiserver-health" : "haproxy-alive", "vrrp_script", script.Words[0].Mark);
        Read("keepalived.track.interval", "interval", script.Value("interval"), dump, Seconds, "2");
        Read("keepalived.track.timeout", "timeout", script.Value("timeout"), dump, Seconds, "2");
        Read("keepalived.track.fall", "fall", script.Value("fall"), dump, Count, "2");
        Read("keepalived.track.rise", "rise", script.Value("rise"), dump, Count, "2");
        Read("keepalived.track.weight", "weight", Inline(tracked[0].Words, "weight") ?? script.Value("weight"), dump, Weight, "-2");
    }

    /// <summary>Several may share a line; an address may have options behind it.</summary>
    private static int Peers(Block instance) =>
        instance.Find("unicast_peer")?.Inner.Sum(line => line.Words.Count(word => word.Text.AsSpan().ContainsAny('.', ':'))) ?? 0;

    /// <summary>An option behind what is tracked holds against that of the script.</summary>
    private static YamlScalar? Inline(IReadOnlyList<YamlScalar> words, string option) =>
        words.Skip(1).SkipWhile(word => word.Text != option).Skip(1).FirstOrDefault();

    private static void Read(string path, string source, YamlScalar? text, Dump dump, Func<string, string?> read, string example)
    {
        if (text is not null)
        {
            dump.Settings.Read(path, source, text, read, example);
        }
    }

    private static List<Block> Parse(string text, string file, DiagnosticBag bag)
    {
        Block root = new([YamlScalar.Of(new Mark(file, 1, 1), "")], []);
        Stack<Block> open = new([root]);
        foreach (IReadOnlyList<YamlScalar> line in ConfigText.Lines(text, file, "#!", "{}"))
        {
            List<YamlScalar> words = [];
            foreach (YamlScalar word in line)
            {
                if (word.Text is not ("{" or "}"))
                {
                    words.Add(word);
                    continue;
                }
                Block? last = Finish();
                if (word.Text == "{")
                {
                    // The brace may stand on a line of its own.
                    last ??= open.Peek().Inner.LastOrDefault();
                    open.Push(last ?? new Block([word], []));
                }
                else if (open.Count > 1)
                {
                    open.Pop();
                }
                else
                {
                    bag.Error(word.Mark, Codes.ImportSyntax, "this brace closes nothing", "remove it, or open a block before it");
                }
            }
            Finish();

            Block? Finish()
            {
                if (words.Count == 0)
                {
                    return null;
                }
                Block block = new([.. words], []);
                open.Peek().Inner.Add(block);
                words.Clear();
                return block;
            }
        }
        foreach (Block block in open.Where(block => block != root))
        {
            bag.Error(block.Words[0].Mark, Codes.ImportSyntax, $"the block '{block.Name}' is not closed", "close it with }");
        }
        return root.Inner;
    }

    private static bool AsksHealth(string text) =>
        HealthWords.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)) || NetcatForm().IsMatch(text);

    private static string? Seconds(string text) => ForeignValues.Duration(text, 1e9m);

    private static string? Count(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0 ? count.ToString(CultureInfo.InvariantCulture) : null;

    private static string? Weight(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int weight) ? weight.ToString(CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(@"^\s*(vrrp_instance|vrrp_script|global_defs)\b[^:\n]*$", RegexOptions.Multiline)]
    private static partial Regex Form();

    [GeneratedRegex(@"\bnc\b", RegexOptions.IgnoreCase)]
    private static partial Regex NetcatForm();

    [GeneratedRegex("killall|pidof|pgrep|systemctl", RegexOptions.IgnoreCase)]
    private static partial Regex ProcessForm();
}
