using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FailoverSim.Reporting.Figures;
using FailoverSim.Reporting.Figures.Drawing;
using FailoverSim.Reporting.Results;
using FailoverSim.Reporting.Text;

namespace FailoverSim.Reporting.Report;

/// <summary>
/// <c>report.html</c>: a study as one page that needs nothing beside itself, fit to be forwarded. Nothing of the machine or the moment is
/// in it, so equal runs give equal bytes.
/// </summary>
public static class ReportPage
{
    /// <param name="findings">What the study came to.</param>
    /// <param name="figures">All of its figures.</param>
    public static string Of(StudyFindings findings, IReadOnlyList<Figure> figures)
    {
        ArgumentNullException.ThrowIfNull(findings);
        ArgumentNullException.ThrowIfNull(figures);
        return Of(new ReportContent(findings, figures, StorySection.WorstOf(findings)));
    }

    internal static string Of(ReportContent content)
    {
        StudyFindings findings = content.Findings;
        List<ReportSection> sections = Sections(content);
        string title = findings.Spec.Title ?? findings.Spec.Name;
        return Whole(title, Markup.All(
            Markup.Of("a.skip", [("href", "#main")], "Skip to the answer"),
            Markup.Of("header",
                Markup.Of("h1", title),
                Markup.Of("p", $"{findings.Spec.Name}, simulated by FailoverSim: {HumanUnits.Plural(findings.Results.Replications, "history", "histories")} of {HumanUnits.Duration(findings.Spec.Run.Horizon.Seconds)}")),
            Contents(sections),
            Markup.Of("main", [("id", "main"), ("tabindex", "-1")], sections.Select(section => section.ToMarkup())),
            Markup.Of("footer", Markup.Of("p",
                $"FailoverSim {findings.Results.Origin.EngineVersion}, seed {findings.Results.Origin.Seed.ToString(CultureInfo.InvariantCulture)}. Intervals hold at {HumanUnits.Percent(Analysis.Estimates.Summary.DefaultLevel)} unless it is said otherwise."))));
    }

    /// <summary>A page in the looks of the report.</summary>
    internal static string Whole(string title, Markup body)
    {
        Markup page = Markup.Of("html", [("xmlns", "http://www.w3.org/1999/xhtml"), ("lang", "en")],
            Head(title), Markup.Of("body", body, Markup.Of("script", Markup.Own(Script))));
        return $"<!DOCTYPE html>\n{page}\n";
    }

    private static string Script { get; } = Embedded("report.js");

    private static List<ReportSection> Sections(ReportContent content)
    {
        List<ReportSection?> sections =
        [
            VerdictSection.Of(content), SloSection.Of(content), ComparisonSection.Of(content), TimeSection.Of(content), StorySection.Of(content),
            DistributionsSection.Of(content), SensitivitySection.Of(content), PrecisionSection.Of(content),
            ReportSection.Of("figures", "More figures", content.ShowOthers()),
            AssumptionsSection.Of(content), WarningsSection.Of(content),
        ];
        sections.Add(GlossarySection.Of(content, string.Concat(sections.Select(section => section?.Body.ToString()))));
        sections.Add(RepeatSection.Of(content));
        return [.. sections.OfType<ReportSection>()];
    }

    /// <summary>The page may load nothing and run nothing but its own script, whatever else should get into it.</summary>
    private static Markup Head(string title)
    {
        string hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Script)));
        return Markup.Of("head",
            Markup.Of("meta", [("charset", "utf-8")]),
            Markup.Of("meta", [("http-equiv", "Content-Security-Policy"), ("content", $"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{hash}'")]),
            Markup.Of("meta", [("name", "viewport"), ("content", "width=device-width, initial-scale=1")]),
            Markup.Of("meta", [("name", "color-scheme"), ("content", "light dark")]),
            Markup.Of("title", title),
            Markup.Of("style", Markup.Own(Theme.PageStyle), Markup.Own(Embedded("report.css"))));
    }

    private static Markup Contents(List<ReportSection> sections) => Markup.Of("nav", [("aria-label", "Contents")],
        Markup.Of("ol", sections.Select(section => Markup.Of("li", Markup.Of("a", [("href", $"#{section.Id}")], section.Title)))));

    /// <summary>A file of ours; it must be fit to stand within XML as it is.</summary>
    private static string Embedded(string name)
    {
        using Stream stream = typeof(ReportPage).Assembly.GetManifestResourceStream($"FailoverSim.Reporting.Report.{name}")!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
