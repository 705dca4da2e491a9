using System.Globalization;
using System.Text.RegularExpressions;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Values;
using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Scenario.Importing;

/// <summary><c>haproxy.cfg</c>: how the backend of the apiservers is checked, and what becomes of connections.</summary>
internal static partial class HaproxySource
{
    private static readonly string[] Paths = ["/readyz", "/healthz", "/livez"];

    /// <summary>A section with what its defaults gave it.</summary>
    private sealed class Section(YamlScalar kind, string name)
    {
        public YamlScalar Kind { get; } = kind;
        public string Name { get; } = name;
        public List<IReadOnlyList<YamlScalar>> Lines { get; } = [];

        /// <summary>Its servers; a template is one line that stands for several.</summary>
        public IEnumerable<Server> Servers => Lines.Select(Server.Of).OfType<Server>();
    }

    private sealed record Server(int Count, string Address, IEnumerable<YamlScalar> Options)
    {
        public static Server? Of(IReadOnlyList<YamlScalar> line) => line[0].Text switch
        {
            "server" when line.Count > 2 => new(1, line[2].Text, line.Skip(3)),
            "server-template" when line.Count > 3 && Number(line[2].Text) is > 0 and var count => new(count, line[3].Text, line.Skip(4)),
            _ => null,
        };

        /// <summary>Of <c>3</c> or <c>1-3</c>; 0 if it is neither.</summary>
        private static int Number(string text)
        {
            string[] ends = text.Contains('-', StringComparison.Ordinal) ? text.Split('-', 2) : ["1", text];
            return int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out int first)
                && int.TryParse(ends[1], NumberStyles.None, CultureInfo.InvariantCulture, out int last)
                && last - first < ImportLimits.TemplateServers ? last - first + 1 : 0;
        }
    }

    public static bool IsOne(string text) => Form().IsMatch(text) && LineForm().IsMatch(text) && !ConfigText.IsOfKubernetes(text);

    /// <summary>Takes a file; false if it leads to no apiserver and, as the user did not name it, need not.</summary>
    public static bool Take(string text, string file, bool isNamed, Dump dump)
    {
        DiagnosticBag syntax = new();
        List<Section> sections = Sections(text, file, syntax);
        List<Section> behind = [.. sections.Where(section => section.Kind.Text is "backend" or "listen" && section.Servers.Any())];
        List<Section> likely = [.. behind.Where(LeadsToApiservers)];
        Section? backend = (likely.Count > 0 ? likely : behind.Count == 1 ? behind : []).FirstOrDefault();
        if (backend is null && !isNamed)
        {
            return false;
        }
        foreach (Diagnostic finding in syntax.Sorted())
        {
            dump.Bag.Add(finding);
        }
        if (backend is null)
        {
            if (!syntax.HasErrors)
            {
                dump.Bag.Error(new Mark(file, 1, 1), Codes.ImportValue, "no backend seems to be the apiservers",
                    "name it so, such as 'backend kube-apiserver', or give its servers the port 6443");
            }
            return true;
        }
        dump.Unused.Add("backend of HAProxy that is not the apiservers", behind.Count - 1);
        dump.Haproxies++;
        dump.HasEndpoint = true;
        dump.Apiservers = Math.Max(dump.Apiservers, backend.Servers.Sum(server => server.Count));
        TakeServers(backend, dump);
        TakeRest(backend, dump);
        return true;
    }

    /// <summary>Sections; each begins with the lines of the defaults before it.</summary>
    private static List<Section> Sections(string text, string file, DiagnosticBag bag)
    {
        List<Section> sections = [];
        Section? defaults = null;
        foreach (IReadOnlyList<YamlScalar> line in ConfigText.Lines(text, file, "#", ""))
        {
            if (SectionForm().IsMatch(line[0].Text))
            {
                Section section = new(line[0], line.Count > 1 ? line[1].Text : "");
                section.Lines.AddRange(line[0].Text is "backend" or "listen" ? defaults?.Lines ?? [] : []);
                sections.Add(section);
                defaults = line[0].Text == "defaults" ? section : defaults;
            }
            else if (sections.Count > 0)
            {
                sections[^1].Lines.Add(line);
                if (line[0].Text == "server" && line.Count < 3)
                {
                    bag.Error(line[0].Mark, Codes.ImportSyntax, "a 'server' has a name and an address", "write such as 'server cp-1 10.0.0.11:6443 check'");
                }
            }
            else
            {
                bag.Error(line[0].Mark, Codes.ImportSyntax, $"'{ValueKind.Shown(line[0].Text)}' stands before the first section",
                    "begin with a section such as 'defaults'");
            }
        }
        return sections;
    }

    private static bool LeadsToApiservers(Section section) =>
        NameForm().IsMatch(section.Name) || section.Servers.Any(server => server.Address.EndsWith(":6443", StringComparison.Ordinal));

    private static void TakeServers(Section backend, Dump dump)
    {
        bool isChecked = false;
        IEnumerable<IEnumerable<YamlScalar>> defaults = backend.Lines.Where(line => line[0].Text == "default-server").Select(line => line.Skip(1));
        List<YamlScalar> shared = [.. defaults.SelectMany(words => words)];
        foreach (Server server in backend.Servers)
        {
            // What the server says itself comes last and holds.
            List<YamlScalar> words = [.. shared, .. server.Options];
            isChecked |= words.Any(word => word.Text == "check");
            TakeDuration("inter", "check.interval");
            TakeDuration("fastinter", "check.fastinter");
            TakeDuration("downinter", "check.downinter");
            TakeCount("fall", "check.fall");
            TakeCount("rise", "check.rise");
            if (After("on-marked-down") is { } down)
            {
                dump.Settings.Add("haproxy.on-marked-down", down.Text == "shutdown-sessions" ? "shutdown-sessions" : "none", "on-marked-down", down.Mark);
            }

            YamlScalar? After(string word)
            {
                int at = words.FindLastIndex(candidate => candidate.Text == word);
                return at >= 0 && at + 1 < words.Count ? words[at + 1] : null;
            }

            void TakeDuration(string word, string key)
            {
                if (After(word) is { } text)
                {
                    dump.Settings.Read($"haproxy.{key}", word, text, Time, "2s");
                }
            }

            void TakeCount(string word, string key)
            {
                if (After(word) is { } text)
                {
                    dump.Settings.Read($"haproxy.{key}", word, text, Count, "3");
                }
            }
        }
        if (!isChecked)
        {
            dump.Bag.Warning(backend.Kind.Mark, Codes.ImportAdapted, "no server of the apiservers has 'check': HAProxy would never leave one out",
                "the scenario has its usual checks; add 'check' to the servers");
        }
    }

    private static void TakeRest(Section backend, Dump dump)
    {
        string? path = null;
        YamlScalar place = backend.Kind;
        bool isHttp = false;
        (bool Is, Mark Mark) redispatch = (false, backend.Kind.Mark);
        foreach (IReadOnlyList<YamlScalar> line in backend.Lines)
        {
            string[] words = [.. line.Select(word => word.Text)];
            switch (words)
            {
                case ["timeout", "connect", _, ..]:
                    dump.Settings.Read("haproxy.timeout-connect", "timeout connect", line[2], Time, "5s");
                    break;
                case ["timeout", "check", _, ..]:
                    dump.Settings.Read("haproxy.check.timeout", "timeout check", line[2], Time, "2s");
                    break;
                case ["retries", _, ..]:
                    dump.Settings.Read("haproxy.retries", "retries", line[1], Count, "3");
                    break;
                case ["option", "redispatch", ..]:
                    redispatch = (true, line[0].Mark);
                    break;
                case ["no", "option", "redispatch", ..]:
                    redispatch = (false, line[0].Mark);
                    break;
                case ["option", "httpchk", .. var rest]:
                    (isHttp, place) = (true, line[0]);
                    path = rest.Length == 1 ? rest[0] : rest.Length > 1 ? rest[1] : path;
                    break;
                // Of the ways to check, the last one said holds.
                case ["option", "tcp-check" or "ssl-hello-chk", ..] or ["no", "option", "httpchk", ..]:
                    (isHttp, place) = (false, line[0]);
                    break;
                case ["http-check", "send", .. var sent] when Array.IndexOf(sent, "uri") is >= 0 and var uri && uri + 1 < sent.Length:
                    path = sent[uri + 1];
                    break;
            }
        }
        dump.Settings.Add(
            "haproxy.redispatch", redispatch.Is ? "true" : "false", redispatch.Is ? "option redispatch" : "no option redispatch", redispatch.Mark);
        string asked = path?.Split('?')[0] ?? "/";
        string known = !isHttp ? "tcp" : Array.Find(Paths, asked.StartsWith) ?? "/livez";
        if (isHttp && !Paths.Any(asked.StartsWith))
        {
            dump.Bag.Warning(place.Mark, Codes.ImportAdapted, $"the checks ask for '{ValueKind.Shown(asked)}', which is no health check of an apiserver",
                "the scenario has /livez, which comes closest");
        }
        dump.Settings.Add("haproxy.check.path", known, isHttp ? "option httpchk" : "no option httpchk", place.Mark);
    }

    private static string? Time(string text) => ForeignValues.Duration(text, 1e6m);

    private static string? Count(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count.ToString(CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(@"^(defaults|frontend|backend|listen)\b[^:\n]*$", RegexOptions.Multiline)]
    private static partial Regex Form();

    /// <summary>Notes may begin a line with the name of a section, too.</summary>
    [GeneratedRegex(@"^[ \t]*(server|bind|mode|timeout)[ \t]", RegexOptions.Multiline)]
    private static partial Regex LineForm();

    [GeneratedRegex(@"\A(global|defaults|frontend|backend|listen|peers|resolvers|mailers|userlist|program|cache|ring"
        + @"|http-errors|fcgi-app|log-forward|crt-store|traces)\z")]
    private static partial Regex SectionForm();

    [GeneratedRegex("api-?server|kube|k8s", RegexOptions.IgnoreCase)]
    private static partial Regex NameForm();
}
