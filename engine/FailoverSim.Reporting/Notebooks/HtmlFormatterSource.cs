namespace FailoverSim.Reporting.Notebooks;

/// <summary>Shows any <see cref="IHtml"/>; found by name, see <see cref="TypeFormatterSourceAttribute"/>.</summary>
public sealed class HtmlFormatterSource
{
    public IEnumerable<object> CreateTypeFormatters() => [new Formatter()];

    private sealed class Formatter
    {
        public string MimeType => "text/html";

        public bool Format(object instance, TextWriter writer)
        {
            writer.Write(((IHtml)instance).ToHtml());
            return true;
        }
    }
}
