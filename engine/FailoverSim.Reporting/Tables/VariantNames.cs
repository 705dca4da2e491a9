using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Results;
using FailoverSim.Reporting.MessagePack;

namespace FailoverSim.Reporting.Tables;

/// <summary>The names of one variant in <c>replications.msgpack</c>.</summary>
internal static class VariantNames
{
    /// <summary>Of the name of a service, as in the language.</summary>
    private const int MostCharacters = 200;

    /// <summary>In the order of <see cref="ViewKind"/>.</summary>
    private static readonly string[] KindNames = ["level", "mean", "quantile"];

    public static void Write(MessagePackWriter writer, ShardTable table)
    {
        writer.WriteMapHeader(9);
        writer.Write("name");
        writer.Write(table.Variant);
        writer.Write("horizonNanoseconds");
        writer.Write(table.HorizonNanoseconds);
        WriteStrings(writer, "services", table.Names.Services);
        WriteStrings(writer, "causes", table.Names.Causes);
        WriteStrings(writer, "stages", table.Names.Stages);
        WriteStrings(writer, "counters", table.Names.Counters);
        writer.Write("slos");
        writer.WriteArrayHeader(table.Names.Slos.Count);
        foreach (SloWindows slo in table.Names.Slos)
        {
            SloColumns.Write(writer, slo);
        }
        writer.Write("fleet");
        writer.WriteArrayHeader(table.Names.Fleet.Count);
        foreach (MemberName member in table.Names.Fleet)
        {
            writer.WriteMapHeader(3);
            writer.Write("name");
            writer.Write(member.Name);
            writer.Write("group");
            writer.Write(member.Group);
            writer.Write("requests");
            writer.Write(member.MeasuresRequests);
        }
        writer.Write("views");
        writer.WriteArrayHeader(table.Names.Views.Count);
        foreach (ServiceView view in table.Names.Views)
        {
            writer.WriteMapHeader(3);
            writer.Write("service");
            writer.Write(view.Service);
            writer.Write("kind");
            writer.Write(KindNames[(int)view.Kind]);
            writer.Write("members");
            writer.Write(view.Members);
        }
    }

    private static void WriteStrings(MessagePackWriter writer, string key, IReadOnlyList<string> values)
    {
        writer.Write(key);
        writer.WriteArrayHeader(values.Count);
        foreach (string value in values)
        {
            writer.Write(value);
        }
    }

    public static ShardTable Read(MessagePackReader reader)
    {
        string name = "";
        long horizon = 0;
        string[] services = [], causes = [], stages = [], counters = [];
        SloWindows[] slos = [];
        MemberName[] fleet = [];
        ServiceView[] views = [];
        int keys = reader.ReadMapHeader();
        for (int i = 0; i < keys; i++)
        {
            switch (reader.ReadString())
            {
                case "name":
                    name = reader.ReadString();
                    break;
                case "horizonNanoseconds":
                    horizon = reader.ReadInt64();
                    break;
                case "services":
                    services = ReplicationsFile.ReadArray(reader, r => r.ReadString());
                    break;
                case "causes":
                    causes = ReplicationsFile.ReadArray(reader, r => r.ReadString());
                    break;
                case "stages":
                    stages = ReplicationsFile.ReadArray(reader, r => r.ReadString());
                    break;
                case "counters":
                    counters = ReplicationsFile.ReadArray(reader, r => r.ReadString());
                    break;
                case "slos":
                    slos = ReplicationsFile.ReadArray(reader, SloColumns.Read);
                    break;
                case "fleet":
                    fleet = ReplicationsFile.ReadArray(reader, ReadMember);
                    break;
                case "views":
                    views = ReplicationsFile.ReadArray(reader, ReadView);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        if (views.Any(view => view.Service < 0 || view.Service >= services.Length || view.Members < 0))
        {
            throw reader.Fault("a view of no service");
        }
        if (slos.Any(slo => slo.Service < 0 || slo.Service >= services.Length))
        {
            throw reader.Fault("an SLO of no service");
        }
        if (Array.Exists(services, service => service.Length is 0 or > MostCharacters || !service.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')))
        {
            // They become names of files.
            throw reader.Fault("the name of a service that is none");
        }
        IEnumerable<string> texts = [name, .. causes, .. stages, .. counters, .. slos.Select(slo => slo.Name), .. fleet.SelectMany(member => (string[])[member.Name, member.Group])];
        if (texts.Any(text => text.Any(char.IsControl)))
        {
            throw reader.Fault("a name with control characters");
        }
        if (horizon <= 0 || services.Length == 0)
        {
            throw reader.Fault("a variant without services, or without a horizon");
        }
        var names = new ResultNames(services, causes, stages, slos, counters) { Fleet = fleet, Views = views };
        return new ShardTable(name, names, horizon, []);
    }

    private static MemberName ReadMember(MessagePackReader reader)
    {
        var member = new MemberName("", "", false);
        int keys = reader.ReadMapHeader();
        for (int i = 0; i < keys; i++)
        {
            switch (reader.ReadString())
            {
                case "name":
                    member = member with { Name = reader.ReadString() };
                    break;
                case "group":
                    member = member with { Group = reader.ReadString() };
                    break;
                case "requests":
                    member = member with { MeasuresRequests = reader.ReadBoolean() };
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        return member;
    }

    private static ServiceView ReadView(MessagePackReader reader)
    {
        var view = new ServiceView(-1, ViewKind.Level, 0);
        int keys = reader.ReadMapHeader();
        for (int i = 0; i < keys; i++)
        {
            switch (reader.ReadString())
            {
                case "service":
                    view = view with { Service = reader.ReadInt32() };
                    break;
                case "kind":
                    int kind = Array.IndexOf(KindNames, reader.ReadString());
                    view = kind < 0 ? throw reader.Fault("a view of an unknown kind") : view with { Kind = (ViewKind)kind };
                    break;
                case "members":
                    view = view with { Members = reader.ReadInt32() };
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        return view;
    }
}
