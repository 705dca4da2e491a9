using System.Globalization;
using FailoverSim.Analysis.Estimates;

namespace FailoverSim.Reporting.Tables;

/// <summary>A row as it was written: cells by the name of their column.</summary>
/// <param name="File">Its name.</param>
/// <param name="Line">The row is the so many-th, the heads included.</param>
/// <param name="Columns">Where each column stands.</param>
/// <param name="Cells">What was written.</param>
internal sealed record TidyRow(string File, int Line, IReadOnlyDictionary<string, int> Columns, string[] Cells)
{
    public string Text(string column) => Columns.TryGetValue(column, out int index) && index < Cells.Length
        ? Cells[index]
        : throw Fault(column, "is not there");

    /// <summary>Null where the cell is empty.</summary>
    public double? Number(string column) => Text(column) switch
    {
        "" => null,
        var cell when double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) => number,
        _ => throw Fault(column, "is no number"),
    };

    /// <param name="column">Which.</param>
    /// <param name="least">The least that can be.</param>
    public long Whole(string column, long least = 0) =>
        long.TryParse(Text(column), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) && number >= least && number <= int.MaxValue * 1_000_000L
            ? number
            : throw Fault(column, $"is no whole number from {least}");

    /// <summary>The columns <c>estimate</c> to <c>n</c>.</summary>
    public Estimate Estimate()
    {
        Estimate estimate = new(Number("estimate"), Number("low"), Number("high"), Number("level"), Text("method"), Whole("n"));
        return estimate.Level is null or (> 0 and < 1) ? estimate : throw Fault("level", "is no level");
    }

    private InvalidDataException Fault(string column, string what) => new($"{File}, row {Line}: column '{column}' {what}");
}
