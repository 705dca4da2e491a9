using System.Globalization;
using FailoverSim.Analysis.Estimates;

namespace FailoverSim.Reporting.Tables;

/// <summary>A row as it was written: cells by the name of their column.</summary>
internal sealed record TidyRow(string File, IReadOnlyDictionary<string, string> Cells)
{
    public string Text(string column) => Cells.TryGetValue(column, out string? cell)
        ? cell
        : throw new InvalidDataException($"{File} has no column '{column}'");

    /// <summary>Null where the cell is empty.</summary>
    public double? Number(string column) => Text(column) switch
    {
        "" => null,
        var cell when double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) => number,
        var cell => throw new InvalidDataException($"{File}: '{cell}' in column '{column}' is no number"),
    };

    public long Whole(string column) => long.TryParse(Text(column), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
        ? number
        : throw new InvalidDataException($"{File}: '{Text(column)}' in column '{column}' is no whole number");

    /// <summary>The columns <c>estimate</c> to <c>n</c>.</summary>
    public Estimate Estimate() =>
        new(Number("estimate"), Number("low"), Number("high"), Number("level"), Text("method"), Whole("n"));
}
