using FailoverSim.Kernel.Time;
using FailoverSim.Models.Laws;
using FailoverSim.Scenario.Diagnostics;

namespace FailoverSim.Scenario.Values;

/// <summary><c>12 per year</c> and <c>AFR 4%</c>: rates of an exponential law, per 365 d.</summary>
internal static class FrequencyText
{
    private const string Remedy = "write like 12 per year or AFR 4%";

    public static LawValue Read(TextCursor cursor, FieldContext field)
    {
        decimal number;
        decimal period;
        string normal;
        int start = cursor.Index;
        if (cursor.TryTake("AFR"))
        {
            cursor.SkipBlanks();
            number = ShareOfUnits(cursor, field);
            period = SimDuration.NanosecondsPerYear;
            normal = $"AFR {ShareText.Write(number)}";
        }
        else if (char.IsAsciiDigit(cursor.Current))
        {
            number = NumberText.Read(cursor, field, Remedy) * (cursor.TryTake("k") ? 1_000 : cursor.TryTake("M")
                ? 1_000_000 : 1);
            cursor.SkipBlanks();
            if (cursor.TakeName() != "per")
            {
                cursor.Index = start;
                throw cursor.Fault(Codes.BadFrequency, $"'{ValueKind.Shown(cursor.Rest)}' is not a frequency", Remedy);
            }
            cursor.SkipBlanks();
            (string word, period) = ReadPeriod(cursor);
            normal = $"{NumberText.Write(number)} per {word}";
        }
        else
        {
            throw cursor.Fault(Codes.BadFrequency, $"'{ValueKind.Shown(cursor.Token)}' is not a frequency", Remedy);
        }
        if (number <= 0)
        {
            cursor.Index = start;
            throw cursor.Fault(Codes.NumberOutOfRange, "a frequency must be above zero",
                "write 'never' for what does not happen");
        }
        return new LawValue(new Exponential(DurationText.Seconds(period) / (double)number), normal);
    }

    /// <summary>An annual failure rate may exceed 100 %.</summary>
    private static decimal ShareOfUnits(TextCursor cursor, FieldContext field) => ShareText.Read(cursor, field);

    private static (string Word, decimal Nanoseconds) ReadPeriod(TextCursor cursor)
    {
        int at = cursor.Index;
        string word = cursor.TakeName();
        decimal days = word switch
        {
            "hour" => 1m / 24,
            "day" => 1,
            "week" => 7,
            "month" => 365m / 12,
            "year" => 365,
            _ => 0,
        };
        if (days == 0)
        {
            cursor.Index = at;
            throw cursor.Fault(Codes.BadFrequency, $"'{ValueKind.Shown(word)}' is not a period",
                "write per hour, day, week, month or year");
        }
        return (word, days * SimDuration.NanosecondsPerDay);
    }
}
