using System.Globalization;
using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Fitting;

namespace FailoverSim.Reporting.Text;

/// <summary>What was fitted to a log, as lines to read.</summary>
public static class FitText
{
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

    /// <summary>The mean and how well it is known: Var(ln rate) is 1/d for d ends.</summary>
    internal static string MeanOf(QuantityFit fit)
    {
        Estimate mean = fit.Mean;
        string low = mean.Low is { } l ? HumanUnits.Duration(l) : "no bound", high = mean.High is { } h ? HumanUnits.Duration(h) : "no bound";
        return Invariant(
            $"mean {HumanUnits.Duration(mean.Value!.Value)}, {100 * mean.Level:0} % interval {low} – {high} from {Count(mean.N)} (sd of ln rate {1 / Math.Sqrt(mean.N):0.00})");
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
        int width = fit.Choice.Candidates.Max(candidate => FitYaml.Law(candidate.Fit.Law).Length);
        yield return "    " + "law".PadRight(width) + "    AICc   weight  mean";
        foreach (Candidate candidate in fit.Choice.Candidates)
        {
            string mark = candidate.Fit == fit.Choice.Chosen ? "*" : " ";
            yield return Invariant(
                $"   {mark}{FitYaml.Law(candidate.Fit.Law).PadRight(width)} {"+" + candidate.Delta.ToString("0.0", CultureInfo.InvariantCulture),7} {Weight(candidate.Weight),8}  {HumanUnits.Duration(candidate.Fit.Law.Mean)}");
        }
        if (fit.Mean.Value is not null)
        {
            yield return $"    input: {MeanOf(fit)}; a longer log narrows it, more replications do not";
        }
        if (fit.Shape is { } shape)
        {
            yield return $"    {(fit.Choice.Chosen.Family == "lognormal" ? "sigma" : "shape")} {Bounds(shape)}";
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

    private static string Bounds(Estimate shape) => shape is { Low: { } low, High: { } high }
        ? Invariant($"{HumanUnits.Number(shape.Value!.Value, low, high)}, {100 * shape.Level:0} % interval")
        : Invariant($"{shape.Value:0.00}, {100 * shape.Level:0} % interval {shape.Low:0.00} – {shape.High:0.00} (open where nothing is written)");

    private static string Weight(double share) => share < 0.001 ? "< 0.1 %" : HumanUnits.Percent(share);

    private static string Range(int least, int most) => least == most ? Invariant($"{least}") : Invariant($"{least} to {most}");

    private static string Count(long n) => n == 1 ? "1 end" : Invariant($"{n} ends");

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
