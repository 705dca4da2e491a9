using FailoverSim.Reporting.MessagePack;

namespace FailoverSim.Reporting.Checkpoints;

/// <summary>Of which run the blocks are: they are used again only where all of it is the same.</summary>
/// <param name="Facts">Names and values, such as <c>seed</c> and <c>7</c>; what tells most comes first.</param>
public sealed record CheckpointHeader(IReadOnlyList<(string Name, string Value)> Facts)
{
    private const string Format = "failoversim-checkpoint 1";

    /// <summary>The first fact that is not the same, in words; null if all are.</summary>
    public string? DifferenceFrom(CheckpointHeader other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach ((string name, string value) in Facts)
        {
            string? theirs = other.Facts.FirstOrDefault(fact => fact.Name == name).Value;
            if (theirs != value)
            {
                return $"its {name} is {theirs ?? "not known"} and not {value}";
            }
        }
        return null;
    }

    public byte[] Write()
    {
        using MemoryStream content = new();
        MessagePackWriter writer = new(content);
        writer.WriteMapHeader(Facts.Count + 1);
        foreach ((string name, string value) in Facts.Prepend(("format", Format)))
        {
            writer.Write(name);
            writer.Write(value);
        }
        return content.ToArray();
    }

    /// <exception cref="InvalidDataException">It is no header, or of another version.</exception>
    public static CheckpointHeader Read(byte[] content)
    {
        MessagePackReader reader = new(new MemoryStream(content));
        List<(string Name, string Value)> facts = [];
        for (int left = reader.ReadMapHeader(); left > 0; left--)
        {
            facts.Add((reader.ReadString(), reader.ReadString()));
        }
        return facts.Count > 0 && facts[0] == ("format", Format)
            ? new CheckpointHeader([.. facts.Skip(1)])
            : throw new InvalidDataException($"It does not begin with '{Format}'.");
    }
}
