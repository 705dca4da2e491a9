using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using FailoverSim.Tests.Cli;
using Microsoft.Playwright;
using Xunit;

namespace FailoverSim.Tests.Report;

/// <summary>The page as a reader has it.</summary>
public sealed class ReportInBrowserTests(ReportBrowser chromium) : IClassFixture<ReportBrowser>, IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [InlineData(true, 1280)]
    [InlineData(true, 390)]
    [InlineData(false, 1280)]
    [InlineData(false, 390)]
    public async Task Everything_fits_and_nothing_is_asked_for(bool cluster, int width)
    {
        await using IBrowserContext context = await chromium.Browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 900 } });
        IPage page = await context.NewPageAsync();
        List<string> told = [], asked = [];
        page.Console += (_, message) => told.Add(message.Text);
        page.PageError += (_, error) => told.Add(error);
        page.Request += (_, request) => asked.Add(request.Url);
        string url = await OpenAsync(page, cluster);
        Assert.Equal([url], asked);
        Assert.Empty(told);
        Assert.Equal(width, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        IReadOnlyList<ILocator> figures = await page.Locator("figure").AllAsync();
        Assert.NotEmpty(figures);
        foreach (ILocator figure in figures)
        {
            LocatorBoundingBoxResult box = (await figure.BoundingBoxAsync())!;
            Assert.InRange(box.X, 0, width);
            Assert.InRange(box.X + box.Width, 200, width);
            LocatorBoundingBoxResult drawing = (await figure.Locator("svg").BoundingBoxAsync())!;
            Assert.True(drawing is { Width: > 300, Height: > 50 });
        }
    }

    [SkippableFact]
    public async Task Tables_are_sorted_from_the_keyboard()
    {
        IPage page = await chromium.Browser.NewPageAsync();
        await OpenAsync(page, cluster: true);
        ILocator table = page.Locator("table", new() { HasText = "Roots" }).Or(page.Locator("table", new() { HasText = "How often a year mechanisms acted" })).First;
        string[] before = await ColumnAsync(table, 2);
        ILocator head = table.Locator("thead th").Nth(2);
        await head.Locator("button").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        Assert.Equal("ascending", await head.GetAttributeAsync("aria-sort"));
        double[] up = [.. (await ColumnAsync(table, 2)).Select(text => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture))];
        Assert.Equal(up.Order(), up);
        Assert.True(up[0] < up[^1]);
        await page.Keyboard.PressAsync("Space");
        Assert.Equal("descending", await head.GetAttributeAsync("aria-sort"));
        Assert.Equal(before.Order(), (await ColumnAsync(table, 2)).Order());
        await page.CloseAsync();
    }

    [SkippableFact]
    public async Task Times_of_all_units_are_sorted_by_their_length()
    {
        IPage page = await chromium.Browser.NewPageAsync();
        await page.SetContentAsync(Pages.OfCluster);
        string[] numbers = ["−3 s", "7.2e-5 s", "< 0.01 s", "300 ms", "1 200 s", "44 min", "1.2 h (1 – 2)", "2.9 d"];
        string[] up = await SortedAsync(1);
        string[] down = await SortedAsync(-1);
        Assert.Equal([.. numbers, "none"], up);
        Assert.Equal([.. Enumerable.Reverse(numbers), "none"], down);
        await page.CloseAsync();

        Task<string[]> SortedAsync(int sign) => page.EvaluateAsync<string[]>(
            "sign => ['1.2 h (1 – 2)', '44 min', 'none', '< 0.01 s', '−3 s', '1 200 s', '2.9 d', '7.2e-5 s', '300 ms'].sort((a, b) => order(a, b, sign))", sign);
    }

    [SkippableTheory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Nobody_is_shut_out(ColorScheme scheme)
    {
        await using IBrowserContext context = await chromium.Browser.NewContextAsync(new() { ColorScheme = scheme, BypassCSP = true });
        IPage page = await context.NewPageAsync();
        await OpenAsync(page, cluster: false);
        await page.EvaluateAsync("() => document.querySelectorAll('details').forEach(details => details.open = true)");
        AxeResult result = await page.RunAxe();
        Assert.NotEmpty(result.Passes);
        Assert.Empty(result.Violations.Where(violation => violation.Impact is "serious" or "critical")
            .Select(violation => $"{violation.Id}: {violation.Help}: {string.Join(" | ", violation.Nodes.Take(3).Select(node => node.Html))}"));
    }

    [SkippableFact]
    public async Task Reader_chooses_the_colours()
    {
        IPage page = await chromium.Browser.NewPageAsync(new() { ColorScheme = ColorScheme.Light });
        await OpenAsync(page, cluster: false);
        string auto = await ColoursAsync(page);
        await page.Locator("#theme").SelectOptionAsync("dark");
        string dark = await ColoursAsync(page);
        Assert.NotEqual(auto, dark);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        Assert.Equal(dark, await ColoursAsync(page));
        await page.Locator("#theme").SelectOptionAsync("light");
        Assert.Equal(auto, await ColoursAsync(page));
        await page.Locator("#theme").SelectOptionAsync("auto");
        Assert.Equal(dark, await ColoursAsync(page));
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark, Media = Media.Print });
        Assert.Equal(auto, await ColoursAsync(page));
        await page.CloseAsync();
    }

    [SkippableFact]
    public async Task Page_is_read_without_scripts_and_printed()
    {
        await using IBrowserContext context = await chromium.Browser.NewContextAsync(new() { JavaScriptEnabled = false });
        IPage page = await context.NewPageAsync();
        await OpenAsync(page, cluster: false);
        Assert.Equal(0, await page.Locator("button, select").CountAsync());
        string verdict = await page.Locator(".lead").First.InnerTextAsync();
        Assert.True(await page.Locator(".lead").First.IsVisibleAsync());
        string pdf = _folder.File("report.pdf");
        await page.PdfAsync(new() { Path = pdf });
        string info = Tool("pdfinfo", pdf);
        Assert.True(int.Parse(info.Split('\n').Single(line => line.StartsWith("Pages:", StringComparison.Ordinal))[6..], System.Globalization.CultureInfo.InvariantCulture) > 1);
        Assert.Contains(Words(verdict), Words(Tool("pdftotext", pdf, "-")), StringComparison.Ordinal);
    }

    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Tool(string name, params string[] arguments)
    {
        Skip.IfNot(File.Exists($"/usr/bin/{name}"), $"{name} is not installed");
        using System.Diagnostics.Process process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(name, arguments) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }

    private async Task<string> OpenAsync(IPage page, bool cluster)
    {
        string url = new Uri(_folder.Write("report.html", cluster ? Pages.OfCluster : Pages.OfPlant)).AbsoluteUri;
        await page.GotoAsync(url);
        return url;
    }

    private static async Task<string[]> ColumnAsync(ILocator table, int column) =>
        [.. await table.Locator($"tbody tr > :nth-child({column + 1})").AllInnerTextsAsync()];

    /// <summary>Of the page and of a drawing on it.</summary>
    private static Task<string> ColoursAsync(IPage page) => page.EvaluateAsync<string>(
        "() => [getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color, "
        + "getComputedStyle(document.querySelector('figure svg .paper')).fill, getComputedStyle(document.querySelector('figure svg .ink')).fill].join()");
}
