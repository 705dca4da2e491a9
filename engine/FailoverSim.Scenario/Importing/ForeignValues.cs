using System.Globalization;
using System.Text.RegularExpressions;
using FailoverSim.Scenario.Values;

namespace FailoverSim.Scenario.Importing;

/// <summary>Values as Kubernetes, etcd, HAProxy and keepalived write them, and as the language does.</summary>
internal static partial class ForeignValues
{
    private static readonly (string Name, decimal Size)[] AmountUnits =
    [
        ("n", 1e-9m), ("u", 1e-6m), ("m", 1e-3m), ("", 1), ("k", 1e3m), ("M", 1e6m), ("G", 1e9m), ("T", 1e12m), ("P", 1e15m), ("E", 1e18m),
        ("Ki", 1L << 10), ("Mi", 1L << 20), ("Gi", 1L << 30), ("Ti", 1L << 40), ("Pi", 1L << 50), ("Ei", 1L << 60),
    ];

    private static readonly (string Name, decimal Nanoseconds)[] TimeUnits =
        [("ns", 1), ("us", 1e3m), ("µs", 1e3m), ("ms", 1e6m), ("s", 1e9m), ("m", 60e9m), ("h", 3600e9m), ("d", 86_400e9m)];

    /// <summary>A quantity of Kubernetes (<c>500m</c>, <c>4Gi</c>, <c>1e3</c>); null if it is none.</summary>
    public static decimal? Amount(string text)
    {
        Match match = AmountForm().Match(text.Trim());
        decimal unit = AmountUnits.FirstOrDefault(known => known.Name == match.Groups[3].Value).Size;
        if (!match.Success || unit == 0
            || !decimal.TryParse(match.Groups[1].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number))
        {
            return null;
        }
        int exponent = match.Groups[2].Length == 0 ? 0 : int.Parse(match.Groups[2].Value[1..], CultureInfo.InvariantCulture);
        try
        {
            for (; exponent != 0; exponent -= Math.Sign(exponent))
            {
                number = exponent > 0 ? number * 10 : number / 10;
            }
            decimal amount = number * unit;
            return amount <= 1e18m ? amount : null;
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    /// <summary>A duration of Go (<c>1m30s</c>), or a bare number of units, in the language's words; null if it is none.</summary>
    /// <param name="text">As written.</param>
    /// <param name="bare">Nanoseconds of a number without unit; 0: it needs one.</param>
    public static string? Duration(string text, decimal bare)
    {
        Match match = DurationForm().Match(text.Trim());
        if (!match.Success)
        {
            return null;
        }
        decimal total = 0;
        for (int i = 0; i < match.Groups[1].Captures.Count; i++)
        {
            string unit = match.Groups[2].Captures[i].Value;
            decimal size = unit.Length > 0 ? Array.Find(TimeUnits, known => known.Name == unit).Nanoseconds : match.Groups[1].Captures.Count == 1 || text == "0" ? bare : 0;
            if ((size == 0 && text != "0")
                || !decimal.TryParse(match.Groups[1].Captures[i].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)
                || number > 1e9m)
            {
                return null;
            }
            total += decimal.Truncate(number * size);
        }
        return total <= DurationText.ClockNanoseconds ? DurationText.Write(total) : null;
    }

    /// <summary>Cores as the language writes them, rounded down to thousandths.</summary>
    public static string Cores(decimal cores) => cores % 1 == 0
        ? NumberText.Write(cores)
        : decimal.Truncate(cores * 1000).ToString(CultureInfo.InvariantCulture) + "m";

    /// <summary>Bytes as the language writes them, in the largest binary unit that divides them.</summary>
    public static string Size(decimal bytes)
    {
        decimal whole = decimal.Truncate(bytes);
        foreach ((string name, decimal size) in new[] { ("GiB", 1024m * 1024 * 1024), ("MiB", 1024m * 1024), ("KiB", 1024m) })
        {
            if (whole % size == 0)
            {
                return (whole / size).ToString("0", CultureInfo.InvariantCulture) + name;
            }
        }
        return whole > 1e11m ? (decimal.Truncate(whole / 1024)).ToString("0", CultureInfo.InvariantCulture) + "KiB"
            : whole.ToString("0", CultureInfo.InvariantCulture) + "B";
    }

    [GeneratedRegex(@"\A([0-9]*\.?[0-9]+|[0-9]+\.)(?:([eE][+-]?[0-9]{1,2})|([A-Za-z]*))\z")]
    private static partial Regex AmountForm();

    /// <summary>Atomic: digits that could be cut into numbers in many ways would take hours.</summary>
    [GeneratedRegex(@"\A(?:((?>[0-9]*\.?[0-9]+))(ns|us|µs|ms|s|m|h|d|))+\z")]
    private static partial Regex DurationForm();
}
