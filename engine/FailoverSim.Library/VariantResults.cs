using FailoverSim.Analysis.Tables;
using FailoverSim.Reporting.Results;

namespace FailoverSim.Library;

/// <summary>What one variant came to.</summary>
public sealed class VariantResults
{
    internal VariantResults(StudyFindings findings, ResultTable table)
    {
        Table = table;
        Services = new NamedList<ServiceResults>(
            "service", [.. table.Names.Services.Select((_, index) => new ServiceResults(findings, table, index))], service => service.Name);
    }

    public string Name => Table.Variant;

    public NamedList<ServiceResults> Services { get; }

    public ServiceResults this[string service] => Services[service];

    /// <summary>Its rows and sums.</summary>
    public ResultTable Table { get; }

    public override string ToString() => Name;
}
