using Microsoft.Playwright;

namespace Plumb.Web.Tests.Browser;

/// <summary>A page that is looked at. Whatever happens there, no dialog may open, nothing may be refused by the policy, and no script may fail.</summary>
internal sealed class PageVisit : IAsyncDisposable
{
    private readonly WebServer _server;
    private readonly List<string> _incidents = [];

    private PageVisit(WebServer server, IPage page)
    {
        _server = server;
        Page = page;
        page.Dialog += (_, dialog) => _incidents.Add($"dialog: {dialog.Message}");
        page.PageError += (_, error) => _incidents.Add($"script: {error}");
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !IsExpected(message.Text))
                _incidents.Add($"console: {message.Text} {message.Location}");
        };
    }

    public IPage Page { get; }

    public Uri Address => _server.Address;

    /// <summary>What a browser says of an answer that is an error; the page says it as well, and that is what is tested.</summary>
    public string? ExpectedError { get; init; }

    public static async Task<PageVisit> OpenAsync(
        ChromiumFixture chromium, WebServer server, string path = "", int width = 1280, int height = 800, bool dark = false, string? expectedError = null, bool touch = false)
    {
        var visit = new PageVisit(server, await chromium.NewPageAsync(width, height, dark, touch)) { ExpectedError = expectedError };
        await visit.Page.GotoAsync(server.Address + path);
        return visit;
    }

    /// <summary>What axe-core finds wrong, and whether the page is wider than its window.</summary>
    public async Task<string[]> BarriersAsync()
    {
        await Page.EvaluateAsync(await File.ReadAllTextAsync(Path.Combine(PageFolder(), "node_modules", "axe-core", "axe.min.js")));
        string[] violations = await Page.EvaluateAsync<string[]>(
            "async () => (await axe.run()).violations.map(v => `${v.id}: ${v.nodes.map(n => n.target.join(' ')).join(', ')}`)");
        bool fits = await Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= window.innerWidth");
        return fits ? violations : [.. violations, "the page is wider than its window"];
    }

    public async ValueTask DisposeAsync()
    {
        await Page.Context.CloseAsync();
        await _server.DisposeAsync();
        Assert.Empty(_incidents);
    }

    private bool IsExpected(string text) => ExpectedError is not null && text.Contains(ExpectedError, StringComparison.Ordinal);

    private static string PageFolder()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Plumb.slnx")))
            folder = Path.GetDirectoryName(folder);

        return Path.Combine(folder!, "src", "app", "Plumb.Web", "page");
    }
}
