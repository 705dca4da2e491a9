using FailoverSim.Reporting.MessagePack;
using FsCheck.Xunit;
using Xunit;

namespace FailoverSim.Tests.Reporting;

/// <summary>Byte for byte against the specification (msgpack/msgpack, <c>spec.md</c>).</summary>
public class MessagePackTests
{
    [Theory]
    [InlineData(0, "00")]
    [InlineData(127, "7F")]
    [InlineData(128, "CC80")]
    [InlineData(255, "CCFF")]
    [InlineData(256, "CD0100")]
    [InlineData(65535, "CDFFFF")]
    [InlineData(65536, "CE00010000")]
    [InlineData(4294967295, "CEFFFFFFFF")]
    [InlineData(4294967296, "CF0000000100000000")]
    [InlineData(long.MaxValue, "CF7FFFFFFFFFFFFFFF")]
    [InlineData(-1, "FF")]
    [InlineData(-32, "E0")]
    [InlineData(-33, "D0DF")]
    [InlineData(-128, "D080")]
    [InlineData(-129, "D1FF7F")]
    [InlineData(-32768, "D18000")]
    [InlineData(-32769, "D2FFFF7FFF")]
    [InlineData(int.MinValue, "D280000000")]
    [InlineData(int.MinValue - 1L, "D3FFFFFFFF7FFFFFFF")]
    [InlineData(long.MinValue, "D38000000000000000")]
    public void Integers_take_the_shortest_form(long value, string hex)
    {
        Assert.Equal(hex, Written(w => w.Write(value)));
        Assert.Equal(value, Reader(hex).ReadInt64());
    }

    [Fact]
    public void Other_values_are_as_specified()
    {
        Assert.Equal("C0", Written(w => w.WriteNil()));
        Assert.Equal("C2C3", Written(w =>
        {
            w.Write(false);
            w.Write(true);
        }));
        Assert.Equal("CB3FF8000000000000", Written(w => w.Write(1.5)));
        Assert.Equal("CFFFFFFFFFFFFFFFFF", Written(w => w.Write(ulong.MaxValue)));
        Assert.Equal("A0", Written(w => w.Write("")));
        Assert.Equal("A3C2B561", Written(w => w.Write("µa")));
        Assert.Equal("C403010203", Written(w => w.Write([1, 2, 3])));
        // The example on msgpack.org: {"compact":true,"schema":0}
        Assert.Equal("82A7636F6D70616374C3A6736368656D6100", Written(w =>
        {
            w.WriteMapHeader(2);
            w.Write("compact");
            w.Write(true);
            w.Write("schema");
            w.Write(0);
        }));
    }

    [Theory]
    [InlineData(15, "9F", "8F")]
    [InlineData(16, "DC0010", "DE0010")]
    [InlineData(65535, "DCFFFF", "DEFFFF")]
    [InlineData(65536, "DD00010000", "DF00010000")]
    public void Collections_take_the_shortest_header(long count, string array, string map)
    {
        Assert.Equal(array, Written(w => w.WriteArrayHeader(count)));
        Assert.Equal(map, Written(w => w.WriteMapHeader(count)));
        // As many bytes follow as there are items: no count is believed that the file cannot hold.
        string items = new('0', 2 * (int)count);
        Assert.Equal(count, Reader(array + items).ReadArrayHeader());
        Assert.Equal(count, Reader(map + items).ReadMapHeader());
        Assert.Throws<InvalidDataException>(() => Reader(array + items[2..]).ReadArrayHeader());
        Assert.Throws<InvalidDataException>(() => Reader(map + items[2..]).ReadMapHeader());
    }

    [Fact]
    public void An_array_that_is_not_held_may_be_as_long_as_the_format_allows()
    {
        const string Longest = "DDFFFFFFFF";
        Assert.Equal(Longest, Written(w => w.WriteArrayHeader(uint.MaxValue)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Written(w => w.WriteArrayHeader(uint.MaxValue + 1L)));
        using SparseFile enough = new(Convert.FromHexString(Longest), 5L + uint.MaxValue), less = new(Convert.FromHexString(Longest), 4L + uint.MaxValue);
        Assert.Equal(uint.MaxValue, new MessagePackReader(enough).ReadLongArrayHeader());
        Assert.Throws<InvalidDataException>(() => new MessagePackReader(less).ReadLongArrayHeader());
        enough.Position = 0;
        Assert.Throws<InvalidDataException>(() => new MessagePackReader(enough).ReadArrayHeader());
    }

    [Theory]
    [InlineData(31, "BF")]
    [InlineData(32, "D920")]
    [InlineData(255, "D9FF")]
    [InlineData(256, "DA0100")]
    [InlineData(65536, "DB00010000")]
    public void Strings_take_the_shortest_header(int length, string header)
    {
        string text = new('x', length);
        string hex = Written(w => w.Write(text));
        Assert.StartsWith(header, hex, StringComparison.Ordinal);
        Assert.Equal(text, Reader(hex).ReadString());
    }

    [Theory]
    [InlineData(255, "C4FF")]
    [InlineData(256, "C50100")]
    [InlineData(65536, "C600010000")]
    public void Binaries_take_the_shortest_header(int length, string header)
    {
        var bytes = new byte[length];
        string hex = Written(w => w.Write(bytes));
        Assert.StartsWith(header, hex, StringComparison.Ordinal);
        Assert.Equal(bytes, Reader(hex).ReadBinary());
    }

    [Property]
    public void What_is_written_is_read_back(long whole, double number, string? text, bool flag)
    {
        string hex = Written(w =>
        {
            w.Write(whole);
            w.Write(number);
            w.Write(text ?? "");
            w.Write(flag);
        });
        var reader = Reader(hex);
        Assert.Equal(whole, reader.ReadInt64());
        Assert.Equal(number, reader.ReadDouble());
        Assert.Equal(new System.Text.UTF8Encoding().GetString(new System.Text.UTF8Encoding().GetBytes(text ?? "")), reader.ReadString());
        Assert.Equal(flag, reader.ReadBoolean());
    }

    [Theory]
    [InlineData("D00A", 10)] // longer forms than needed are valid
    [InlineData("CE0000000A", 10)]
    [InlineData("D3FFFFFFFFFFFFFFFE", -2)]
    public void Other_writers_may_be_less_terse(string hex, long value) => Assert.Equal(value, Reader(hex).ReadInt64());

    [Theory]
    [InlineData("C0")]
    [InlineData("CAFFC00000")]
    [InlineData("93C4010501A161")]
    [InlineData("82A161DC0000A162DF00000000")]
    [InlineData("D40501")] // fixext 1
    [InlineData("D8050000000000000000" + "0000000000000000")] // fixext 16
    [InlineData("C70305AABBCC")] // ext 8
    public void Unknown_values_of_any_kind_are_passed_over(string hex)
    {
        var reader = Reader(hex + "07");
        reader.Skip();
        Assert.Equal(7, reader.ReadInt64());
    }

    [Theory]
    [InlineData("")]
    [InlineData("A3C2")]
    [InlineData("C1")]
    [InlineData("DBFFFFFFFF61")]
    [InlineData("DDFFFFFFFF")]
    public void Damage_is_reported_with_its_place(string hex)
    {
        var fault = Assert.Throws<InvalidDataException>(() => Reader(hex).Skip());
        Assert.StartsWith("Byte ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nesting_beyond_64_levels_is_damage_not_a_stack_overflow()
    {
        static string Lists(int count) => string.Concat(Enumerable.Repeat("91", count));
        Reader(Lists(63) + "01").Skip();
        Assert.Contains("nested too deeply", Assert.Throws<InvalidDataException>(() => Reader(Lists(64) + "01").Skip()).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => Reader(Lists(100_000)).Skip());
    }

    /// <summary>Of texts as of lists: nothing is reserved for what cannot come.</summary>
    [Theory]
    [InlineData("DB00000003616263", "DB000000046162")]
    [InlineData("DD00000003010203", "DD7FFFFFFF0102")]
    public void No_text_or_list_is_longer_than_what_the_file_still_holds(string whole, string cut)
    {
        Reader(whole).Skip();
        Assert.Throws<InvalidDataException>(() => Reader(cut).Skip());
        Assert.Throws<InvalidDataException>(() => cut[..2] == "DD" ? (object)Reader(cut).ReadArrayHeader() : Reader(cut).ReadString());
    }

    [Fact]
    public void A_number_too_large_for_its_place_is_refused()
    {
        Assert.Throws<InvalidDataException>(() => Reader("CFFFFFFFFFFFFFFFFF").ReadInt64());
        Assert.Throws<InvalidDataException>(() => Reader("CE80000000").ReadInt32());
        Assert.Throws<InvalidDataException>(() => Reader("FF").ReadUInt64());
    }

    private static string Written(Action<MessagePackWriter> write)
    {
        using var stream = new MemoryStream();
        write(new MessagePackWriter(stream));
        return Convert.ToHexString(stream.ToArray());
    }

    private static MessagePackReader Reader(string hex) => new(new MemoryStream(Convert.FromHexString(hex)));

    /// <summary>Begins with some bytes and says that it is so long.</summary>
    private sealed class SparseFile(byte[] beginning, long length) : MemoryStream(beginning)
    {
        public override long Length => length;
    }
}
