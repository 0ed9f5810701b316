using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Plumb.Profiles.Filtering;
using Plumb.Reports.Options;
using Plumb.Web.Live;
using Plumb.Web.Services;
using Plumb.Web.Tests.Services;
using static Microsoft.Playwright.Assertions;

namespace Plumb.Web.Tests.Browser;

/// <summary>The page with the charts of the last hour, in a real browser.</summary>
public sealed class LivePageTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UtcNow.AddMinutes(-10);

    [ChromiumFact]
    public async Task Figures_come_in_and_stand_still_when_they_are_told_to()
    {
        LiveSession session = Filled(600);
        await using PageVisit visit = await OpenAsync(session);
        ILocator goroutines = visit.Page.Locator("figure", new() { Has = visit.Page.GetByText("Goroutines", new() { Exact = true }) }).Locator(".readout");
        await Expect(visit.Page.Locator(".charts canvas")).ToHaveCountAsync(8);
        await Expect(goroutines).ToHaveTextAsync("699");

        session.Add(Sample(600));
        await Expect(goroutines).ToHaveTextAsync("700");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        session.Add(Sample(601));
        await Task.Delay(1500);
        await Expect(goroutines).ToHaveTextAsync("700");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await Expect(goroutines).ToHaveTextAsync("701");
    }

    [ChromiumFact]
    public async Task A_part_is_zoomed_into_by_dragging_and_Back_leads_out_of_it()
    {
        await using PageVisit visit = await OpenAsync(Filled(600));
        // Until all are there, each moves the others.
        await Expect(visit.Page.Locator(".charts canvas")).ToHaveCountAsync(8);
        ILocator plot = visit.Page.Locator(".u-over").Nth(1);
        LocatorBoundingBoxResult box = (await plot.BoundingBoxAsync())!;
        await visit.Page.Mouse.MoveAsync(box.X + (box.Width / 4), box.Y + 20);
        await visit.Page.Mouse.DownAsync();
        await visit.Page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + 30, new() { Steps = 4 });
        await visit.Page.Mouse.UpAsync();

        await Expect(visit.Page).ToHaveURLAsync(new Regex(@"\?t=\d+\.\d\d-\d+\.\d\d$"));
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Reset zoom" })).ToBeVisibleAsync();
        await visit.Page.GoBackAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Reset zoom" })).ToHaveCountAsync(0);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "15 min" }).ClickAsync();
        await Expect(visit.Page).ToHaveURLAsync(new Regex(@"\?w=900$"));
    }

    [ChromiumFact]
    public async Task A_profile_is_captured_and_opened_and_compared()
    {
        int captures = 0;
        LiveSession session = Filled(60, (kind, _) => Task.FromResult(new LiveCapture($"capture-{++captures}", $"{kind.Name} number {captures}")));
        await using PageVisit visit = await OpenAsync(session);
        IPage page = visit.Page;
        for (int i = 1; i <= 2; i++)
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Capture now" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Link, new() { Name = $"Open heap, live number {i}" })).ToBeVisibleAsync();
        }

        await Expect(page.Locator(".events li")).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Button, new() { Name = "Compare …" }).Last.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Compare with this" })).ToHaveAttributeAsync("href", "p/capture-1-2/");

        await page.GetByRole(AriaRole.Link, new() { Name = "Open heap, live number 2" }).ClickAsync();
        await Expect(page.Locator(".details")).ToContainTextAsync("100, 100% of 100");

        await page.GetByRole(AriaRole.Link, new() { Name = "Service" }).ClickAsync();
        await Expect(page.Locator(".events li")).ToHaveCountAsync(2);
    }

    [ChromiumFact]
    public async Task A_capture_that_cannot_be_had_says_what_to_do()
    {
        LiveSession session = Filled(60, (_, _) => throw new LiveCaptureException("status 404", "Choose another kind."));
        await using PageVisit visit = await OpenAsync(session, expectedError: "502");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Capture now" }).ClickAsync();

        await Expect(visit.Page.Locator(".livebar .capture")).ToContainTextAsync("status 404 Choose another kind.");
    }

    [ChromiumFact]
    public async Task What_a_service_does_not_tell_is_named_and_its_absence_too()
    {
        var session = new LiveSession("shop");
        await using PageVisit visit = await OpenAsync(session);
        await Expect(visit.Page.Locator(".live")).ToContainTextAsync("Nothing yet");
        session.Add(LiveSessionTests.Sample(0, goroutines: 12));
        await Expect(visit.Page.Locator(".live")).ToContainTextAsync("Not known of this service: memory, requests");
        session.Add(new LiveSample(DateTimeOffset.UtcNow, IsAnswered: false));
        session.Tell(new LiveEvent(DateTimeOffset.UtcNow, LiveEventKind.Lost, $"no answer: {TestServices.Markup}"));

        await Expect(visit.Page.GetByRole(AriaRole.Status).First).ToContainTextAsync("The service does not answer");
        await Expect(visit.Page.Locator(".events")).ToContainTextAsync(TestServices.Markup);
    }

    [ChromiumFact]
    public async Task It_is_usable_without_sight_in_light_and_in_dark_and_on_a_narrow_screen()
    {
        foreach ((bool dark, int width) in new[] { (false, 1280), (true, 380) })
        {
            await using PageVisit visit = await OpenAsync(Filled(600), width, dark: dark);
            await Expect(visit.Page.Locator(".charts canvas").First).ToBeVisibleAsync();
            Assert.Equal([], (await visit.BarriersAsync()).Select(barrier => $"{width}: {barrier}"));
        }
    }

    private static LiveSession Filled(int seconds, Func<CaptureKind, CancellationToken, Task<LiveCapture>>? capture = null)
    {
        var session = new LiveSession("shop:6060") { CaptureKinds = [new CaptureKind("heap", "heap, live", 0), new CaptureKind("cpu", "CPU", 5)], Capture = capture };
        for (int i = 0; i < seconds; i++)
            session.Add(Sample(i));

        return session;
    }

    private static LiveSample Sample(int second) => new(Start.AddSeconds(second), IsAnswered: true)
    {
        Figures = new Dictionary<LiveFigure, double>
        {
            [LiveFigure.HeapInUse] = 20e6 + (second % 20 * 1e6),
            [LiveFigure.NextCollection] = 40e6,
            [LiveFigure.Resident] = 70e6,
            [LiveFigure.Goroutines] = 100 + second,
            [LiveFigure.Requests] = 200,
            [LiveFigure.Cores] = 0.4,
            [LiveFigure.Collections] = second % 20 == 0 ? 1 : 0,
            [LiveFigure.Pause] = second % 20 == 0 ? 0.0002 : double.NaN,
            [LiveFigure.Descriptors] = 300,
            [LiveFigure.DescriptorLimit] = 1024,
            [LiveFigure.Threads] = 12,
        },
        Connections = new Dictionary<string, double> { ["ESTABLISHED"] = 30, ["CLOSE_WAIT"] = second },
    };

    private async Task<PageVisit> OpenAsync(LiveSession session, int width = 1280, bool dark = false, string? expectedError = null)
    {
        var site = new ServiceSite
        {
            Title = session.Title,
            Live = session,
            Profiles = name => name.StartsWith("capture-", StringComparison.Ordinal) ? new ProfileSession(ProfileSelection.All(TestProfiles.Shop), ReportOptions.Default) { Title = name } : null,
        };
        return await PageVisit.OpenAsync(chromium, await TestServices.ServeAsync(site), "", width, 1000, dark, expectedError);
    }
}
