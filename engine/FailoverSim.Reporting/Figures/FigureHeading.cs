namespace FailoverSim.Reporting.Figures;

/// <summary>What stands above a figure.</summary>
/// <param name="Id">Unique on the page that shows the figure: it scopes its style and prefixes its ids.</param>
/// <param name="Title">Says what is shown, best as a statement.</param>
/// <param name="Subtitle">What the reader needs to trust it: replications, horizon, method.</param>
public sealed record FigureHeading(string Id, string Title, string? Subtitle = null);
