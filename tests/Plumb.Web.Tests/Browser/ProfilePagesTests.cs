using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Plumb.Profiles;
using Plumb.Profiles.Filtering;
using Plumb.Reports.Listing;
using Plumb.Reports.Options;
using static Microsoft.Playwright.Assertions;

namespace Plumb.Web.Tests.Browser;

/// <summary>The pages beside the flame graph, and what is done with several profiles.</summary>
public sealed class ProfilePagesTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    [ChromiumFact]
    public async Task The_graph_is_laid_out_in_the_page_walked_by_keys_and_focused()
    {
        await using PageVisit visit = await PageVisit.OpenAsync(chromium, await TestProfiles.ServeAsync(TestProfiles.Shop), "?v=graph");
        ILocator nodes = visit.Page.Locator(".node"), card = visit.Page.Locator(".card .name");
        await Expect(nodes).ToHaveCountAsync(12);
        await Expect(visit.Page.Locator(".call")).ToHaveCountAsync(12);

        await visit.Page.Locator(".map svg").FocusAsync();
        await Expect(card).ToHaveTextAsync("main.main");
        await visit.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(card).ToHaveTextAsync("net/http.serve");
        await visit.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(card).ToHaveTextAsync("example.org/shop/cart.(*Cart).Add");
        await visit.Page.Keyboard.PressAsync("Enter");

        await Expect(visit.Page).ToHaveURLAsync(new Regex(@"f=%5Eexample"));
        await Expect(nodes).ToHaveCountAsync(6);
        await visit.Page.GoBackAsync();
        await Expect(nodes).ToHaveCountAsync(12);

        IDownload svg = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save SVG" }).ClickAsync());
        Assert.Contains("mallocgc", await File.ReadAllTextAsync(await svg.PathAsync()), StringComparison.Ordinal);
    }

    [ChromiumFact]
    public async Task Source_shows_the_cost_of_each_line_in_colours()
    {
        var builder = new ProfileBuilder(SampleType.Cpu);
        builder.AddSample(builder.Stack([builder.Location(builder.Function("main.work", "/src/work.go", 3), 4)]), [7]);
        var session = new ProfileSession(ProfileSelection.All(builder.Build()), ReportOptions.Default) { Sources = _ => new OneFile() };

        await using PageVisit visit = await PageVisit.OpenAsync(chromium, await TestProfiles.ServeAsync(session), "?v=source&symbol=work");
        await Expect(visit.Page.Locator("article h2")).ToContainTextAsync("/src/work.go");
        await Expect(visit.Page.Locator("tr.hot")).ToContainTextAsync("return <b>1</b>");
        await Expect(visit.Page.Locator(".hl-keyword").First).ToHaveTextAsync("func");
    }

    [ChromiumFact]
    public async Task Tags_add_up_and_filter()
    {
        var builder = new ProfileBuilder(SampleType.Cpu);
        StackId stack = builder.Stack([builder.Location(builder.Function("main.work"))]);
        builder.AddSample(stack, [30], builder.LabelSet(Label.OfText(builder.String("route"), builder.String("/cart"))));
        builder.AddSample(stack, [10], builder.LabelSet(Label.OfText(builder.String("route"), builder.String("/search"))));

        await using PageVisit visit = await PageVisit.OpenAsync(chromium, await TestProfiles.ServeAsync(builder.Build()), "?v=tags");
        ILocator rows = visit.Page.Locator(".entry tbody tr");
        await Expect(rows).ToContainTextAsync(["75.00%", "25.00%"]);
        await rows.Nth(1).HoverAsync();
        await rows.Nth(1).GetByRole(AriaRole.Button, new() { Name = "focus" }).ClickAsync();

        await Expect(rows).ToHaveCountAsync(1);
        await Expect(visit.Page.Locator(".chip")).ToContainTextAsync("Tag focus: route=^/search$");
    }

    [ChromiumFact]
    public async Task Files_become_profiles_to_show_to_compare_with_and_to_set_beside()
    {
        await using PageVisit visit = await PageVisit.OpenAsync(chromium, await TestProfiles.ServeAsync(TestProfiles.Shop));
        ILocator details = visit.Page.Locator(".details").First;
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "shop.pb.gz" }).ClickAsync();
        await visit.Page.GetByLabel("Files with profiles").SetInputFilesAsync(new FilePayload { Name = "other.folded", MimeType = "text/plain", Buffer = "main.main;runtime.gc 25"u8.ToArray() });
        await Expect(details).ToContainTextAsync("everything25, 100% of 25");

        await visit.Page.GetByLabel("Compare with shop.pb.gz").ClickAsync();
        await Expect(details).ToContainTextAsync("everything-75, −75.00%; before 100; now 25");
        await visit.Page.GetByText("normalise").ClickAsync();
        await Expect(details).ToContainTextAsync("everything0");

        await visit.Page.GetByLabel("Compare with nothing").ClickAsync();
        await visit.Page.GetByLabel("shop.pb.gz beside").ClickAsync();
        await Expect(visit.Page.Locator("main > section")).ToHaveCountAsync(2);
        await Expect(visit.Page.Locator(".details").Nth(1)).ToContainTextAsync("everything100, 100% of 100");
    }

    [ChromiumFact]
    public async Task A_file_that_is_dropped_onto_the_page_is_shown()
    {
        string path = Path.Combine(Path.GetTempPath(), $"plumb-{Guid.NewGuid():N}.folded");
        try
        {
            await File.WriteAllTextAsync(path, "main.main;runtime.gc 25");
            await using PageVisit visit = await PageVisit.OpenAsync(chromium, await TestProfiles.ServeAsync(TestProfiles.Shop));
            await Expect(visit.Page.Locator(".details")).ToContainTextAsync("everything100");
            ICDPSession browser = await visit.Page.Context.NewCDPSessionAsync(visit.Page);
            var files = new Dictionary<string, object> { ["items"] = Array.Empty<object>(), ["files"] = new[] { path }, ["dragOperationsMask"] = 1 };

            await DragAsync("dragEnter");
            await DragAsync("dragOver");
            await Expect(visit.Page.GetByText("Drop to open")).ToBeVisibleAsync();
            await DragAsync("drop");

            await Expect(visit.Page.Locator(".details")).ToContainTextAsync("everything25, 100% of 25");
            await Expect(visit.Page.GetByText("Drop to open")).ToBeHiddenAsync();
            await Expect(visit.Page).ToHaveURLAsync(new Regex("profile=1"));

            Task DragAsync(string type) =>
                browser.SendAsync("Input.dispatchDragEvent", new Dictionary<string, object> { ["type"] = type, ["x"] = 600, ["y"] = 400, ["data"] = files });
        }
        finally
        {
            File.Delete(path);
        }
    }

    [ChromiumFact]
    public async Task A_file_that_is_no_profile_is_refused_and_the_page_goes_on()
    {
        await using PageVisit visit = await PageVisit.OpenAsync(chromium, await TestProfiles.ServeAsync(TestProfiles.Shop), expectedError: "400");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "shop.pb.gz" }).ClickAsync();
        await visit.Page.GetByLabel("Files with profiles").SetInputFilesAsync(new FilePayload { Name = "x.png", MimeType = "image/png", Buffer = [0x89, 0x50, 0x4E, 0x47] });

        await Expect(visit.Page.Locator(".toast")).ToContainTextAsync("x.png cannot be read as a profile");
        await Expect(visit.Page.Locator(".details")).ToContainTextAsync("everything100");
    }

    [ChromiumFact]
    public async Task Views_are_saved_and_come_back()
    {
        await using PageVisit visit = await PageVisit.OpenAsync(chromium, await TestProfiles.ServeAsync(TestProfiles.Shop), "?v=top&f=jobs");
        await visit.Page.GetByTitle("Saved views").ClickAsync();
        await visit.Page.GetByLabel("Name of the view").FillAsync("only jobs");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Page.Locator(".savedviews")).ToContainTextAsync("only jobs");

        await visit.Page.GotoAsync(visit.Address.AbsoluteUri);
        await visit.Page.GetByTitle("Saved views").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "only jobs", Exact = true }).ClickAsync();
        await Expect(visit.Page).ToHaveURLAsync(new Regex(@"\?v=top&f=jobs$"));
    }

    [ChromiumFact]
    public async Task The_page_is_saved_as_one_file_that_opens_without_a_server()
    {
        string path = Path.Combine(Path.GetTempPath(), $"plumb-{Guid.NewGuid():N}.html");
        try
        {
            await using PageVisit visit = await PageVisit.OpenAsync(chromium, await TestProfiles.ServeAsync(TestProfiles.Shop), "?i=runtime");
            await Expect(visit.Page.Locator(".details")).ToContainTextAsync("everything75");
            IDownload page = await visit.Page.RunAndWaitForDownloadAsync(async () =>
            {
                await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
                await visit.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Page as one HTML file" }).ClickAsync();
            });
            await page.SaveAsAsync(path);

            await visit.Page.Context.SetOfflineAsync(true);
            await visit.Page.GotoAsync($"file://{path}");
            await Expect(visit.Page.Locator(".details")).ToContainTextAsync("everything75, 75.00% of 100");
            await Expect(visit.Page.Locator(".toolbar")).ToContainTextAsync("ignore: runtime");
            await visit.Page.Locator("canvas").FocusAsync();
            await visit.Page.Keyboard.PressAsync("ArrowDown");
            await visit.Page.Keyboard.PressAsync("Enter");
            await Expect(visit.Page).ToHaveURLAsync(new Regex("#i=runtime&z=e1$"));
            await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Top" }).ClickAsync();
            await Expect(visit.Page.Locator(".rows")).ToContainTextAsync("encoding/json.Marshal");
        }
        finally
        {
            File.Delete(path);
        }
    }

    [ChromiumFact]
    public async Task Calls_within_a_package_become_one_box()
    {
        await using PageVisit visit = await PageVisit.OpenAsync(chromium, await TestProfiles.ServeAsync(TestProfiles.Shop));
        await Expect(visit.Page.Locator("canvas")).ToHaveAttributeAsync("data-boxes", "16");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Display" }).ClickAsync();
        await visit.Page.GetByText("one box for calls within a package").ClickAsync();

        // rank calls itself in search.Query: three boxes are one. Add and Total are both of cart.
        await Expect(visit.Page.Locator("canvas")).ToHaveAttributeAsync("data-boxes", "13");
        await visit.Page.Locator("canvas").FocusAsync();
        foreach (string key in new[] { "ArrowDown", "ArrowDown", "ArrowDown" })
            await visit.Page.Keyboard.PressAsync(key);

        await Expect(visit.Page.Locator(".details")).ToContainTextAsync("example.org/shop/cart65, 65.00% of 100; own 15, 15.00%");
    }

    private sealed class OneFile : ISourceFiles
    {
        public SourceText Find(string path) => new(["package main", "", "func work() string {", "\treturn <b>1</b>", "}"]);
    }
}
