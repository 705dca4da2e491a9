using System.Text.Json.Nodes;
using FailoverSim.Models.Cluster;
using FailoverSim.Scenario.Diagnostics;

namespace FailoverSim.Scenario.Values;

/// <summary>What a fault makes of its victim; the factor of <c>slow</c> or the share of <c>lossy</c>.</summary>
internal sealed record StateText(string Word, Affliction What, decimal Amount);

/// <summary><c>down</c>, <c>hang</c>, <c>slow(factor=5)</c>, <c>lossy(20%)</c> …</summary>
internal sealed class StateKind : ValueKind<StateText>
{
    private const decimal GreatestFactor = 1_000_000;

    private static readonly (string Word, Affliction What)[] Plain =
    [
        ("down", Affliction.Down), ("hang", Affliction.Hang), ("stall", Affliction.Stall),
        ("partition", Affliction.Partition), ("lost-for-good", Affliction.LostForGood),
        ("answers-check-but-drops-traffic", Affliction.DropsTraffic),
    ];

    public override string Noun => "a state";
    public override string Example => "hang";
    public override DiagnosticCode Code => Codes.BadState;

    public override JsonObject Schema() => TextSchema(
        $@"^({string.Join('|', Plain.Select(state => state.Word))}|slow\s*\(\s*factor\s*=\s*[0-9.]+\s*\)|lossy\s*\(\s*[0-9.]+\s*%?\s*\))$",
        "hang", "slow(factor=5)", "lossy(20%)");

    public override StateText Read(TextCursor cursor, FieldContext field)
    {
        int start = cursor.Index;
        string word = cursor.TakeName();
        if (word is "slow" or "lossy")
        {
            return WithAmount(cursor, field, word);
        }
        var (known, what) = Plain.FirstOrDefault(state => state.Word == word);
        if (known is null)
        {
            cursor.Index = start;
            throw cursor.Fault(Codes.BadState, $"'{Shown(cursor.Rest)}' is not a state",
                Suggestion.For(word, [.. Plain.Select(state => state.Word), "slow(factor=5)", "lossy(20%)"], ""));
        }
        return new StateText(word, what, 0);
    }

    public override string Write(StateText value) => value.What switch
    {
        Affliction.Slow => $"slow(factor={NumberText.Write(value.Amount)})",
        Affliction.Lossy => $"lossy({ShareText.Write(value.Amount)})",
        _ => value.Word,
    };

    private static StateText WithAmount(TextCursor cursor, FieldContext field, string word)
    {
        string remedy = word == "slow" ? "write like slow(factor=5)" : "write like lossy(20%)";
        Expect(cursor, "(", remedy);
        if (word == "slow")
        {
            Expect(cursor, "factor", remedy);
            Expect(cursor, "=", remedy);
        }
        cursor.SkipBlanks();
        int at = cursor.Index;
        decimal amount = word == "slow" ? NumberText.Read(cursor, field, remedy) : ShareText.Read(cursor, field);
        if (word == "slow" ? amount is <= 1 or > GreatestFactor : amount is <= 0 or > 1)
        {
            cursor.Index = at;
            throw cursor.Fault(Codes.NumberOutOfRange,
                word == "slow" ? "a factor must be above 1" : "a share of packets must be above 0%, up to 100%", remedy);
        }
        Expect(cursor, ")", remedy);
        return new StateText(word, word == "slow" ? Affliction.Slow : Affliction.Lossy, amount);
    }

    private static void Expect(TextCursor cursor, string token, string remedy)
    {
        cursor.SkipBlanks();
        if (!cursor.TryTake(token))
        {
            throw cursor.Fault(Codes.BadState, $"'{token}' is missing", remedy);
        }
    }
}
