using FailoverSim.Reporting.Figures.Drawing;

namespace FailoverSim.Reporting.Figures;

/// <summary>One replication: all outages over the whole horizon, and below them a window with the states of every
/// service and unit.</summary>
internal sealed class TimelineFigure
{
    private const int MaxOverview = 12;
    private const int MaxRows = 30;
    private const double OverviewRow = 18;
    private const double WindowRow = 23;
    private const double BarHeight = 15;
    private const double MaxNameWidth = 250;
    private const double RightMargin = 34;
    private const double Nano = 1e-9;
    private const long SecondNs = 1_000_000_000;
    private const long HourNs = 3600 * SecondNs;
    private const string WholeRun = "whole run";

    private readonly TimelineData _data;
    private readonly SvgBuilder _svg;
    private readonly List<TimelineRow> _services;
    private readonly List<TimelineRow> _rows;
    private readonly IReadOnlyDictionary<string, StateLook> _looks;
    private readonly double _nameWidth;

    public TimelineFigure(TimelineData data)
    {
        _data = data;
        _svg = new SvgBuilder(data.Heading.Id);
        _services = [.. data.Rows.Where(r => r.Kind == TimelineKind.Service)];
        // Where rows must go, neither the services nor the units behind them take all the room.
        int services = Math.Max(MaxOverview, MaxRows - (data.Rows.Count - _services.Count));
        _rows = [.. _services.Take(services).Concat(data.Rows.Where(r => r.Kind == TimelineKind.Unit)).Take(MaxRows)];
        _looks = States.LooksOf(data.Rows.SelectMany(r => r.Spans).Select(s => s.State).Append(States.Up));
        _nameWidth = Math.Min(MaxNameWidth,
            _rows.Select(r => TextStyle.Label.WidthOf(r.Name)).Append(TextStyle.Note.WidthOf(WholeRun)).Max());
    }

    private double PlotLeft => Header.Margin + _nameWidth + 14;
    private static double PlotRight => Canvas.Width - RightMargin;

    public string Draw()
    {
        if (_rows.Count == 0 || _data.HorizonNs <= 0 || _data.WindowEndNs <= _data.WindowStartNs)
        {
            return Canvas.Empty(_data.Heading, "Nothing happened that a timeline could show.");
        }
        double y = Header.Draw(_svg, _data.Heading.Title, _data.Heading.Subtitle, Canvas.Width) + 44;
        if (_services.Count > 0)
        {
            y = DrawOverview(y) + 26;
        }
        y = DrawWindow(y);
        y = Legend.Draw(_svg, Header.Margin, y + 4, Canvas.Width - Header.Margin, [.. StatesInSight().Select(Swatch)]);
        return _svg.Build(Canvas.Width, y + 14, _data.Heading.Title, Description());
    }

    /// <returns>Where the panel ends and the window's panel may begin.</returns>
    private double DrawOverview(double top)
    {
        List<TimelineRow> shown = [.. _services.Take(MaxOverview)];
        Area plot = new(PlotLeft, top, PlotRight, top + shown.Count * OverviewRow);
        Scale scale = Scale.Linear(0, _data.HorizonNs * Nano, plot.Left, plot.Right);
        _svg.Text(Header.Margin + _nameWidth, top - 8, WholeRun, TextStyle.Note with { Anchor = Anchor.End });
        Axis.Above(_svg, plot, scale, TimeTicks.Linear(0, scale.To, 4), Canvas.Width);
        for (int i = 0; i < shown.Count; i++)
        {
            double y = top + (i + 0.5) * OverviewRow;
            DrawName(shown[i].Name, y);
            _svg.Rect(plot.Left, y - 6, plot.Width, 12, "track");
            IEnumerable<(long, long)> outages = Outages(shown[i]).Select(s => (s.StartNs, s.EndNs));
            foreach (DrawnSpan span in Spans.ToPixels(outages, scale))
            {
                _svg.Hover(Told(shown[i].Name, "down", span), () => _svg.Rect(span.Left, y - 6, span.Width, 12, "outage"));
            }
        }
        // The window opens out of a frame that stays visible however short it is.
        double from = Math.Min(scale.Within(_data.WindowStartNs * Nano) - 2, plot.Right - 4);
        double to = Math.Max(scale.Within(_data.WindowEndNs * Nano) + 2, from + 5);
        _svg.Rect(from, plot.Top - 3, to - from, plot.Height + 6, "frame");
        _svg.Line(from, plot.Bottom + 3, plot.Left, plot.Bottom + 26, "leader");
        _svg.Line(to, plot.Bottom + 3, plot.Right, plot.Bottom + 26, "leader");
        return plot.Bottom;
    }

    private double DrawWindow(double top)
    {
        long origin = _data.OriginNs is { } given && InWindow(given, given) ? given : _data.WindowStartNs;
        Area plot = new(PlotLeft, top, PlotRight, top + _rows.Count * WindowRow);
        Scale scale = Scale.Linear(_data.WindowStartNs * Nano, _data.WindowEndNs * Nano, plot.Left, plot.Right);
        Scale relative = Scale.Linear((_data.WindowStartNs - origin) * Nano, (_data.WindowEndNs - origin) * Nano,
            plot.Left, plot.Right);
        // Where the run is long, parts of a second of an instant say nothing.
        long told = origin > HourNs ? origin - (origin % SecondNs) : origin;
        string zero = origin == 0 ? "its start" : $"{HumanTime.Instant(told)} after its start";
        string title = $"{HumanTime.Rounded(scale.To - scale.From)} of the run; 0 is {zero}";
        Axis.Horizontal(_svg, plot, relative, TimeTicks.Linear(relative.From, relative.To, 4, "+"), title,
            Canvas.Width);
        for (int i = 0; i < _rows.Count; i++)
        {
            double y = top + (i + 0.5) * WindowRow;
            DrawName(_rows[i].Name, y);
            DrawStates(_rows[i], y - BarHeight / 2, plot, scale);
            if (i > 0 && _rows[i].Kind != _rows[i - 1].Kind)
            {
                _svg.Line(Header.Margin, top + i * WindowRow, plot.Right, top + i * WindowRow, "axis");
            }
        }
        return Note(plot.Bottom + Axis.Room);
    }

    private void DrawStates(TimelineRow row, double y, Area plot, Scale scale)
    {
        StateLook calm = _looks[States.Up];
        _svg.Rect(plot.Left, y, plot.Width, BarHeight, calm.Class);
        var bars = row.Spans
            .Where(s => InWindow(s.StartNs, s.EndNs) && _looks[s.State] != calm)
            .GroupBy(s => _looks[s.State])
            .SelectMany(g => Spans
                .ToPixels(g.Select(s => (s.StartNs, s.EndNs)), scale)
                .Select(p => (Look: g.Key, g.First().State, Span: p)));
        // Widest first: a short state widened to one pixel lies on its neighbours, not under them.
        foreach ((StateLook look, string state, DrawnSpan span) in bars.OrderByDescending(b => b.Span.Width)
            .ThenBy(b => b.Span.Left))
        {
            _svg.Hover(Told(row.Name, state, span), () => DrawState(look, span.Left, y, span.Width, BarHeight));
        }
        _svg.Rect(plot.Left, y, plot.Width, BarHeight, "box");
    }

    private void DrawState(StateLook look, double x, double y, double width, double height)
    {
        _svg.Rect(x, y, width, height, look.Class);
        if (look.Texture is not null && width >= 3)
        {
            _svg.Textured(x, y, width, height, look.Texture);
        }
    }

    /// <summary>What is down how long, and since when.</summary>
    private static string Told(string name, string state, DrawnSpan span)
    {
        string times = span.Count == 1 ? "" : $"{Canvas.Count(span.Count)} times within ";
        return $"{name}: {state} {times}{HumanTime.Precise((span.EndNs - span.StartNs) * Nano)}, from {HumanTime.Instant(span.StartNs)}";
    }

    private void DrawName(string name, double y) =>
        _svg.Text(Header.Margin + _nameWidth, y + 4, TextWidth.Shorten(name, TextStyle.Label.Size, _nameWidth),
            TextStyle.Label with { Anchor = Anchor.End }, name);

    private double Note(double y)
    {
        List<string> hidden = [];
        if (_services.Count > MaxOverview)
        {
            hidden.Add($"{_services.Count - MaxOverview} more services not shown above.");
        }
        if (_data.Rows.Count > _rows.Count)
        {
            hidden.Add($"{_data.Rows.Count - _rows.Count} more rows not shown.");
        }
        return Header.Paragraph(_svg, string.Join(" ", hidden), Header.Margin, y, Canvas.Width - 2 * Header.Margin,
            TextStyle.Note, lines: 1);
    }

    private LegendEntry Swatch(StateLook look) => new(look.Name, 24, (x, y) =>
    {
        DrawState(look, x - 12, y - 6, 24, 12);
        _svg.Rect(x - 12, y - 6, 24, 12, "box");
    });

    private IReadOnlyList<StateLook> StatesInSight() => States.Legend(_rows
        .SelectMany(r => r.Spans.Where(s => InWindow(s.StartNs, s.EndNs)).Select(s => s.State)).Append(States.Up)
        .Select(s => _looks[s]));

    private bool InWindow(long start, long end) => end >= _data.WindowStartNs && start <= _data.WindowEndNs;

    private IEnumerable<(long StartNs, long EndNs, string State)> Outages(TimelineRow row) =>
        row.Spans.Where(s => _looks[s.State] != _looks[States.Up]);

    private string Description() =>
        $"Run of {HumanTime.Rounded(_data.HorizonNs * Nano)}; window from {HumanTime.Instant(_data.WindowStartNs)}"
        + $" to {HumanTime.Instant(_data.WindowEndNs)}. " + string.Join(" ", _services.Select(Summary));

    private string Summary(TimelineRow service)
    {
        double down = Outages(service).Sum(o => (o.EndNs - o.StartNs) * Nano);
        return $"{service.Name}: {Canvas.Count(Outages(service).Count())} outages, {HumanTime.Rounded(down)} down.";
    }
}
