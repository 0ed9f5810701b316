using Microsoft.Playwright;

namespace Plumb.Web.Tests.Browser;

/// <summary>One Chromium, the machine's own, for all tests of the page. Each test has a context of its own.</summary>
public sealed class ChromiumFixture : IAsyncLifetime
{
    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    // How long a busy machine may take. What never happens fails by it; nothing waits for it to pass.
    private const int PatienceMilliseconds = 90_000;

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async Task InitializeAsync()
    {
        if (ChromiumFactAttribute.Executable is not { } executable)
            return;

        Assertions.SetDefaultExpectTimeout(PatienceMilliseconds);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = executable, Headless = true, Args = Flags });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.CloseAsync();

        _playwright?.Dispose();
    }

    public async Task<IPage> NewPageAsync(int width = 1280, int height = 800, bool dark = false, bool touch = false)
    {
        IBrowserContext context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
            AcceptDownloads = true,
            HasTouch = touch,
        });
        IPage page = await context.NewPageAsync();
        page.SetDefaultTimeout(PatienceMilliseconds);
        return page;
    }
}
