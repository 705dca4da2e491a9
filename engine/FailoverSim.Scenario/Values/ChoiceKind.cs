using System.Text.Json.Nodes;
using FailoverSim.Scenario.Diagnostics;

namespace FailoverSim.Scenario.Values;

/// <summary>A discrete property: <c>3</c>, or <c>choice(2=30% 3=70%)</c>.</summary>
/// <param name="count">The values.</param>
/// <param name="remedy">How they are written.</param>
internal sealed class ChoiceKind(ValueKind<decimal> count, string remedy = ChoiceKind.OfCounts) : ValueKind<IReadOnlyList<(decimal Value, decimal Share)>>
{
    public const string OfCounts = "write a whole number, or choice(2=30% 3=70%)";

    public override string Noun => "a whole number or a choice";
    public override string Example => "choice(2=30% 3=70%)";
    public override DiagnosticCode Code => Codes.BadLaw;

    public override JsonObject Schema() => new()
    {
        ["anyOf"] = new JsonArray(count.Schema(), TextSchema(@"^choice\(.*\)$", Example)),
    };

    public override IReadOnlyList<(decimal Value, decimal Share)> Read(TextCursor cursor, FieldContext field)
    {
        if (!cursor.TryTake("choice"))
        {
            return [(count.Read(cursor, field), 1)];
        }
        if (!cursor.TryTake("("))
        {
            throw cursor.Fault(Codes.BadLaw, "'choice' has no values in brackets", remedy);
        }
        int first = cursor.Index;
        var choices = new List<(decimal Value, decimal Share)>();
        while (true)
        {
            cursor.SkipBlanks();
            if (cursor.TryTake(")"))
            {
                break;
            }
            int at = cursor.Index;
            var value = cursor.Part(at, at + cursor.Token.Split('=', ')')[0].Length);
            decimal number = count.Read(value, field);
            cursor.Index = value.Index;
            if (!cursor.TryTake("="))
            {
                throw cursor.Fault(Codes.BadLaw, "'=' and a share are missing after the value", remedy);
            }
            choices.Add((number, ShareText.Read(cursor, field)));
        }
        decimal sum = choices.Sum(choice => Math.Min(choice.Share, 1_000));
        if (sum != 1)
        {
            cursor.Index = first;
            throw cursor.Fault(Codes.SharesSum, $"the shares sum to {ShareText.Write(sum)}, not to 100%", remedy);
        }
        return choices;
    }

    public override string Write(IReadOnlyList<(decimal Value, decimal Share)> value) =>
        value.Count == 1
            ? NumberText.Write(value[0].Value)
            : $"choice({string.Join(' ', value.Select(choice => $"{NumberText.Write(choice.Value)}={ShareText.Write(choice.Share)}"))})";
}
