using System.Text.Json.Nodes;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Scenario.Values;

internal sealed class MoneyKind : ValueKind<Money>
{
    private const string Remedy = "write an amount and a currency, such as 14k EUR";

    public override string Noun => "an amount of money";
    public override string Example => "14k EUR";
    public override DiagnosticCode Code => Codes.BadMoney;

    public override JsonObject Schema() => TextSchema(@"^[0-9]+(\.[0-9]+)?[kM]?\s+[A-Z]{3}$", Example);

    public override Money Read(TextCursor cursor, FieldContext field)
    {
        decimal amount = NumberText.Read(cursor, field, Remedy) * (cursor.TryTake("k") ? 1_000 : cursor.TryTake("M")
            ? 1_000_000 : 1);
        int afterAmount = cursor.Index;
        cursor.SkipBlanks();
        var currency = cursor.TakeWhile(char.IsAsciiLetter);
        if (currency.Length != 3 || currency.Any(char.IsAsciiLetterLower) || cursor.Index == afterAmount + 3)
        {
            cursor.Index = afterAmount;
            throw cursor.Fault(Codes.BadMoney,
                $"'{field.Field}' has no currency of three capital letters after a blank", Remedy);
        }
        return new Money(amount, currency);
    }

    public override string Write(Money value) => $"{NumberText.Write(value.Amount)} {value.Currency}";
}
