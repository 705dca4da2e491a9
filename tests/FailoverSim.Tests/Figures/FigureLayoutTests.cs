using System.Xml.Linq;
using FailoverSim.Reporting.Figures;
using FsCheck;
using FsCheck.Xunit;
using Xunit;

namespace FailoverSim.Tests.Figures;

public sealed class FigureLayoutTests
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz-.WM019 äλ字";

    private static readonly SvgFigureRenderer Renderer = new();

    [Fact]
    public void No_two_texts_of_any_sample_overlap_or_leave_the_canvas()
    {
        foreach ((string name, string svg) in FigureSamples.All())
        {
            AssertLegible(name, svg);
        }
    }

    [Property(MaxTest = 60)]
    public void Availability_stays_legible_whatever_the_numbers(PositiveInt seed)
    {
        Random random = new(seed.Get);
        AvailabilityRow[] rows = Some(random, name => random.Next(4) == 0
            ? new AvailabilityRow(name, null, 0, Power(random, -15, 0), Maybe(random, -12, 0))
            : Interval(name, Power(random, -12, 0), random));
        AssertLegible($"seed {seed.Get}", Renderer.Availability(new(Heading(random), rows)));
    }

    [Property(MaxTest = 30)]
    public void Durations_stay_legible_whatever_the_numbers(PositiveInt seed)
    {
        Random random = new(seed.Get);
        DurationSample[] samples = Some(random, name => new DurationSample(name, Sorted(random, -9, 9)));
        AssertLegible($"seed {seed.Get}", Renderer.OutageDurations(new(Heading(random), samples, Power(random, 0, 9))));
    }

    [Property(MaxTest = 30)]
    public void Yearly_downtime_stays_legible_whatever_the_numbers(PositiveInt seed)
    {
        Random random = new(seed.Get);
        YearlyDowntime[] services = Some(random, name =>
            new YearlyDowntime(name, Sorted(random, -9, 7.4), Maybe(random, -6, 7)));
        AssertLegible($"seed {seed.Get}", Renderer.YearlyDowntime(new(Heading(random), services)));
    }

    [Property(MaxTest = 30)]
    public void Pareto_stays_legible_whatever_the_numbers(PositiveInt seed)
    {
        Random random = new(seed.Get);
        (string, double Minutes)[] causes = Some(random, name => (name, Power(random, -11, 5.7)));
        AssertLegible($"seed {seed.Get}", Renderer.Pareto(new(Heading(random), [.. causes.OrderByDescending(c => c.Minutes)])));
    }

    [Property(MaxTest = 30)]
    public void Waterfall_stays_legible_whatever_the_numbers(PositiveInt seed)
    {
        Random random = new(seed.Get);
        WaterfallPanel[] panels = [.. Enumerable.Range(0, 2).Select(_ => random.Next(4) == 0
            ? new WaterfallPanel(Name(random), 0, 0, [])
            : new WaterfallPanel(
                Name(random), 1 + (long)Power(random, 0, 12), Power(random, -9, 6), Some(random, name => (name, Power(random, -9, 9)))))];
        AssertLegible($"seed {seed.Get}", Renderer.Waterfall(new(Heading(random), panels, Power(random, 0, 6))));
    }

    [Property(MaxTest = 30)]
    public void Workloads_stay_legible_whatever_the_numbers(PositiveInt seed)
    {
        Random random = new(seed.Get);
        WorkloadGroup[] groups = Some(random, name => new WorkloadGroup(
            name, [.. Enumerable.Range(0, random.Next(60)).Select(_ => random.Next(4) == 0 ? 0 : Power(random, -9, 7.4)).Order()]));
        AssertLegible($"seed {seed.Get}", Renderer.Workloads(new(Heading(random), groups, Power(random, 0, 6))));
    }

    [Property(MaxTest = 30)]
    public void Timeline_stays_legible_whatever_the_numbers(PositiveInt seed)
    {
        Random random = new(seed.Get);
        long horizon = (long)Power(random, 0, 18.9);
        long start = random.NextInt64(horizon);
        long end = random.NextInt64(start, horizon) + 1;
        TimelineRow[] rows = Some(random, name => new TimelineRow(
            name,
            random.Next(3) == 0 ? TimelineKind.Service : TimelineKind.Unit,
            [.. Enumerable.Range(0, random.Next(6)).Select(_ => random.NextInt64(horizon)).Order()
                .Select(t => (t, Math.Min(horizon, t + 1 + horizon / 50), Name(random)))]));
        long? origin = random.Next(2) == 0 ? null : random.NextInt64(horizon);
        AssertLegible($"seed {seed.Get}", Renderer.Timeline(new(Heading(random), horizon, start, end, rows, origin)));
    }

    private static void AssertLegible(string figure, string svg)
    {
        XDocument document = XDocument.Parse(svg);
        (double width, double height) = (TextBox.Number(document.Root!, "width"),
            TextBox.Number(document.Root!, "height"));
        IReadOnlyList<TextBox> boxes = TextBox.In(document);
        foreach (TextBox box in boxes)
        {
            Assert.True(box.Left >= 0 && box.Right <= width && box.Top >= 0 && box.Bottom <= height,
                $"{figure}: {box} leaves the canvas");
        }
        for (int i = 0; i < boxes.Count; i++)
        {
            TextBox? other = boxes.Skip(i + 1).FirstOrDefault(boxes[i].Overlaps);
            Assert.True(other is null, $"{figure}: {boxes[i]} overlaps {other}");
        }
    }

    private static FigureHeading Heading(Random random) =>
        new("any", string.Join(" ", Enumerable.Range(0, random.Next(1, 12)).Select(_ => Name(random))),
            random.Next(2) == 0 ? null : Name(random));

    private static T[] Some<T>(Random random, Func<string, T> row) =>
        [.. Enumerable.Range(0, random.Next(1, 41)).Select(_ => row(Name(random)))];

    private static string Name(Random random) =>
        new([.. Enumerable.Range(0, random.Next(1, 41)).Select(_ => Letters[random.Next(Letters.Length)])]);

    private static double Power(Random random, double low, double high) =>
        Math.Pow(10, low + (high - low) * random.NextDouble());

    private static double? Maybe(Random random, double low, double high) =>
        random.Next(2) == 0 ? null : Power(random, low, high);

    private static AvailabilityRow Interval(string name, double u, Random random) =>
        new(name, u, random.Next(5) == 0 ? 0 : u / Power(random, 0, 2), Math.Min(1, u * Power(random, 0, 2)),
            Maybe(random, -12, 0));

    private static List<(double, long)> Sorted(Random random, double low, double high) =>
        [.. Enumerable.Range(0, random.Next(3) == 0 ? random.Next(3) : random.Next(300))
            .Select(_ => random.Next(9) == 0 ? 0 : Power(random, low, high)).Order()
                .Select(s => (s, 1 + (long)Power(random, 0, 6)))];
}
