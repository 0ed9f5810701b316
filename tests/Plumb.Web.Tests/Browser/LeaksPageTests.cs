using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Plumb.Web.Leaks;
using Plumb.Web.Tests.Services;
using static Microsoft.Playwright.Assertions;

namespace Plumb.Web.Tests.Browser;

/// <summary>The page that says what leaks, in a real browser.</summary>
public sealed class LeaksPageTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    [ChromiumFact]
    public async Task A_verdict_leads_from_the_line_to_the_profiles_that_show_it()
    {
        await using PageVisit visit = await OpenAsync(TestServices.Done(TestServices.Leak));
        IPage page = visit.Page;
        await Expect(page.Locator(".verdict")).ToContainTextAsync("LEAK");
        await Expect(page.Locator(".excerpt .here")).ToContainTextAsync("46client = redis.NewClient(&options)");
        await Expect(page.Locator(".suspect .where")).ToContainTextAsync("shop/users.go:46");
        await Expect(page.Locator(".suspect canvas")).ToHaveCountAsync(2);
        await Expect(page.Locator(".forecast")).ToContainTextAsync("descriptor limit: 20,000");
        await Expect(page.Locator(".stack .here").First).ToContainTextAsync("main.(*userStore).loadUser");

        await page.GetByRole(AriaRole.Link, new() { Name = "Flame graph at the end" }).ClickAsync();
        await Expect(page.Locator(".chip")).ToContainTextAsync(@"Focus: ^example\.org/shop/store\.Save$");
        await Expect(page.Locator(".details")).ToContainTextAsync("42, 42.00% of 100");
        await page.GoBackAsync();
        await Expect(page.Locator(".verdict")).ToContainTextAsync("LEAK");
    }

    [ChromiumFact]
    public async Task Suspects_are_ranked_and_each_has_its_own_address()
    {
        await using PageVisit visit = await OpenAsync(TestServices.Done(TestServices.Leak));
        ILocator suspects = visit.Page.GetByRole(AriaRole.Navigation, new() { NameRegex = new Regex("Suspects") }).GetByRole(AriaRole.Link);
        await Expect(suspects).ToHaveCountAsync(2);
        await suspects.Nth(1).FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");

        await Expect(visit.Page).ToHaveURLAsync(new Regex(@"\?s=2$"));
        await Expect(visit.Page.Locator(".suspect h2")).ToContainTextAsync("A map grows");
        await visit.Page.GoBackAsync();
        await Expect(visit.Page.Locator(".suspect h2")).ToContainTextAsync("A client is made for each request");
    }

    [ChromiumFact]
    public async Task While_a_service_is_watched_the_page_follows_and_may_end_it()
    {
        var stopped = new TaskCompletionSource();
        var session = new LeaksSession("shop:6060", TimeProvider.System);
        await using PageVisit visit = await OpenAsync(session);
        await Expect(visit.Page.Locator(".verdict")).ToContainTextAsync("Connecting");

        session.Watch([new FigureName("goroutines", "count")], TimeSpan.FromMinutes(1), 13, stopped.SetResult);
        session.Add(0, [12], []);
        session.Add(5, [1012], ["no metrics page"]);
        await Expect(visit.Page.Locator(".verdict")).ToContainTextAsync("Snapshot 2 of 13");
        await Expect(visit.Page.Locator(".readout")).ToContainTextAsync("1,012");
        await Expect(visit.Page.Locator(".leaks")).ToContainTextAsync("no metrics page");

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Stop and judge" }).ClickAsync();
        await stopped.Task.WaitAsync(TimeSpan.FromMinutes(2));
        session.Judge();
        await Expect(visit.Page.Locator(".verdict")).ToContainTextAsync("Judging");
        session.Finish(TestServices.Leak);
        await Expect(visit.Page.Locator(".verdict")).ToContainTextAsync("LEAK");
    }

    [ChromiumFact]
    public async Task What_cannot_be_judged_is_told_with_what_to_do()
    {
        var session = new LeaksSession("shop:6060", TimeProvider.System);
        session.Fail("nothing answers at shop:6060", "Is it running?");
        await using PageVisit visit = await OpenAsync(session);

        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("nothing answers at shop:6060Is it running?");
    }

    [ChromiumFact]
    public async Task A_chart_is_read_by_keys()
    {
        await using PageVisit visit = await OpenAsync(TestServices.Done(TestServices.Leak));
        ILocator chart = visit.Page.GetByRole(AriaRole.Img, new() { NameRegex = new Regex("^goroutines receiving. 12 to 12,012") });
        await Expect(chart.Locator("canvas")).ToBeVisibleAsync();
        await chart.FocusAsync();
        await visit.Page.Keyboard.PressAsync("ArrowLeft");

        ILocator readout = visit.Page.Locator(".suspect .readout").First;
        await Expect(readout).ToContainTextAsync("11,012after 55 s");
        await visit.Page.Keyboard.PressAsync("Escape");
        await Expect(readout).ToHaveTextAsync("12,012");
    }

    [ChromiumFact]
    public async Task A_hostile_report_is_shown_harmlessly()
    {
        await using PageVisit visit = await OpenAsync(TestServices.Done(TestServices.Hostile), height: 4000);
        await Expect(visit.Page.Locator(".verdict")).ToContainTextAsync(TestServices.Markup);
        await Expect(visit.Page.Locator(".suspect")).ToContainTextAsync("</pre><script>alert(5)</script>");
        await Expect(visit.Page.Locator(".suspect .stack li")).ToHaveCountAsync(3001);
        await Expect(visit.Page.Locator(".charts canvas")).ToHaveCountAsync(4);

        Assert.Equal(0, await visit.Page.Locator("main img, main script, main iframe").CountAsync());
        Assert.All(
            await visit.Page.Locator("a").EvaluateAllAsync<string[]>("links => links.map(link => link.href)"),
            link => Assert.StartsWith(visit.Address.AbsoluteUri, link, StringComparison.Ordinal));
        Assert.True(await visit.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= window.innerWidth"));
    }

    [ChromiumFact]
    public async Task It_is_usable_without_sight_in_light_and_in_dark_and_on_a_narrow_screen()
    {
        foreach ((bool isDone, bool dark, int width) in new[] { (true, false, 1280), (true, true, 380), (false, true, 1280) })
        {
            LeaksSession session = TestServices.Done(TestServices.Leak);
            if (!isDone)
            {
                session = new LeaksSession("shop:6060", TimeProvider.System);
                session.Watch([new FigureName("goroutines", "count")], TimeSpan.FromMinutes(1), 13, () => { });
                session.Add(0, [12], []);
                session.Add(5, [14], []);
            }

            await using PageVisit visit = await OpenAsync(session, width: width, dark: dark);
            await Expect(visit.Page.Locator(".charts canvas").First).ToBeVisibleAsync();
            Assert.Equal([], (await visit.BarriersAsync()).Select(barrier => $"{(isDone ? "verdict" : "progress")} {width}: {barrier}"));
        }
    }

    private async Task<PageVisit> OpenAsync(LeaksSession session, int width = 1280, int height = 800, bool dark = false) =>
        await PageVisit.OpenAsync(chromium, await TestServices.ServeAsync(session), "", width, height, dark);
}
