using System.Globalization;
using CsvHelper;
using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Results;

namespace FailoverSim.Reporting.Tables;

/// <summary>The columns of <c>outages.csv</c>: what, when and how long, then why.</summary>
internal sealed class OutageColumns
{
    private static readonly string[] Fixed =
    [
        "variant", "replication", "service", "start", "duration", "cause", "stage", "class", "root", "enabler", "causes",
    ];

    /// <summary>All stages of the model, met or not: files of different runs have the same columns.</summary>
    private readonly IReadOnlyList<string> _stages;
    private readonly Dictionary<string, long> _inStage = [];

    public OutageColumns(IReadOnlyList<ResultTable> tables) =>
        _stages = [.. tables.SelectMany(table => table.Names.Stages).Distinct()];

    public void WriteHeads(CsvWriter csv)
    {
        foreach (string column in Fixed.Concat(_stages.Select(stage => $"stage:{stage}")))
        {
            csv.WriteField(column);
        }
        csv.NextRecord();
    }

    public void WriteRow(CsvWriter csv, ResultTable table, ServiceRow row, int index)
    {
        Outage outage = row.Outages[index];
        ReadOnlySpan<CauseShare> causes = row.OutageCauses[index];
        csv.WriteField(table.Variant);
        csv.WriteField(row.Replication.ToString(CultureInfo.InvariantCulture));
        csv.WriteField(table.Names.Services[row.Service]);
        csv.WriteField(Seconds(outage.Start));
        csv.WriteField(Seconds(outage.Duration));
        csv.WriteField(table.Names.Causes[outage.Cause]);
        csv.WriteField(table.Names.Stages[outage.Stage]);
        csv.WriteField(outage.IsLoss ? "loss" : "failover");
        csv.WriteField(NamesOf(causes, CauseRole.Root, table.Names));
        string enablers = NamesOf(causes, CauseRole.Enabler, table.Names);
        csv.WriteField(enablers.Length > 0 ? enablers : outage.IsLoss ? "no redundancy" : "failover");
        csv.WriteField(WithSeconds(causes, table.Names));
        WriteStages(csv, table.Names, row.OutageStages[index]);
        csv.NextRecord();
    }

    private void WriteStages(CsvWriter csv, ResultNames names, ReadOnlySpan<StageShare> stages)
    {
        _inStage.Clear();
        foreach (StageShare share in stages)
        {
            _inStage[names.Stages[share.Stage]] = share.Nanoseconds;
        }
        foreach (string stage in _stages)
        {
            csv.WriteField(_inStage.TryGetValue(stage, out long nanoseconds) ? Seconds(nanoseconds) : "");
        }
    }

    private static string NamesOf(ReadOnlySpan<CauseShare> causes, CauseRole role, ResultNames names)
    {
        List<string> found = [];
        foreach (CauseShare share in causes)
        {
            if ((share.Role & role) != 0)
            {
                found.Add(names.Causes[share.Cause]);
            }
        }
        return string.Join(';', found);
    }

    private static string WithSeconds(ReadOnlySpan<CauseShare> causes, ResultNames names)
    {
        List<string> found = [];
        foreach (CauseShare share in causes)
        {
            found.Add($"{names.Causes[share.Cause]}:{Seconds(share.Nanoseconds)}");
        }
        return string.Join(';', found);
    }

    /// <summary>Nine decimals: exact, and all of one width.</summary>
    private static string Seconds(long nanoseconds) => string.Create(
        CultureInfo.InvariantCulture, $"{nanoseconds / 1_000_000_000}.{nanoseconds % 1_000_000_000:D9}");
}
