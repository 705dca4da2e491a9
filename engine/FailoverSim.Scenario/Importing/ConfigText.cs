using System.Text.RegularExpressions;
using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Scenario.Importing;

/// <summary>Lines of words, as HAProxy and keepalived have them.</summary>
internal static partial class ConfigText
{
    /// <summary>Whether a text is objects of Kubernetes, which may hold such lines within: a ConfigMap does.</summary>
    public static bool IsOfKubernetes(string text) => KubernetesForm().IsMatch(text);

    /// <summary>The words of each line that has any, quotes and comments taken off.</summary>
    /// <param name="text">The file.</param>
    /// <param name="file">Its name, for places.</param>
    /// <param name="comments">Characters that begin a comment.</param>
    /// <param name="marks">Characters that are words by themselves.</param>
    public static IEnumerable<IReadOnlyList<YamlScalar>> Lines(string text, string file, string comments, string marks)
    {
        int number = 0;
        foreach (string line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            number++;
            List<YamlScalar> words = [];
            for (int i = 0; i < line.Length && !comments.Contains(line[i], StringComparison.Ordinal);)
            {
                if (char.IsWhiteSpace(line[i]))
                {
                    i++;
                    continue;
                }
                int start = i;
                string word;
                if (line[i] is '"' or '\'')
                {
                    int end = line.IndexOf(line[i], i + 1);
                    end = end < 0 ? line.Length : end;
                    word = line[(i + 1)..end];
                    i = Math.Min(line.Length, end + 1);
                }
                else if (marks.Contains(line[i], StringComparison.Ordinal))
                {
                    word = line[i++..i];
                }
                else
                {
                    while (i < line.Length && !char.IsWhiteSpace(line[i]) && !marks.Contains(line[i], StringComparison.Ordinal))
                    {
                        i++;
                    }
                    word = line[start..i];
                }
                words.Add(YamlScalar.Of(new Mark(file, number, start + 1), word));
            }
            if (words.Count > 0)
            {
                yield return words;
            }
        }
    }
    [GeneratedRegex("""^[-{ \t]*"?(apiVersion|kind)"?[ \t]*:""", RegexOptions.Multiline)]
    private static partial Regex KubernetesForm();
}
