using System.Globalization;
using System.Text;
using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Fitting;
using FailoverSim.Kernel.Laws;
using FailoverSim.Models.Laws;

namespace FailoverSim.Reporting.Text;

/// <summary>Fitted laws as a block of the scenario language, to paste; comments say how well each is known.</summary>
public static class FitYaml
{
    /// <summary>More digits than any log supports, few enough to read.</summary>
    private const int Digits = 4;

    /// <param name="fits">One per class.</param>
    /// <param name="asFaults">Entries of <c>faults</c>, with the class as the selector, in place of <c>units</c>.</param>
    public static string Of(IReadOnlyList<ClassFit> fits, bool asFaults)
    {
        ArgumentNullException.ThrowIfNull(fits);
        StringBuilder text = new();
        StringBuilder common = new();
        text.Append("# Fitted to a log. Only a longer log narrows the intervals of the means; more replications do not.\n");
        text.Append(asFaults ? "faults:\n" : "units:\n");
        HashSet<string> taken = new(StringComparer.Ordinal);
        foreach (ClassFit fit in fits)
        {
            string name = NameOf(fit.History.Name, taken);
            foreach ((string what, QuantityFit? quantity) in new[] { ("failure", fit.Lives), ("repair", fit.Repairs) })
            {
                foreach (string line in quantity is null ? [] : Comments(what, quantity))
                {
                    text.Append("  # ").Append(line).Append('\n');
                }
            }
            List<string> keys = asFaults
                ? [$"of: {fit.History.Name}", $"every: {LawOf(fit.Lives)}", $"repair: {{takes: {LawOf(fit.Repairs) ?? "LAW"}}}"]
                : [Invariant($"count: {fit.History.Units}"), $"fails: {LawOf(fit.Lives)}", .. fit.Repairs?.Choice is null ? Array.Empty<string>() : [$"repair: {{takes: {LawOf(fit.Repairs)}}}"]];
            // Without a law there is nothing that could be pasted.
            string hidden = fit.Lives?.Choice is null || (asFaults && fit.Repairs?.Choice is null) ? "# " : "";
            text.Append(Invariant($"  {hidden}{name}: {{{string.Join(", ", keys)}}}\n"));
            if (!asFaults && hidden.Length == 0 && fit.History.Common is { IsReal: true, Common: > 0 } beta)
            {
                AppendCommon(common, name, fit.History, beta, taken);
            }
        }
        if (common.Length > 0)
        {
            text.Append("\ncommon-cause:\n").Append(common);
        }
        return text.ToString();
    }

    /// <summary>As the scenario language writes it, with four digits.</summary>
    internal static string Law(Law law) => law switch
    {
        Exponential => $"exp({Time(law.Mean)})",
        // Shares must sum to exactly 100 %.
        Mixture mixture => Mix([.. mixture.Parts]),
        _ => Shorten(law.ToString()),
    };

    private static string Mix((double Share, Law Law)[] parts)
    {
        double first = Math.Round(100 * parts[0].Share, 1);
        return Invariant($"mix({Seconds.Number(first)}% {Law(parts[0].Law)} {Seconds.Number(Math.Round(100 - first, 1))}% {Law(parts[1].Law)})");
    }

    /// <summary>Every number of a text to four digits, and the unit that its size asks for.</summary>
    private static string Shorten(string law)
    {
        StringBuilder text = new();
        foreach (string part in law.Split(' '))
        {
            int at = part.IndexOf('=', StringComparison.Ordinal);
            string value = part[(at + 1)..].TrimEnd(')');
            string close = part.EndsWith(')') ? ")" : "";
            int unit = Array.FindIndex(value.ToCharArray(), char.IsAsciiLetter);
            double number = double.Parse(unit < 0 ? value : value[..unit], CultureInfo.InvariantCulture);
            string shortened = unit < 0 ? Seconds.Number(Round(number)) : Time(number * Lengths[value[unit..]]);
            text.Append(text.Length > 0 ? " " : "").Append(part[..(at + 1)]).Append(shortened).Append(close);
        }
        return text.ToString();
    }

    private static readonly Dictionary<string, double> Lengths = new()
    {
        ["y"] = 365 * 86_400.0,
        ["mo"] = 365 / 12.0 * 86_400.0,
        ["w"] = 7 * 86_400.0,
        ["d"] = 86_400,
        ["h"] = 3_600,
        ["m"] = 60,
        ["s"] = 1,
        ["ms"] = 1e-3,
        ["us"] = 1e-6,
        ["ns"] = 1e-9,
    };

    /// <summary>In the largest unit of days, hours, minutes or seconds of which there is one: a whole number of nanoseconds.</summary>
    private static string Time(double seconds)
    {
        (string name, double length) = seconds >= 86_400 ? ("d", 86_400) : seconds >= 3_600 ? ("h", 3_600)
            : seconds >= 60 ? ("m", 60) : seconds >= 1 ? ("s", 1.0) : seconds >= 1e-3 ? ("ms", 1e-3) : ("us", 1e-6);
        double amount = Round(seconds / length);
        return Seconds.Number(name == "us" ? Math.Max(0.001, Math.Round(amount, 3)) : amount) + name;
    }

    private static double Round(double value) => double.Parse(
        value.ToString("G" + Digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static string? LawOf(QuantityFit? fit) => fit?.Choice is { } choice ? Law(choice.Chosen.Law) : null;

    private static IEnumerable<string> Comments(string what, QuantityFit fit)
    {
        yield return fit.Choice is null
            ? $"{what}: none seen; mean at least {HumanUnits.Duration(fit.Mean.Low!.Value)} (95 %)"
            : $"{what}: {FitText.MeanOf(fit)}";
        if (fit.Choice is { IsTie: true } choice)
        {
            yield return $"{what}, as good: " + string.Join(" or ", choice.Candidates
                .Where(c => c.Fit != choice.Chosen && c.Fit.Family != LogNormalMixture.Name && c.Fit.Aicc - choice.Chosen.Aicc < ModelChoice.Tie)
                .Select(c => Law(c.Fit.Law)));
        }
    }

    private static void AppendCommon(StringBuilder text, string name, ClassHistory history, BetaFactor beta, HashSet<string> taken)
    {
        double every = history.Window / beta.Common;
        var (low, high) = PoissonInterval.Garwood(beta.Common, 0.9);
        var (least, most) = beta.Interval(0.9);
        text.Append(Invariant(
            $"  # mean {HumanUnits.Duration(every)}, 90 % interval {HumanUnits.Duration(history.Window / high)} – {HumanUnits.Duration(history.Window / low)}; beta {HumanUnits.Percent(beta.Value)} ({HumanUnits.Percent(least)} – {HumanUnits.Percent(most)}) of {beta.Events} events\n"));
        string hits = beta.LeastHit == beta.MostHit ? Share(beta.MostHit, history.Units)
            : $"{Share(beta.LeastHit, history.Units)}..{Share(beta.MostHit, history.Units)}";
        text.Append(Invariant($"  {NameOf(name + "-together", taken)}: {{of: [{name}], every: exp({Time(every)}), hits: {hits}}}\n"));
    }

    private static string Share(int hit, int units) => Seconds.Number(Math.Round(100.0 * Math.Min(hit, units) / units, 2)) + "%";

    /// <summary>Lower case, digits and dashes, once each.</summary>
    private static string NameOf(string name, HashSet<string> taken)
    {
        string plain = new([.. name.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')]);
        plain = plain.Trim('-') is { Length: > 0 } trimmed ? trimmed : "class";
        string unique = plain;
        for (int i = 2; !taken.Add(unique); i++)
        {
            unique = Invariant($"{plain}-{i}");
        }
        return unique;
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
