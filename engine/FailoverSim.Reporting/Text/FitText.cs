using System.Globalization;
using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Fitting;

namespace FailoverSim.Reporting.Text;

/// <summary>What was fitted to a log, as lines to read.</summary>
public static class FitText
{
    private const int LawWidth = 46;

    public static IEnumerable<string> Lines(ClassFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ClassHistory history = fit.History;
        string window = history.Window > 0 ? $", watched for {HumanUnits.Duration(history.Window)} each" : "";
        yield return Invariant($"{history.Name}: {history.Units} units{window}");
        foreach ((string title, QuantityFit? quantity) in new[] { ("fails", fit.Lives), ("repair", fit.Repairs) })
        {
            foreach (string line in quantity is null ? [] : Lines(title, quantity))
            {
                yield return line;
            }
        }
        if (history.Common is { Common: > 0, IsReal: true } common)
        {
            var (low, high) = common.Interval(0.9);
            yield return Invariant(
                $"  common cause: {common.Common} of {common.Events} events hit {Range(common.LeastHit, common.MostHit)} units at once, beta {HumanUnits.Percent(common.Value)} ({HumanUnits.Percent(low)} – {HumanUnits.Percent(high)}), by chance {common.Expected:0.0##}");
        }
        foreach (string warning in fit.Warnings)
        {
            yield return $"  note: {warning}";
        }
    }

    /// <summary>What it means that the input is not known better, in one line; null if nothing was fitted.</summary>
    public static string? Uncertainty(string name, QuantityFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        return fit.Mean is not { Value: { } mean, Low: { } low, High: { } high } ? null
            : Invariant($"{name}: mean {HumanUnits.Duration(mean)}, {100 * fit.Mean.Level:0} % interval {HumanUnits.Duration(low)} – {HumanUnits.Duration(high)} from {Count(fit.Mean.N)} (sd of ln rate {1 / Math.Sqrt(fit.Mean.N):0.00}); a longer log narrows it, more replications do not");
    }

    private static IEnumerable<string> Lines(string title, QuantityFit fit)
    {
        Sample sample = fit.Sample;
        yield return Invariant(
            $"  {title}: {sample.Failures} ended, {sample.Censored} censored, {sample.Intervals} within intervals, {sample.Truncated} seen late, {sample.AgesUnknown} of unknown age; {HumanUnits.Duration(sample.Exposure)} of exposure");
        if (fit.Choice is null)
        {
            yield return $"    mean at least {HumanUnits.Duration(fit.Mean.Low!.Value)} (95 %, nothing ended)";
            yield break;
        }
        yield return "    " + "law".PadRight(LawWidth) + "   AICc  weight  mean";
        foreach (Candidate candidate in fit.Choice.Candidates)
        {
            string mark = candidate.Fit == fit.Choice.Chosen ? "*" : " ";
            yield return Invariant(
                $"   {mark}{Rounded(candidate.Fit).PadRight(LawWidth)} {"+" + candidate.Delta.ToString("0.0", CultureInfo.InvariantCulture),7} {HumanUnits.Percent(candidate.Weight),6}  {HumanUnits.Duration(candidate.Fit.Law.Mean)}");
        }
        if (Uncertainty("    input", fit) is { } uncertainty)
        {
            yield return uncertainty;
        }
        if (fit.Shape is { } shape)
        {
            yield return Invariant($"    shape {Bounds(shape)}");
        }
        if (fit.Restricted is { } r)
        {
            yield return Invariant(
                $"    up to {HumanUnits.Duration(r.Until)}: mean {HumanUnits.Duration(r.Curve)}, sd {HumanUnits.Duration(r.CurveSd)} seen; mean {HumanUnits.Duration(r.Law)}, sd {HumanUnits.Duration(r.LawSd)} by the law");
        }
        if (fit.Goodness is { PValue: { } p } goodness)
        {
            yield return Invariant(
                $"    fit: A2 = {goodness.AndersonDarling:0.00}, D = {goodness.Kolmogorov:0.000}, p = {p:0.000} (bootstrap of {goodness.Bootstraps}, n = {goodness.N})");
        }
        foreach (string warning in fit.Warnings)
        {
            yield return $"    note: {warning}";
        }
    }

    /// <summary>A law with as many digits as one reads: the parameters as they are used are in the YAML.</summary>
    private static string Rounded(FittedLaw fit) => FitYaml.Law(fit.Law);

    private static string Bounds(Estimate shape) => shape is { Low: { } low, High: { } high }
        ? Invariant($"{HumanUnits.Number(shape.Value!.Value, low, high)}, {100 * shape.Level:0} % interval")
        : Invariant($"{shape.Value:0.00}, {100 * shape.Level:0} % interval {shape.Low:0.00} – {shape.High:0.00} (open where nothing is written)");

    private static string Range(int least, int most) => least == most ? Invariant($"{least}") : Invariant($"{least} to {most}");

    private static string Count(long n) => n == 1 ? "1 end" : Invariant($"{n} ends");

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
