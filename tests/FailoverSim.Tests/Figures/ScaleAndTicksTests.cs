using FailoverSim.Reporting.Figures.Drawing;
using Xunit;

namespace FailoverSim.Tests.Figures;

public sealed class ScaleAndTicksTests
{
    [Theory]
    [InlineData(0, 100, 5, "0|20|40|60|80|100")]
    [InlineData(0, 1, 4, "0.0|0.2|0.4|0.6|0.8|1.0")]
    [InlineData(-1, 1, 4, "-1.0|-0.5|0.0|0.5|1.0")]
    [InlineData(0.0011, 0.0019, 3, "0.0012|0.0014|0.0016|0.0018")]
    [InlineData(0, 1e6, 5, "0|200000|400000|600000|800000|1000000")]
    public void Linear_ticks_step_by_one_two_or_five(double low, double high, int atLeast, string labels) =>
        Assert.Equal(labels, Labels(Ticks.Linear(low, high, atLeast)));

    [Theory]
    [InlineData(1, 1000, "1|10|100|1000", 24)]
    [InlineData(0.5, 30, "0.5|1|2|5|10|20", 11)]
    public void Logarithmic_ticks_label_decades_and_draw_fine_lines_between(double low, double high, string labels,
        int minor)
    {
        IReadOnlyList<Tick> ticks = Ticks.Log(low, high, v =>
            v.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(labels, Labels([.. ticks.OrderBy(t => t.Value)]));
        Assert.Equal(minor, ticks.Count(t => t.Label is null));
    }

    [Theory]
    [InlineData(1e-3, 1e9, "1 ms|10 ms|100 ms|1 s|10 s|1 min|10 min|1 h|6 h|1 d|7 d|30 d|1 y|10 y")]
    [InlineData(30, 8000, "1 min|10 min|1 h")]
    [InlineData(20, 200, "30 s|1 min|2 min")]
    [InlineData(11, 14, "11 s|11.5 s|12 s|12.5 s|13 s|13.5 s|14 s")]
    [InlineData(1e-9, 1e-6, "1 ns|10 ns|100 ns|1 µs")]
    public void Duration_ticks_are_landmarks_of_human_time(double low, double high, string labels) =>
        Assert.Equal(labels, Labels(TimeTicks.Log(low, high)));

    [Theory]
    [InlineData(-1800, 7200, 4, "−30 min|0|+30 min|+1 h|+1 h 30 min|+2 h")]
    [InlineData(0, 315_360_000, 4, "+2 y|+4 y|+6 y|+8 y|+10 y")]
    [InlineData(0, 2_678_400, 4, "+7 d|+14 d|+21 d|+28 d")]
    [InlineData(0, 0.0021, 4, "+500 µs|+1 ms|+1.5 ms|+2 ms")]
    public void Linear_time_ticks_are_multiples_of_round_steps(double low, double high, int atLeast, string labels) =>
        Assert.Equal(low == 0 ? "0|" + labels : labels, Labels(TimeTicks.Linear(low, high, atLeast, "+")));

    [Theory]
    [InlineData(9e-6, 0.2, "90 %|99 %|99.9 %|99.99 %|99.999 %", "37 d|3.7 d|8.8 h|53 min|5.3 min")]
    [InlineData(0.5, 1, "0 %|10 %|20 %|30 %|40 %|50 %", "1 y|329 d|292 d|256 d|219 d|183 d")]
    [InlineData(1e-3, 6e-3, "99.5 %|99.8 %|99.9 %", "1.8 d|18 h|8.8 h")]
    [InlineData(9.05e-4, 9.25e-4, "99.9075 %|99.908 %|99.9085 %|99.909 %|99.9095 %", "8.1 h|8.1 h|8 h|8 h|7.9 h")]
    public void Nines_ticks_are_percentages_with_downtime_per_year(double best, double worst, string labels,
        string downtimes)
    {
        IReadOnlyList<Tick> ticks = NinesTicks.Nines(best, worst);
        Assert.Equal(labels, Labels(ticks));
        Assert.Equal(downtimes, string.Join("|", ticks.Where(t => t.Label is not null).Select(t => t.SubLabel)));
    }

    [Theory]
    [InlineData(1e-10, "99.99999999 %")]
    [InlineData(3.1e-7, "99.999969 %")]
    [InlineData(0.8, "20 %")]
    [InlineData(1, "0 %")]
    [InlineData(1e-15, "99.9999999999999 %")]
    public void Percentages_are_exact_where_one_minus_would_not_be(double unavailability, string percent) =>
        Assert.Equal(percent, NinesTicks.Percent(unavailability));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(315.36, "5.3 min")]
    [InlineData(59.97, "1 min")]
    [InlineData(31_536_000, "1 y")]
    [InlineData(3.1536e-3, "3.2 ms")]
    [InlineData(45, "45 s")]
    [InlineData(1e-30, "< 0.01 ns")]
    public void Durations_read_like_people_say_them(double seconds, string text) =>
        Assert.Equal(text, HumanTime.Rounded(seconds));

    [Fact]
    public void Instants_read_like_a_calendar() =>
        Assert.Equal("3 y 41 d 07:12:03.25",
            HumanTime.Instant((((3L * 365 + 41) * 24 + 7) * 3600 + 12 * 60 + 3) * 1_000_000_000 + 250_000_000));

    [Fact]
    public void Nines_scale_gives_each_nine_the_same_room_and_runs_towards_better()
    {
        Scale scale = Scale.Nines(0.1, 1e-10, 0, 900);
        Assert.Equal(100, scale.Map(1e-2), 9);
        Assert.Equal(800, scale.Map(1e-9), 9);
    }

    [Fact]
    public void Scales_keep_pixels_finite_for_values_without_a_place() =>
        Assert.Equal(-9000, Scale.Log(1, 10, 0, 900).Map(0));

    private static string Labels(IReadOnlyList<Tick> ticks) =>
        string.Join("|", ticks.Where(t => t.Label is not null).Select(t => t.Label));
}
