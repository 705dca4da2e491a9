using System.Text.Json.Nodes;
using FailoverSim.Scenario.Catalogue;
using FailoverSim.Scenario.Diagnostics;

namespace FailoverSim.Scenario.Values;

/// <summary>A version of a product whose defaults apply; null where it is not known.</summary>
internal sealed record TimersText(Product? Product, string? Version);

/// <summary><c>kubernetes/v1.33</c>.</summary>
internal sealed class TimersKind : ValueKind<TimersText>
{
    public override string Noun => "a product and its version";
    public override string Example => "kubernetes/v1.33";
    public override DiagnosticCode Code => Codes.UnknownCatalogue;

    public override JsonObject Schema() => TextSchema(
        $"^({string.Join('|', Products.All.Select(product => product.Name))})/[a-z0-9.-]+$", Example, "etcd/v3.5");

    /// <summary>The product and version that a text names, each null if it is not known.</summary>
    public static TimersText Parse(string text)
    {
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        var product = Products.All.FirstOrDefault(known => known.Name == (slash < 0 ? text : text[..slash]));
        return new TimersText(product, slash < 0 ? null : product?.Find(text[(slash + 1)..]));
    }

    public override TimersText Read(TextCursor cursor, FieldContext field)
    {
        int start = cursor.Index;
        string written = cursor.Rest.TrimEnd();
        string name = written.Split('/')[0];
        var timers = Parse(written);
        if (timers.Product is not { } product)
        {
            throw cursor.Fault(Codes.UnknownCatalogue, $"there are no timers of '{Shown(name)}'",
                Suggestion.For(name, Products.All.Select(known => known.Name), ""));
        }
        cursor.Index = start + name.Length;
        if (timers.Version is null)
        {
            bool named = cursor.TryTake("/") && !cursor.AtEnd;
            throw cursor.Fault(Codes.UnknownCatalogue,
                named ? $"'{Shown(cursor.Rest)}' is not a known version of {name}" : $"'{name}' has no version",
                $"write one of {string.Join(", ", product.Versions.Select(version => $"{name}/{version}"))}");
        }
        cursor.Index = start + written.Length;
        return timers;
    }

    public override string Write(TimersText value) => $"{value.Product!.Name}/{value.Version}";
}
