namespace FailoverSim.Reporting.Report;

/// <summary>The worst that was seen.</summary>
internal static class StorySection
{
    public static ReportSection? Of(ReportContent content) => ReportSection.Of("worst", "The worst outage", content.Show("timeline"));
}
