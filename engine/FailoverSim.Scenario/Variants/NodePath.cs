using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Scenario.Variants;

/// <summary>A dotted path as written, such as <c>units.pump.count</c>, with the place of each of its parts.</summary>
internal sealed class NodePath
{
    private readonly YamlScalar _source;
    private readonly int[] _starts;

    public NodePath(YamlScalar source)
    {
        _source = source;
        Parts = source.Text.Split('.');
        _starts = new int[Parts.Count];
        for (int i = 1; i < Parts.Count; i++)
        {
            _starts[i] = _starts[i - 1] + Parts[i - 1].Length + 1;
        }
    }

    public IReadOnlyList<string> Parts { get; }
    public string Text => _source.Text;
    public Mark Mark => _source.Mark;

    public Mark MarkOf(int part) => _source.At(_starts[part]);

    public string Before(int part) => string.Join('.', Parts.Take(part));
}
