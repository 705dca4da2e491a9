using System.Globalization;

namespace FailoverSim.Scenario.Reading;

/// <summary>Amounts in messages.</summary>
internal static class NumbersText
{
    private const double Gibi = 1L << 30;

    /// <param name="millicores">Thousandths of a core.</param>
    public static string Cores(long millicores) => $"{Plain(millicores / 1000.0)} {(millicores == 1000 ? "core" : "cores")}";

    public static string Size(long bytes) => $"{Plain(bytes / Gibi)} GiB";

    /// <summary>With at most two decimals below 100, and none above.</summary>
    public static string Plain(double value) => value.ToString(value < 100 ? "#,0.##" : "#,0", CultureInfo.InvariantCulture);
}
