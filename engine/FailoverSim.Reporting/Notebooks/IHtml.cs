namespace FailoverSim.Reporting.Notebooks;

/// <summary>What a notebook shows as part of a page.</summary>
public interface IHtml
{
    string ToHtml();
}
