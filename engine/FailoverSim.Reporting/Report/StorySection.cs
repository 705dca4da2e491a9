using FailoverSim.Analysis.Timeline;
using FailoverSim.Reporting.Results;
using FailoverSim.Reporting.Text;

namespace FailoverSim.Reporting.Report;

/// <summary>The longest outage that was seen, told and drawn.</summary>
internal static class StorySection
{
    /// <summary>A page, and no more.</summary>
    private const int MostLines = 24;

    public static ReportSection? Of(ReportContent content)
    {
        (OutageStory? story, string? fault) = content.Worst;
        if (fault is not null)
        {
            content.LeaveOut("timeline");
            return ReportSection.Of("worst", "The worst outage", Markup.Of("p", fault));
        }
        return ReportSection.Of("worst", story is null ? "One history" : "The worst outage",
            story is null ? Markup.Nothing : Told(content, story), content.Show("timeline"));
    }

    /// <summary>
    /// The story, which is simulated again: null where nothing was down, and why not for results of another version, which this one
    /// does not repeat to the nanosecond: then there is nothing to tell, nor to draw.
    /// </summary>
    public static (OutageStory? Story, string? Fault) WorstOf(StudyFindings findings)
    {
        try
        {
            return (WorstOutages.Of(findings.Spec, findings.Results.Base, 1, service: null, MostLines).FirstOrDefault(), null);
        }
        catch (InvalidDataException fault)
        {
            return (null, fault.Message);
        }
    }

    private static Markup Told(ReportContent content, OutageStory story)
    {
        string[] text = [.. StoryText.Of(story, content.Spec.Run.Start).Select(line => line.Trim())];
        IEnumerable<string> after = text.Skip(2 + story.Lines.Count);
        return Markup.All(
            Markup.Of("p", Markup.Of("strong", $"{text[0]}."), $" It is the longest of {HumanUnits.Plural(content.Base.Replications, "history", "histories")}: {text[1]}."),
            PageTable.Of("What happened, from the start of the outage on", ["when", "who", "what"], story.Lines.Select(line =>
                (IReadOnlyList<string>)[StoryText.Offset(line.Offset), line.Entity, Marked(line)]), sorts: false),
            PageTable.List(after));
    }

    /// <summary>Faults and the service itself stand out, also without colours.</summary>
    private static string Marked(StoryLine line) => line.Kind switch
    {
        StoryLineKind.Fault => $"⚡ {line.Text}",
        StoryLineKind.Down => $"▼ {line.Text}",
        StoryLineKind.Up => $"▲ {line.Text}",
        _ => line.Text,
    };
}
