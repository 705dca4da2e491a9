using FailoverSim.Kernel.Results;
using FailoverSim.Kernel.Time;
using FailoverSim.Reporting.MessagePack;

namespace FailoverSim.Reporting.Tables;

/// <summary>What <c>replications.msgpack</c> says of SLOs: their windows beside the names, and in each row how they fared.</summary>
internal static class SloColumns
{
    /// <summary>In the order of <see cref="WindowKind"/>.</summary>
    private static readonly string[] KindNames = ["tiles", "rolling", "spans"];

    /// <summary>Far more than any scenario may have, and few enough for their tenths to be numbered.</summary>
    private const long MostWindows = 100_000_000;

    public static void Write(MessagePackWriter writer, SloWindows slo)
    {
        writer.WriteMapHeader(7);
        writer.Write("name");
        writer.Write(slo.Name);
        writer.Write("service");
        writer.Write(slo.Service);
        writer.Write("windows");
        writer.Write(slo.Windows);
        writer.Write("kind");
        writer.Write(KindNames[(int)slo.Kind]);
        writer.Write("length");
        writer.Write(slo.LengthNanoseconds);
        writer.Write("downAtMost");
        WriteNumber(writer, slo.DownAtMostNanoseconds);
        writer.Write("spans");
        writer.WriteArrayHeader(3L * slo.Spans.Length);
        foreach (WindowSpan span in slo.Spans)
        {
            writer.Write(span.From.Nanoseconds);
            writer.Write(span.To.Nanoseconds);
            writer.Write(span.DownAtMost.Nanoseconds);
        }
    }

    public static SloWindows Read(MessagePackReader reader)
    {
        var slo = new SloWindows("", 0, 0);
        int keys = reader.ReadMapHeader();
        for (int i = 0; i < keys; i++)
        {
            switch (reader.ReadString())
            {
                case "name":
                    slo = slo with { Name = reader.ReadString() };
                    break;
                case "service":
                    slo = slo with { Service = reader.ReadInt32() };
                    break;
                case "windows":
                    slo = slo with { Windows = reader.ReadInt64() };
                    break;
                case "kind":
                    int kind = Array.IndexOf(KindNames, reader.ReadString());
                    slo = kind < 0 ? throw reader.Fault("windows of an unknown kind") : slo with { Kind = (WindowKind)kind };
                    break;
                case "length":
                    slo = slo with { LengthNanoseconds = reader.ReadInt64() };
                    break;
                case "downAtMost":
                    slo = slo with { DownAtMostNanoseconds = reader.TryReadNil() ? null : reader.ReadInt64() };
                    break;
                case "spans":
                    slo = slo with { Spans = [.. ReadSpans(reader)] };
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        bool fits = slo.Windows >= 0
            && (slo.Kind == WindowKind.Spans ? slo.Windows == slo.Spans.Length : slo.LengthNanoseconds > 0)
            && slo.DownAtMostNanoseconds is not < 0
            && slo.LengthNanoseconds <= long.MaxValue / 2 && slo.Windows <= long.MaxValue / 2
            && (slo.Kind != WindowKind.Rolling || slo.HasBudget)
            && (!slo.HasBudget || Count(slo) <= MostWindows);
        return fits ? slo : throw reader.Fault($"windows of '{slo.Name}' that cannot be");
    }

    /// <summary>The keys of a row.</summary>
    public static void Write(MessagePackWriter writer, ServiceRow row)
    {
        writer.Write("slo");
        WriteNumbers(writer, row.SloWindowsMet);
        writer.Write("sloLongest");
        WriteNumbers(writer, row.SloLongestOutages);
        writer.Write("sloParts");
        writer.WriteArrayHeader(row.SloParts.Count);
        for (int slo = 0; slo < row.SloParts.Count; slo++)
        {
            // Flat, two numbers each: most windows have none.
            writer.WriteArrayHeader(2L * row.SloParts[slo].Length);
            foreach (WindowPart part in row.SloParts[slo])
            {
                writer.Write(part.Part);
                writer.Write(part.DownNanoseconds);
            }
        }
    }

    public static long?[] ReadNumbers(MessagePackReader reader) =>
        ReplicationsFile.ReadArray<long?>(reader, r => r.TryReadNil() ? null : r.ReadInt64());

    public static RaggedList<WindowPart> ReadParts(MessagePackReader reader)
    {
        RaggedList<WindowPart> parts = new();
        for (int slos = reader.ReadArrayHeader(); slos > 0; slos--)
        {
            for (int left = ReplicationRow.Multiple(reader, 2); left > 0; left -= 2)
            {
                parts.Add(new WindowPart(reader.ReadInt32(), reader.ReadInt64()));
            }
            parts.EndList();
        }
        return parts;
    }

    /// <summary>Whether a row has what it must of its own SLOs, and nothing of others'.</summary>
    public static bool Fit(ServiceRow row, ResultNames names)
    {
        int slos = names.Slos.Count;
        return row.SloWindowsMet.Count == slos && row.SloLongestOutages.Count == slos && row.SloParts.Count == slos
            && Enumerable.Range(0, slos).All(slo => Fits(row, slo, names.Slos[slo]));
    }

    private static bool Fits(ServiceRow row, int slo, SloWindows windows)
    {
        bool own = windows.Service == row.Service;
        bool counted = row.SloWindowsMet[slo] is { } met ? own && met >= 0 && met <= windows.Windows : !own;
        if (!counted || row.SloLongestOutages[slo] is < 0 || (!own && row.SloLongestOutages[slo] is not null))
        {
            return false;
        }
        int previous = -1;
        int limit = own && windows.HasBudget ? windows.PartCount : 0;
        foreach (WindowPart part in row.SloParts[slo])
        {
            if (part.Part <= previous || part.Part >= limit || part.DownNanoseconds <= 0)
            {
                return false;
            }
            previous = part.Part;
        }
        return true;
    }

    private static Int128 Count(SloWindows slo) =>
        slo.Kind == WindowKind.Rolling ? ((Int128)slo.Windows + slo.LengthNanoseconds) / slo.LengthNanoseconds : slo.Windows;

    private static IEnumerable<WindowSpan> ReadSpans(MessagePackReader reader)
    {
        long previous = 0;
        for (int left = ReplicationRow.Multiple(reader, 3); left > 0; left -= 3)
        {
            (long from, long to, long downAtMost) = (reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());
            if (from < previous || to <= from || downAtMost < 0)
            {
                throw reader.Fault("windows out of order");
            }
            previous = to;
            yield return new WindowSpan(new SimTime(from), new SimTime(to), new SimDuration(downAtMost));
        }
    }

    private static void WriteNumbers(MessagePackWriter writer, IReadOnlyList<long?> numbers)
    {
        writer.WriteArrayHeader(numbers.Count);
        foreach (long? number in numbers)
        {
            WriteNumber(writer, number);
        }
    }

    private static void WriteNumber(MessagePackWriter writer, long? number)
    {
        if (number is { } value)
        {
            writer.Write(value);
        }
        else
        {
            writer.WriteNil();
        }
    }
}
