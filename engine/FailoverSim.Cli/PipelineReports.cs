using System.Text;
using System.Xml.Linq;
using FailoverSim.Reporting.Results;
using FailoverSim.Reporting.Tables;
using FailoverSim.Reporting.Text;

namespace FailoverSim.Cli;

/// <summary>One file for all scenarios of a run: what a pull request shows (<c>--markdown</c>), and what a pipeline reads (<c>--junit</c>).</summary>
internal sealed class PipelineReports(string? markdown, string? junit)
{
    private readonly StringBuilder _text = new();
    private readonly List<XElement> _suites = [];

    public void Add(RunReport report)
    {
        _text.Append(_text.Length > 0 ? "\n" : "").Append(markdown is null ? "" : MarkdownSummary.Of(report));
        if (junit is not null)
        {
            _suites.Add(JUnitFile.Suite(report));
        }
    }

    /// <summary>A scenario of which there is nothing to tell.</summary>
    public void AddNothing(string scenario, string why)
    {
        _text.Append(_text.Length > 0 ? "\n" : "").Append($"## {scenario}\n\n**No result:** {why}.\n");
        _suites.Add(JUnitFile.SuiteOfNothing(scenario, why));
    }

    public void Write()
    {
        if (markdown == "-")
        {
            Console.Out.Write(_text);
        }
        else if (markdown is not null)
        {
            AtomicFile.WriteText(markdown, text => text.Write(_text));
        }
        if (junit is not null)
        {
            JUnitFile.Write(junit, _suites);
        }
    }
}
