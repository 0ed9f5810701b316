using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Plumb.Web.Tests.Browser;

/// <summary>The flame graph under fingers, as a browser with a touch screen hands their movements to the page.</summary>
public sealed class TouchTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    private const int Width = 1000;
    private const int RowHeight = 20;

    // Of a hundred samples, in the third row below everything: Add up to 50, Query up to 68, Total up to 83.
    private const int Row = 3;

    [ChromiumFact]
    public async Task A_tap_zooms_to_a_box()
    {
        await using PageVisit visit = await OpenAsync();

        await TapAsync(visit.Page, 0.6);

        await Expect(visit.Page.Locator(".details")).ToContainTextAsync("example.org/shop/search.Query");
        await Expect(visit.Page).ToHaveURLAsync(new Regex(@"\?z=e\d+$"));
    }

    [ChromiumFact]
    public Task Two_fingers_zoom_to_what_is_between_them() => ZoomAsync(oneByOne: false);

    // As a busy browser tells of both: the whole way of one, then that of the other.
    [ChromiumFact]
    public Task Two_fingers_that_move_one_after_the_other_zoom_to_the_same() => ZoomAsync(oneByOne: true);

    [ChromiumFact]
    public async Task One_finger_moves_what_is_shown()
    {
        await using PageVisit visit = await OpenAsync();

        await SpreadAsync(visit.Page, 0.6);
        await MoveAsync(visit.Page, step => [(0.8 - (0.06 * step), Row)]);
        await TapAsync(visit.Page, 0.9);

        await Expect(visit.Page.Locator(".details")).ToContainTextAsync("example.org/shop/cart.(*Cart).Total");
    }

    [ChromiumFact]
    public async Task One_finger_that_goes_up_scrolls_even_if_it_strays()
    {
        await using PageVisit visit = await OpenAsync(height: 200, boxes: 14);

        await MoveAsync(visit.Page, step => [(0.5 + (0.006 * Math.Min(step, Row)), Row - Math.Min(step, Row))]);

        await visit.Page.WaitForFunctionAsync("() => document.querySelector('.canvas').scrollTop > 20");
    }

    private async Task ZoomAsync(bool oneByOne)
    {
        await using PageVisit visit = await OpenAsync();

        await SpreadAsync(visit.Page, 0.6, oneByOne);
        await TapAsync(visit.Page, 0.1);

        // An eighth of everything around what was at 60: without the zoom, Add is there.
        await Expect(visit.Page.Locator(".details")).ToContainTextAsync("example.org/shop/search.Query");
    }

    private async Task<PageVisit> OpenAsync(int height = 800, int boxes = 16)
    {
        PageVisit visit = await PageVisit.OpenAsync(chromium, await TestProfiles.ServeAsync(TestProfiles.Shop), width: Width, height: height, touch: true);
        await Expect(visit.Page.Locator("canvas")).ToHaveAttributeAsync("data-boxes", $"{boxes}");
        return visit;
    }

    private static async Task TapAsync(IPage page, double at)
    {
        (float x, float y) = PointIn(await BoxAsync(page), at, Row);
        await page.Touchscreen.TapAsync(x, y);
    }

    /// <summary>Two fingers beside a place go apart to eight times their distance.</summary>
    private static Task SpreadAsync(IPage page, double around, bool oneByOne = false) => MoveAsync(page, step =>
    {
        (int left, int right) = oneByOne ? (Math.Min(10, 2 * step), Math.Max(0, (2 * step) - 10)) : (step, step);
        return [(around - 0.025 - (0.0175 * left), Row), (around + 0.025 + (0.0175 * right), Row)];
    });

    /// <param name="fingers">Where they are at each of ten steps: the part of the width, and the row.</param>
    private static async Task MoveAsync(IPage page, Func<int, (double At, int Row)[]> fingers)
    {
        ICDPSession browser = await page.Context.NewCDPSessionAsync(page);
        LocatorBoundingBoxResult box = await BoxAsync(page);
        // The moments are told, a step every 10 ms: however busy the machine is, the fingers are as fast. They leave in full swing, after which a browser
        // may take the next tap for one that stops what rolls on.
        double moment = (DateTime.UtcNow - DateTime.UnixEpoch).TotalSeconds - 0.2;
        // Sent without waiting for each other: a finger that rests for half a second is a long press, and opens the menu.
        List<Task> sent = [TouchAsync("touchStart", fingers(0))];
        for (int step = 1; step <= 10; step++)
            sent.Add(TouchAsync("touchMove", fingers(step)));

        sent.Add(TouchAsync("touchEnd", []));
        await Task.WhenAll(sent);

        Task TouchAsync(string type, (double At, int Row)[] places)
        {
            var points = new List<Dictionary<string, object>>();
            foreach ((double at, int row) in places)
            {
                (float x, float y) = PointIn(box, at, row);
                points.Add(new() { ["x"] = x, ["y"] = y, ["id"] = points.Count });
            }

            moment += 0.01;
            return browser.SendAsync(
                "Input.dispatchTouchEvent", new Dictionary<string, object> { ["type"] = type, ["touchPoints"] = points, ["timestamp"] = moment });
        }
    }

    private static async Task<LocatorBoundingBoxResult> BoxAsync(IPage page) => (await page.Locator("canvas").BoundingBoxAsync())!;

    private static (float X, float Y) PointIn(LocatorBoundingBoxResult canvas, double at, int row) =>
        (canvas.X + (float)(at * canvas.Width), canvas.Y + (row * RowHeight) + (RowHeight / 2));
}
