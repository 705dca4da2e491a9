using System.Text.Json.Nodes;
using FailoverSim.Kernel.Time;
using FailoverSim.Scenario.Diagnostics;

namespace FailoverSim.Scenario.Values;

/// <summary>So many of the replicas, or a share of them: <c>1</c>, <c>25%</c>.</summary>
internal sealed class ReplicasKind : ValueKind<Quantity>
{
    public const int Most = 1_000_000;

    public override string Noun => "a number or percentage of replicas";
    public override string Example => "25%";
    public override DiagnosticCode Code => Codes.BadNumber;

    public override JsonObject Schema() => new()
    {
        ["anyOf"] = new JsonArray(
            new JsonObject { ["type"] = "integer", ["minimum"] = 0, ["maximum"] = Most },
            TextSchema(@"^[0-9]+(\.[0-9]+)?\s*%?$", Example)),
    };

    public override Quantity Read(TextCursor cursor, FieldContext field) =>
        ReadFrom(cursor, field, 0, "write a whole number or a percentage, such as 1 or 25%");

    public override string Write(Quantity value) => value.ToString();

    /// <summary>A whole number from a least one, or a percentage up to 100 %.</summary>
    public static Quantity ReadFrom(TextCursor cursor, FieldContext field, int least, string remedy)
    {
        int start = cursor.Index;
        decimal number = NumberText.Read(cursor, field, remedy);
        int after = cursor.Index;
        cursor.SkipBlanks();
        bool isShare = cursor.TryTake("%");
        if (!isShare)
        {
            cursor.Index = after;
        }
        if (!isShare && number % 1 != 0)
        {
            cursor.Index = start;
            throw cursor.Fault(Codes.BadNumber, $"'{field.Field}' counts replicas, and {NumberText.Write(number)} is no whole number", remedy);
        }
        if (number > (isShare ? 100 : Most) || (isShare && least > 0 ? number == 0 : number < least))
        {
            cursor.Index = start;
            throw cursor.Fault(Codes.NumberOutOfRange, $"'{field.Field}' cannot be {NumberText.Write(number)}{(isShare ? "%" : "")}", remedy);
        }
        return isShare ? new Quantity(null, number / 100) : new Quantity((int)number, null);
    }
}

/// <summary><c>ready &gt;= 2</c>, <c>ready &gt;= 50% of replicas</c>.</summary>
internal sealed class ReadyKind : ValueKind<Quantity>
{
    private const string Remedy = "write like ready >= 2 or ready >= 50% of replicas";

    public override string Noun => "a number of ready replicas";
    public override string Example => "ready >= 50% of replicas";
    public override DiagnosticCode Code => Codes.BadExpression;

    public override JsonObject Schema() =>
        TextSchema(@"^ready\s*>=\s*([0-9]+|[0-9]+(\.[0-9]+)?\s*%\s+of\s+replicas)$", Example, "ready >= 2");

    public override Quantity Read(TextCursor cursor, FieldContext field)
    {
        Expect(cursor, "ready");
        Expect(cursor, ">=");
        cursor.SkipBlanks();
        var quantity = ReplicasKind.ReadFrom(cursor, field, 1, Remedy);
        if (quantity.Share is not null)
        {
            Expect(cursor, "of");
            Expect(cursor, "replicas");
        }
        return quantity;
    }

    public override string Write(Quantity value) => $"ready >= {value}{(value.Share is null ? "" : " of replicas")}";

    private static void Expect(TextCursor cursor, string token)
    {
        cursor.SkipBlanks();
        if (!cursor.TryTake(token))
        {
            throw cursor.Fault(Codes.BadExpression, $"'{token}' is missing", Remedy);
        }
    }
}

/// <summary><c>20% of replicas</c>.</summary>
internal sealed class ReplicaShareKind : ValueKind<decimal>
{
    private const string Remedy = "write like 20% of replicas";

    public override string Noun => "a share of the replicas";
    public override string Example => "20% of replicas";
    public override DiagnosticCode Code => Codes.BadNumber;

    public override JsonObject Schema() => TextSchema(@"^[0-9]+(\.[0-9]+)?\s*%\s+of\s+replicas$", Example);

    public override decimal Read(TextCursor cursor, FieldContext field)
    {
        int start = cursor.Index;
        decimal share = ShareText.Read(cursor, field);
        if (share is <= 0 or > 1)
        {
            cursor.Index = start;
            throw cursor.Fault(Codes.NumberOutOfRange, $"'{field.Field}' cannot be {ShareText.Write(share)}",
                "write a percentage above 0%, up to 100%");
        }
        foreach (string word in new[] { "of", "replicas" })
        {
            cursor.SkipBlanks();
            if (!cursor.TryTake(word))
            {
                throw cursor.Fault(Codes.BadNumber, $"'{word}' is missing after the share", Remedy);
            }
        }
        return share;
    }

    public override string Write(decimal value) => $"{ShareText.Write(value)} of replicas";
}

/// <summary>How long something is borne: <c>300s</c>, or <c>forever</c>.</summary>
internal sealed class ToleranceKind : ValueKind<SimDuration>
{
    public override string Noun => "a duration or 'forever'";
    public override string Example => "300s";
    public override DiagnosticCode Code => Codes.BadDuration;

    public override JsonObject Schema() => new()
    {
        ["anyOf"] = new JsonArray(TextSchema(DurationKind.Pattern, Example),
            new JsonObject { ["enum"] = new JsonArray("forever", "never") }),
    };

    public override SimDuration Read(TextCursor cursor, FieldContext field)
    {
        string written = cursor.Rest.TrimEnd();
        if (written is "forever" or "never")
        {
            cursor.TryTake(written);
            return SimDuration.Never;
        }
        return DurationText.Read(cursor, field, blanks: true);
    }

    public override string Write(SimDuration value) => value.IsNever ? "forever" : DurationText.Write(value);
}
