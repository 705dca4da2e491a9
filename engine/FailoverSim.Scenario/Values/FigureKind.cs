using System.Text.Json.Nodes;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Scenario.Values;

/// <summary>A figure over several as written; names are not yet resolved.</summary>
/// <param name="What">Which figure.</param>
/// <param name="Members">Names with their places in the text.</param>
/// <param name="Quantile">Share of the members that are worse, for quantiles.</param>
internal sealed record FigureText(AggregateKind What, IReadOnlyList<(string Name, int Index)> Members, decimal Quantile);

/// <summary><c>mean-over(workloads)</c>, <c>quantile(workloads 1%)</c>, <c>all-of(quorum-apps)</c>.</summary>
internal sealed class FigureKind : ValueKind<FigureText>
{
    private const string Remedy = "write mean-over(workloads), quantile(workloads 1%) or all-of(NAME)";

    private static readonly (string Word, AggregateKind What)[] Words =
        [("mean-over", AggregateKind.MeanOver), ("quantile", AggregateKind.Quantile), ("all-of", AggregateKind.AllOf)];

    public override string Noun => "a figure over several";
    public override string Example => "mean-over(workloads)";
    public override DiagnosticCode Code => Codes.BadFigure;

    public override JsonObject Schema() => TextSchema(
        @"^((mean-over|all-of)\s*\([a-z0-9, -]+\)|quantile\s*\([a-z0-9, -]+\s[0-9.]+\s*%?\s*\))$", Example, "quantile(workloads 1%)", "all-of(a, b)");

    public override FigureText Read(TextCursor cursor, FieldContext field)
    {
        int start = cursor.Index;
        string word = cursor.TakeName();
        var (known, what) = Words.FirstOrDefault(form => form.Word == word);
        if (known is null)
        {
            cursor.Index = start;
            throw cursor.Fault(Codes.BadFigure, $"'{Shown(cursor.Rest)}' is not a figure over several",
                Suggestion.For(word, Words.Select(form => form.Word), Remedy));
        }
        cursor.SkipBlanks();
        int opened = cursor.Index;
        if (!cursor.TryTake("("))
        {
            throw cursor.Fault(Codes.BadFigure, $"'{word}' has no names in brackets", Remedy);
        }
        var members = new List<(string, int)>();
        decimal quantile = 0;
        while (true)
        {
            cursor.SkipBlanks();
            if (cursor.TryTake(")"))
            {
                break;
            }
            if (what == AggregateKind.Quantile && members.Count > 0 && IsShare(cursor))
            {
                quantile = Share(cursor, field);
                continue;
            }
            int at = cursor.Index;
            string name = cursor.TakeName();
            if (!NameKind.IsName(name) || quantile > 0)
            {
                cursor.Index = cursor.AtEnd ? opened : at;
                throw cursor.Fault(Codes.BadFigure, cursor.Index == opened ? "this bracket is never closed"
                    : $"'{Shown(cursor.Token)}' is not expected here", Remedy);
            }
            members.Add((name, at));
            cursor.SkipBlanks();
            cursor.TryTake(",");
        }
        if (members.Count == 0 || (what == AggregateKind.Quantile) != (quantile > 0))
        {
            cursor.Index = opened;
            throw cursor.Fault(Codes.BadFigure, members.Count == 0 ? $"'{word}' has no names in brackets"
                : "'quantile' does not say which", Remedy);
        }
        return new FigureText(what, members, quantile);
    }

    public override string Write(FigureText value) =>
        $"{Words.First(form => form.What == value.What).Word}({string.Join(", ", value.Members.Select(member => member.Name))}"
        + (value.What == AggregateKind.Quantile ? $" {ShareText.Write(value.Quantile)})" : ")");

    /// <summary>A percentage or a number below 1; a bare whole number is a name.</summary>
    private static bool IsShare(TextCursor cursor)
    {
        string token = cursor.Token.TrimEnd(')');
        return char.IsAsciiDigit(token.FirstOrDefault()) && (token.Contains('%', StringComparison.Ordinal)
            || token.Contains('.', StringComparison.Ordinal) || cursor.Rest.TrimEnd(')', ' ').EndsWith('%'));
    }

    private static decimal Share(TextCursor cursor, FieldContext field)
    {
        int at = cursor.Index;
        decimal share = ShareText.Read(cursor, field);
        if (share is > 0 and <= 1)
        {
            return share;
        }
        cursor.Index = at;
        throw cursor.Fault(Codes.NumberOutOfRange, $"a quantile cannot be {ShareText.Write(share)}", "write a percentage above 0%, up to 100%");
    }
}
