namespace FailoverSim.Scenario.Values;

/// <summary>What a law is of: how its arguments are read and written, and which number they are to the law itself.</summary>
internal abstract class Measure
{
    /// <summary>Laws of durations, in nanoseconds; their laws count in seconds.</summary>
    public static readonly Measure Duration = new OfDuration();

    /// <summary>Laws of processor cores.</summary>
    public static readonly Measure Cpu = new OfCpu();

    /// <summary>Laws of bytes.</summary>
    public static readonly Measure Size = new OfSize();

    /// <summary>What a value must be that may not be zero.</summary>
    public virtual string AboveZero => "more than zero";

    /// <summary>A law of it, as an example; null where those of durations do.</summary>
    public virtual string? Usage => null;

    /// <summary>What the greater of two values is.</summary>
    public virtual string Greater => "more";

    /// <summary>One value; its parts may be set apart by blanks only where nothing else follows.</summary>
    public abstract decimal Read(TextCursor cursor, FieldContext field, bool blanks);

    /// <summary>The normal form.</summary>
    public abstract string Write(decimal value);

    /// <summary>What the law counts in.</summary>
    public abstract double ToLaw(decimal value);

    /// <summary>Rejects a constant beyond all bounds.</summary>
    public virtual void Check(TextCursor cursor, int start, decimal value)
    {
    }

    private sealed class OfDuration : Measure
    {
        public override string AboveZero => "longer than zero";
        public override string Greater => "longer";

        public override decimal Read(TextCursor cursor, FieldContext field, bool blanks) =>
            DurationText.ReadNanoseconds(cursor, field, blanks);

        public override string Write(decimal value) => DurationText.Write(value);
        public override double ToLaw(decimal value) => DurationText.Seconds(value);
        public override void Check(TextCursor cursor, int start, decimal value) => DurationText.CheckClock(cursor, start, value);
    }

    private sealed class OfCpu : Measure
    {
        public override string? Usage => "lognormal(median=7 p95=14)";

        public override decimal Read(TextCursor cursor, FieldContext field, bool blanks) => CpuKind.ReadCores(cursor, field);
        public override string Write(decimal value) => NumberText.Write(value);
        public override double ToLaw(decimal value) => (double)value;
    }

    private sealed class OfSize : Measure
    {
        public override string? Usage => "lognormal(median=2GiB p95=8GiB)";

        public override decimal Read(TextCursor cursor, FieldContext field, bool blanks) =>
            SizeKind.ReadBytes(cursor, field, SizeKind.Remedy);

        public override string Write(decimal value) => NumberText.Write(value) + "B";
        public override double ToLaw(decimal value) => (double)value;
    }
}
