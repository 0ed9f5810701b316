using Plumb.Profiles;
using static Microsoft.Playwright.Assertions;

namespace Plumb.Web.Tests.Browser;

/// <summary>Every page of hostile profiles in a real browser: no script runs, nothing leads away, and something is shown.</summary>
public sealed class HostilePageTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    [ChromiumFact]
    public async Task Hostile_texts_are_texts_on_every_page()
    {
        await using PageVisit visit = await OpenAsync(HostileProfiles.Texts);
        foreach (string view in (string[])["", "?v=top", "?v=graph", "?v=peek&symbol=.", "?v=source&symbol=.", "?v=tree", "?v=traces", "?v=tags", "?v=raw", "?tree=1"])
        {
            await visit.Page.GotoAsync(visit.Address + view);
            await Expect(visit.Page.Locator("main")).Not.ToBeEmptyAsync();
            await Expect(visit.Page.Locator("main .busy")).ToHaveCountAsync(0);
            Assert.Equal(0, await visit.Page.Locator("main img, main script, main iframe, main svg[onload]").CountAsync());
            Assert.All(
                await visit.Page.Locator("a[href]").EvaluateAllAsync<string[]>("links => links.map(link => link.protocol + link.host)"),
                link => Assert.Equal($"http:{visit.Address.Authority}", link));
        }
    }

    [ChromiumFact]
    public async Task Long_names_deep_stacks_and_cycles_are_shown_within_the_window()
    {
        await using PageVisit visit = await OpenAsync(HostileProfiles.Sizes);
        foreach (string view in (string[])["", "?v=top", "?v=peek&symbol=ping", "?v=traces"])
        {
            await visit.Page.GotoAsync(visit.Address + view);
            await Expect(visit.Page.Locator("main")).Not.ToBeEmptyAsync();
            await Expect(visit.Page.Locator("main .busy")).ToHaveCountAsync(0);
            Assert.True(await visit.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= window.innerWidth"), view);
        }
    }

    [ChromiumFact]
    public async Task Values_that_cancel_out_and_a_profile_without_samples_are_explained_or_shown()
    {
        await using (PageVisit visit = await OpenAsync(HostileProfiles.Values))
            await Expect(visit.Page.Locator("canvas")).ToBeVisibleAsync();

        await using PageVisit empty = await OpenAsync(HostileProfiles.Empty);
        await Expect(empty.Page.Locator(".message")).ToContainTextAsync("nothing to show");
    }

    private async Task<PageVisit> OpenAsync(Profile profile) => await PageVisit.OpenAsync(chromium, await TestProfiles.ServeAsync(profile), expectedError: "400");
}
