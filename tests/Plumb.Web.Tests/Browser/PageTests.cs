using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.Playwright;
using Plumb.Profiles;
using Plumb.Profiles.Filtering;
using Plumb.Profiles.Folded;
using Plumb.Reports;
using Plumb.Reports.Listing;
using Plumb.Reports.Options;
using Plumb.Reports.Text;
using static Microsoft.Playwright.Assertions;

namespace Plumb.Web.Tests.Browser;

/// <summary>The page in a real browser: what people see, click and type.</summary>
public sealed partial class PageTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    [ChromiumFact]
    public async Task Top_has_the_numbers_of_the_text_and_finds_and_sorts_as_asked()
    {
        await using PageVisit visit = await VisitAsync(TestProfiles.Shop, "?v=top");
        ILocator rows = visit.Page.Locator(".rows tbody tr:has(td)");

        await Expect(rows).ToHaveCountAsync(12);
        string[] shown = [.. (await rows.EvaluateAllAsync<string[][]>("rows => rows.map(row => [...row.cells].map(cell => cell.innerText.split('\\n')[0].trim()))")).Select(cells => string.Join(' ', cells))];
        Assert.Equal(TopOfText(TestProfiles.Shop), shown);

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Cum" }).ClickAsync();
        await Expect(rows.First).ToContainTextAsync("main.main");
        await Expect(visit.Page).ToHaveURLAsync(new Regex("order=cum"));

        await visit.Page.Keyboard.PressAsync("/");
        await visit.Page.Keyboard.TypeAsync(@"store\.");
        await Expect(rows).ToHaveCountAsync(2);
        await Expect(visit.Page.Locator(".toolbar")).ToContainTextAsync("2 of 12 entries: flat 10, 10.00% of 100");
    }

    [ChromiumFact]
    public async Task The_flame_graph_is_walked_by_keys_and_Back_undoes_each_step()
    {
        await using PageVisit visit = await VisitAsync(TestProfiles.Shop);
        ILocator canvas = visit.Page.Locator("canvas"), details = visit.Page.Locator(".details");
        await Expect(details).ToContainTextAsync("everything100, 100% of 100; own 0, 0%");

        await canvas.FocusAsync();
        foreach (string key in new[] { "ArrowDown", "ArrowDown", "ArrowDown", "ArrowRight" })
            await visit.Page.Keyboard.PressAsync(key);

        await Expect(details).ToContainTextAsync("example.org/shop/search.Query18, 18.00% of 100; own 0, 0%");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Page).ToHaveURLAsync(new Regex(@"\?z=e\d+$"));
        await Expect(visit.Page.GetByRole(AriaRole.Navigation, new() { Name = "Zoomed to" })).ToContainTextAsync("search.Query");

        await visit.Page.Keyboard.PressAsync("p");
        await Expect(visit.Page).ToHaveURLAsync(new Regex(@"\?p=example.org%2Fshop%2Fsearch.Query$"));
        await Expect(visit.Page.Locator(".chip")).ToContainTextAsync("around example.org/shop/search.Query");
        await Expect(details).ToContainTextAsync("18, 18.00% of 100");

        await visit.Page.GoBackAsync();
        await Expect(visit.Page).ToHaveURLAsync(new Regex(@"\?z=e\d+$"));
        await visit.Page.GoBackAsync();
        await Expect(visit.Page).ToHaveURLAsync(visit.Address.AbsoluteUri);
        await Expect(visit.Page.GetByRole(AriaRole.Navigation, new() { Name = "Zoomed to" })).ToHaveCountAsync(0);
    }

    [ChromiumFact]
    public async Task A_click_zooms_and_a_second_click_shows_callers_and_callees()
    {
        await using PageVisit visit = await VisitAsync(TestProfiles.Shop);
        ILocator canvas = visit.Page.Locator("canvas");
        await Expect(canvas).ToHaveAttributeAsync("data-boxes", "16");

        // Depth 3 of an icicle, at the left: the heaviest.
        await canvas.ClickAsync(new() { Position = new() { X = 50, Y = 70 } });
        await Expect(visit.Page.Locator(".details")).ToContainTextAsync("example.org/shop/cart.(*Cart).Add50, 50.00% of 100");
        await canvas.ClickAsync(new() { Position = new() { X = 900, Y = 70 } });
        await Expect(visit.Page.Locator(".chip")).ToContainTextAsync("cart.(*Cart).Add");
        await Expect(canvas).ToHaveAttributeAsync("data-boxes", "6");
    }

    [ChromiumFact]
    public async Task A_search_counts_what_it_finds_and_the_menu_filters()
    {
        await using PageVisit visit = await VisitAsync(TestProfiles.Shop, "?q=store");
        await Expect(visit.Page.Locator(".hits")).ToContainTextAsync("2 names, 52.00% of what is shown");

        await visit.Page.Locator("canvas").FocusAsync();
        await visit.Page.Keyboard.PressAsync("n");
        await Expect(visit.Page.Locator(".details")).ToContainTextAsync("example.org/shop/store.Save30");
        await visit.Page.Keyboard.PressAsync("m");
        await visit.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Focus: only samples through it" }).ClickAsync();

        await Expect(visit.Page.Locator(".details")).ToContainTextAsync("42, 42.00% of 100");
        await Expect(visit.Page.Locator(".toolbar .chip")).ToContainTextAsync(@"Focus: ^example\.org/shop/store\.Save$");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Take away Focus" }).ClickAsync();
        await Expect(visit.Page.Locator(".details")).ToContainTextAsync("100, 100% of 100");
    }

    [ChromiumFact]
    public async Task A_pattern_that_is_no_regular_expression_is_explained_where_it_was_typed()
    {
        await using PageVisit visit = await VisitAsync(TestProfiles.Shop);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Filters" }).ClickAsync();
        await visit.Page.GetByLabel("Focus", new() { Exact = true }).FillAsync("(*Cart");
        await visit.Page.Keyboard.PressAsync("Enter");

        await Expect(visit.Page.Locator(".pattern", new() { HasText = "Focus" })).ToContainTextAsync("taken literally");
        await Expect(visit.Page.Locator(".details")).ToContainTextAsync("65, 65.00% of 100");
    }

    [ChromiumFact]
    public async Task The_tree_beside_the_picture_opens_by_keys_and_says_the_same()
    {
        await using PageVisit visit = await VisitAsync(TestProfiles.Shop, "?tree=1");
        ILocator tree = visit.Page.GetByRole(AriaRole.Treegrid);
        await tree.Locator("tr[aria-level='3']", new() { HasText = "http.serve" }).ClickAsync();
        await visit.Page.Keyboard.PressAsync("ArrowDown");
        await visit.Page.Keyboard.PressAsync("ArrowRight");

        ILocator selected = tree.Locator("tr[aria-selected='true']");
        await Expect(selected).ToHaveAttributeAsync("aria-expanded", "true");
        await Expect(selected).ToHaveTextAsync(new Regex(@"cart\.\(\*Cart\)\.Add\s*50\s*50\.00%\s*0"));
        await Expect(visit.Page.Locator(".details")).ToContainTextAsync("example.org/shop/cart.(*Cart).Add50, 50.00%");
    }

    [ChromiumFact]
    public async Task Peek_shows_callers_and_callees_and_leads_on_to_them()
    {
        await using PageVisit visit = await VisitAsync(TestProfiles.Shop, "?v=peek&symbol=Save");
        ILocator rows = visit.Page.Locator(".entry tr");
        await Expect(rows).ToContainTextAsync(["30", "12", "42", "42"]);
        await Expect(rows.Nth(0)).ToContainTextAsync("71.43%");
        await Expect(rows.Nth(2)).ToContainTextAsync("example.org/shop/store.Save");

        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "encoding/json.Marshal" }).ClickAsync();
        await Expect(visit.Page.Locator(".entry .self")).ToContainTextAsync("encoding/json.Marshal");
        await visit.Page.GoBackAsync();
        await Expect(visit.Page.Locator(".entry .self")).ToContainTextAsync("example.org/shop/store.Save");
    }

    [ChromiumFact]
    public async Task Long_texts_are_those_of_the_command_line_and_searched_line_by_line()
    {
        await using PageVisit visit = await VisitAsync(TestProfiles.Shop, "?v=traces");
        await Expect(visit.Page.Locator("pre")).ToHaveTextAsync(Text(TestProfiles.Shop, ReportFormat.Traces).TrimEnd());

        await visit.Page.Keyboard.PressAsync("/");
        await visit.Page.Keyboard.TypeAsync("Marshal");
        await Expect(visit.Page.Locator(".hits")).ToContainTextAsync("1 of 2 lines");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.Keyboard.PressAsync("n");
        await Expect(visit.Page.Locator(".hits")).ToContainTextAsync("2 of 2 lines");
    }

    [ChromiumFact]
    public async Task A_hostile_profile_is_shown_harmlessly()
    {
        const string Markup = "<img src=x onerror=alert(1)><script>alert(2)</script>";
        string deep = string.Join(';', Enumerable.Range(0, 3000).Select(i => $"deep{i}"));
        Profile profile = FoldedText.Parse($"""
            {Markup};javascript:alert(3);{new string('x', 100_000)} 5
            {deep} 3
            .*+?^$()[]|\;\u202eabc 2
            """);
        await using PageVisit visit = await VisitAsync(profile, "?tree=1");
        await Expect(visit.Page.Locator("canvas")).ToHaveAttributeAsync("data-boxes", new Regex("^[1-9]"));
        await Expect(visit.Page.GetByRole(AriaRole.Treegrid)).ToContainTextAsync(Markup);

        await visit.Page.Locator("canvas").FocusAsync();
        await visit.Page.Keyboard.PressAsync("ArrowDown");
        await visit.Page.Keyboard.PressAsync("m");
        await Expect(visit.Page.GetByRole(AriaRole.Menu)).ToContainTextAsync(Markup);
        await visit.Page.Keyboard.PressAsync("Escape");
        IDownload svg = await visit.Page.RunAndWaitForDownloadAsync(async () =>
        {
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
            await visit.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Picture as SVG" }).ClickAsync();
        });
        XNamespace space = "http://www.w3.org/2000/svg";
        XDocument picture = XDocument.Parse(await File.ReadAllTextAsync(await svg.PathAsync()));
        Assert.DoesNotContain(picture.Descendants(), element => element.Name.LocalName is "script" or "img");
        Assert.Contains(picture.Descendants(space + "title"), title => title.Value.StartsWith(Markup, StringComparison.Ordinal));

        await visit.Page.GotoAsync(visit.Address + "?v=top");
        await Expect(visit.Page.Locator(".rows")).ToContainTextAsync(Markup);
        Assert.All(await visit.Page.Locator("a").EvaluateAllAsync<string[]>("links => links.map(link => link.href)"), link => Assert.StartsWith(visit.Address.AbsoluteUri, link, StringComparison.Ordinal));
    }

    [ChromiumFact]
    public async Task Zero_and_negative_values_are_explained_and_shown()
    {
        await using (PageVisit empty = await VisitAsync(FoldedText.Parse("main;idle 0")))
            await Expect(empty.Page.Locator(".message")).ToContainTextAsync("There is nothing to show");

        await using PageVisit visit = await VisitAsync(FoldedText.Parse("main;grown 5\nmain;shrunk -3"));
        await Expect(visit.Page.Locator(".details")).ToContainTextAsync("everything+2, +66.67%; before 3; now 5");
        await Expect(visit.Page.Locator(".legend")).ToContainTextAsync("− gone");
    }

    [ChromiumFact]
    public async Task It_is_usable_without_sight_in_light_and_in_dark_and_on_a_narrow_screen()
    {
        foreach ((string view, bool dark, int width) in new[] { ("?tree=1", false, 1280), ("?tree=1&q=store", true, 1280), ("?v=top", true, 1280), ("?v=peek&symbol=Save&f=(", false, 380), ("?v=tree", true, 1280), ("?v=source&symbol=Save", false, 1280), ("?v=graph", true, 1280), ("?v=traces", false, 380), ("?v=raw", true, 1280), ("", true, 380) })
        {
            await using PageVisit visit = await VisitAsync(TestProfiles.Shop, view, width, dark);
            await Expect(visit.Page.Locator("canvas, .rows, pre, .entry, article, .map").First).ToBeVisibleAsync();
            Assert.Equal([], (await visit.BarriersAsync()).Select(barrier => $"{view} {width}: {barrier}"));
        }
    }

    private static string[] TopOfText(Profile profile) =>
        [.. Text(profile, ReportFormat.Top).Split('\n').SkipWhile(line => !line.Contains("flat%", StringComparison.Ordinal)).Skip(1).Where(line => line.Length > 0)
            .Select(line => Spaces().Split(line.Trim()))
            .Select(cells => $"{cells[0]} {cells[1]} {cells[3]} {cells[4]} {cells[5]}")];

    private static string Text(Profile profile, ReportFormat format, string? symbol = null)
    {
        Report report = Report.Create(ProfileSelection.All(profile), format, ReportOptions.Default with { Trim = false }, symbol is null ? null : NamePattern.Parse(symbol));
        using var target = new MemoryStream();
        using (var writer = new ReportWriter(target))
            ReportPrinter.Print(report, new NoSources(), writer);

        return System.Text.Encoding.UTF8.GetString(target.ToArray());
    }

    private async Task<PageVisit> VisitAsync(Profile profile, string query = "", int width = 1280, bool dark = false) =>
        await PageVisit.OpenAsync(chromium, await TestProfiles.ServeAsync(profile), query, width, dark: dark);

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    private sealed class NoSources : ISourceFiles
    {
        public SourceText Find(string path) => SourceText.Missing("none");
    }
}
