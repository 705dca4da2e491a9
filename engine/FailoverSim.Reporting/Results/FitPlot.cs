using FailoverSim.Analysis.Fitting;
using FailoverSim.Reporting.Figures;
using FailoverSim.Reporting.Text;

namespace FailoverSim.Reporting.Results;

/// <summary>The figure of a fit: per class and quantity the survival curve that was seen and the laws fitted to it.</summary>
public static class FitPlot
{
    /// <summary>Steps of a curve that an eye can tell apart.</summary>
    private const int MostSteps = 500;

    public static Figure Of(IReadOnlyList<ClassFit> fits, IFigureRenderer renderer)
    {
        ArgumentNullException.ThrowIfNull(fits);
        FigureHeading heading = new("fit", "What was seen, and the laws fitted to it",
            "Only times of known age; the first law of each panel is the one chosen.");
        return Figure.Of(new SurvivalData(heading, [.. fits.SelectMany(fit => new[]
        {
            Panel($"{fit.History.Name}: time to failure", fit.Lives), Panel($"{fit.History.Name}: repair", fit.Repairs),
        }).OfType<SurvivalPanel>()]), renderer);
    }

    private static SurvivalPanel? Panel(string title, QuantityFit? fit)
    {
        if (fit?.Choice is not { } choice)
        {
            return null;
        }
        IReadOnlyList<SurvivalStep> steps = fit.Curve?.Steps ?? [];
        int stride = (steps.Count + MostSteps - 1) / MostSteps;
        string p = fit.Goodness?.PValue is { } value ? FormattableString.Invariant($" · p = {value:0.###}") : "";
        return new SurvivalPanel(
            title,
            FormattableString.Invariant($"n = {fit.Goodness?.N ?? 0} · mean {HumanUnits.Duration(choice.Chosen.Law.Mean)}{p}"),
            [.. steps.Where((_, i) => i % Math.Max(1, stride) == 0 || i == steps.Count - 1).Select(step =>
            {
                var (low, high) = KaplanMeier.Band(step, 0.9);
                return (step.Time, step.Survival, low, high);
            })],
            fit.Curve?.Last ?? 0,
            [.. choice.Candidates.Select(c => c.Fit).OrderByDescending(f => f == choice.Chosen)
                .Select(f => (f.Family, (Func<double, double>)(t => Math.Exp(-f.Law.CumulativeHazard(t)))))]);
    }
}
