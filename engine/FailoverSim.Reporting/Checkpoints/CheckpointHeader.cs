using FailoverSim.Reporting.MessagePack;
using FailoverSim.Reporting.Tables;

namespace FailoverSim.Reporting.Checkpoints;

/// <summary>The first record of a checkpoint: of which run its blocks are.</summary>
internal static class CheckpointHeader
{
    private const string Format = "failoversim-checkpoint 1";

    public static byte[] Write(RunIdentity run)
    {
        using MemoryStream content = new();
        MessagePackWriter writer = new(content);
        writer.WriteMapHeader(run.Facts.Count + 1);
        foreach ((string name, string value) in run.Facts.Prepend(("format", Format)))
        {
            writer.Write(name);
            writer.Write(value);
        }
        return content.ToArray();
    }

    /// <exception cref="InvalidDataException">It is no header, or of another version.</exception>
    public static RunIdentity Read(byte[] content)
    {
        MessagePackReader reader = new(new MemoryStream(content));
        List<(string Name, string Value)> facts = [];
        for (int left = reader.ReadMapHeader(); left > 0; left--)
        {
            facts.Add((reader.ReadString(), reader.ReadString()));
        }
        return facts.Count > 0 && facts[0] == ("format", Format)
            ? new RunIdentity([.. facts.Skip(1)])
            : throw new InvalidDataException($"It does not begin with '{Format}'.");
    }
}
