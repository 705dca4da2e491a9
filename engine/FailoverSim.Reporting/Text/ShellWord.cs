namespace FailoverSim.Reporting.Text;

/// <summary>Commands that are told, to be copied.</summary>
public static class ShellWord
{
    /// <summary>As a shell takes it for one word.</summary>
    public static string Quoted(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        return word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '=' or '/' or ':' or '%')
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }
}
