namespace FailoverSim.Analysis.Estimates;

/// <summary>One figure of one service of one variant, or of none of its services (<c>""</c>): a row of <c>summary.csv</c>.</summary>
public sealed record SummaryRow(string Scenario, string Variant, string Service, string Metric, Estimate Estimate);
