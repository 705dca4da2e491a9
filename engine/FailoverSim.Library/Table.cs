using System.Globalization;
using System.Net;
using System.Reflection;
using System.Text;
using FailoverSim.Reporting.Notebooks;

namespace FailoverSim.Library;

/// <summary>Rows to be read by people: HTML in a notebook, aligned columns as text.</summary>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
public sealed class Table : IHtml
{
    private readonly IReadOnlyList<(string Head, bool IsNumeric)> _columns;
    private readonly IReadOnlyList<IReadOnlyList<string>> _rows;

    private Table(IReadOnlyList<(string Head, bool IsNumeric)> columns, IReadOnlyList<IReadOnlyList<string>> rows) =>
        (_columns, _rows) = (columns, rows);

    /// <param name="rows">Each a record or an anonymous object: its properties are the columns, in order. Numbers get four digits.</param>
    public static Table Of<T>(IEnumerable<T> rows)
    {
        PropertyInfo[] columns =
            [.. typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.GetIndexParameters().Length == 0)];
        return new Table(
            [.. columns.Select(column => (Words(column.Name), IsNumber(column.PropertyType)))],
            [.. rows.Select(row => columns.Select(column => Cell(column.GetValue(row))).ToArray())]);
    }

    public string ToHtml()
    {
        StringBuilder html = new("<table><thead><tr>");
        foreach ((string head, bool isNumeric) in _columns)
        {
            html.Append(CultureInfo.InvariantCulture, $"<th{Aligned(isNumeric)}>{WebUtility.HtmlEncode(head)}</th>");
        }
        html.Append("</tr></thead><tbody>");
        foreach (IReadOnlyList<string> row in _rows)
        {
            html.Append("<tr>");
            for (int i = 0; i < row.Count; i++)
            {
                html.Append(CultureInfo.InvariantCulture, $"<td{Aligned(_columns[i].IsNumeric)}>{WebUtility.HtmlEncode(row[i])}</td>");
            }
            html.Append("</tr>");
        }
        return html.Append("</tbody></table>").ToString();
    }

    public override string ToString()
    {
        int[] widths = [.. _columns.Select((column, i) => _rows.Select(row => row[i].Length).Append(column.Head.Length).Max())];
        IEnumerable<IReadOnlyList<string>> lines =
            [[.. _columns.Select(column => column.Head)], [.. widths.Select(width => new string('─', width))], .. _rows];
        return string.Join('\n', lines.Select(Line));

        string Line(IReadOnlyList<string> cells) => string.Join(
            "  ", cells.Select((cell, i) => _columns[i].IsNumeric ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]))).TrimEnd();
    }

    private static string Aligned(bool isNumeric) => isNumeric ? " style=\"text-align:right\"" : " style=\"text-align:left\"";

    /// <summary><c>DowntimePerYear</c> as <c>downtime per year</c>.</summary>
    private static string Words(string name) => string.Concat(
        name.Select((letter, i) => char.IsUpper(letter) ? (i > 0 ? " " : "") + char.ToLowerInvariant(letter) : letter.ToString()));

    private static bool IsNumber(Type type) => (Nullable.GetUnderlyingType(type) ?? type) is var bare
        && (bare == typeof(double) || bare == typeof(decimal) || bare == typeof(int) || bare == typeof(long));

    private static string Cell(object? value) => value switch
    {
        double number => number.ToString("G4", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value?.ToString() ?? "",
    };
}
