namespace FailoverSim.Reporting.Figures.Drawing;

/// <summary>A judgement as a shape, so that no colour is needed to read it.</summary>
internal static class JudgementSign
{
    public static void Draw(SvgBuilder svg, Judgement judgement, double x, double y)
    {
        switch (judgement)
        {
            case Judgement.Better:
                svg.Circle(x, y, 6, "fill2");
                break;
            case Judgement.Worse:
                svg.Diamond(x, y, 7.5, "fill1");
                break;
            default:
                svg.Circle(x, y, 5, "hollow");
                break;
        }
    }

    public static string Word(Judgement judgement) => judgement switch
    {
        Judgement.Better => "better",
        Judgement.Worse => "worse",
        _ => "undecided",
    };

    /// <summary>Those that occur.</summary>
    public static IEnumerable<LegendEntry> Legend(SvgBuilder svg, IEnumerable<Judgement> seen) => seen.Distinct().Order()
        .Select(judgement => new LegendEntry(Word(judgement), 16, (x, y) => Draw(svg, judgement, x, y)));
}
