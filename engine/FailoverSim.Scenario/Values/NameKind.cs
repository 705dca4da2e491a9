using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FailoverSim.Scenario.Diagnostics;

namespace FailoverSim.Scenario.Values;

/// <summary>A name: <c>[a-z0-9][a-z0-9-]*</c>.</summary>
internal sealed partial class NameKind(string of) : ValueKind<string>
{
    public const string Pattern = "^[a-z0-9][a-z0-9-]{0,199}$";

    public override string Noun => $"the name of {of}";
    public override string Example => "a-name";
    public override DiagnosticCode Code => Codes.BadName;

    public override JsonObject Schema() =>
        new() { ["type"] = new JsonArray("string", "integer"), ["pattern"] = Pattern };

    /// <summary>A name becomes part of the names of files, which have 255 bytes.</summary>
    public const int MostCharacters = 200;

    public static bool IsName(string text) => text.Length <= MostCharacters && Form().IsMatch(text);

    /// <summary>A remedy: the name that was probably meant.</summary>
    public static string Proposal(string text)
    {
        if (text.Length > MostCharacters)
        {
            return FormattableString.Invariant($"names have at most {MostCharacters} characters");
        }
        var proposal = NotInNames().Replace(text.ToLowerInvariant(), "-").Trim('-');
        return proposal.Length is > 0 and <= 40
            ? $"write '{proposal}': names have small letters, digits and dashes"
            : "names have small letters, digits and dashes";
    }

    public override string Read(TextCursor cursor, FieldContext field)
    {
        string written = cursor.Rest.TrimEnd();
        if (!IsName(written))
        {
            throw cursor.Fault(Codes.BadName, $"'{Shown(written)}' is not a name", Proposal(written));
        }
        cursor.TryTake(written);
        return written;
    }

    public override string Write(string value) => value;

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]*\z")]
    private static partial Regex Form();

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotInNames();
}
