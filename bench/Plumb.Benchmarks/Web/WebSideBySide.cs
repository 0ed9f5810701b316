using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Playwright;

namespace Plumb.Benchmarks.Web;

/// <summary>
/// The browser view of <c>plumb pprof -http</c> beside that of <c>go tool pprof -http</c>, of the same profile in the same Chromium: how long until there
/// is a picture, how much is sent for it, how it follows the hand, and what the server needs.
/// </summary>
internal static class WebSideBySide
{
    private const string Profile = "cpu1m.pb.gz";
    private const int Width = 1600;
    private const int Height = 1000;
    private const float PaintPatience = 300_000;

    private static readonly string[] Focuses = ["method1234$", "method77$", "method5000$", "method42$", "method901$"];

    private static readonly string[] Browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private static readonly string[] Flags =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    /// <summary>What is measured, what is aimed at, and how it is written.</summary>
    private static readonly (string Name, string What, string Goal, string Format, Func<WebFigures, double?> Value)[] Rows =
    [
        ("listen", "listening after, s", "", "F2", figures => figures.SecondsToListen),
        ("paint", "first picture after that, s", "≤ 1.5", "F2", figures => figures.SecondsToPaint),
        ("payload", "sent for it, MB", "≤ 2", "F2", figures => figures.PayloadMegabytes),
        ("focus", "focus on a function, ms", "≤ 300", "F0", figures => figures.FocusMilliseconds),
        ("cpu", "CPU of the server, s", "", "F1", figures => figures.CpuSeconds),
        ("peak", "most memory of the server, MB", "≤ 1/5", "F0", figures => figures.PeakMegabytes),
        ("boxes", "boxes drawn at once, finest picture", "", "F0", figures => figures.Frames?.Boxes),
        ("draw-p50", "drawing a frame, ms, p50", "≤ 16", "F1", figures => figures.Frames?.DrawP50),
        ("draw-p95", "p95", "≤ 16", "F1", figures => figures.Frames?.DrawP95),
        ("draw-max", "longest", "", "F1", figures => figures.Frames?.DrawMax),
        ("gap-p50", "from frame to frame, ms, p50", "", "F1", figures => figures.Frames?.GapP50),
        ("gap-p95", "p95", "", "F1", figures => figures.Frames?.GapP95),
        ("gap-max", "longest", "", "F1", figures => figures.Frames?.GapMax),
    ];

    /// <param name="folder">Where the synthetic profiles are.</param>
    /// <param name="plumb">The command to measure.</param>
    /// <param name="history">Keeps the figures.</param>
    public static async Task<int> RunAsync(string folder, string plumb, History history)
    {
        if (Browsers.FirstOrDefault(File.Exists) is not { } executable)
        {
            await Console.Error.WriteLineAsync("bench web: Chromium is missing; run lab/install browser").ConfigureAwait(false);
            return 2;
        }

        Peer[] programs = [Peer.Plumb(plumb), .. Peer.Others()];
        Machine machine = Machine.This();
        using IPlaywright playwright = await Playwright.CreateAsync().ConfigureAwait(false);
        var results = new List<WebFigures>();
        foreach (Peer program in programs)
        {
            await using IBrowser browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = executable, Args = Flags }).ConfigureAwait(false);
            results.Add(await MeasureAsync(browser, program, folder, isPlumb: program == programs[0]).ConfigureAwait(false));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"1M samples × 30 frames, {Width} × {Height}, Chromium without a graphics card. Machine: {machine.Cores} cores of {machine.Processor}, {machine.MemoryGigabytes} GB, {machine.Runtime}; load average {machine.LoadAverage:F1}"));
        Console.WriteLine(string.Join("; ", programs.Select(program => $"{program.Name}: {program.Version}")));
        Console.WriteLine();
        Console.WriteLine($"| | aim | {string.Join(" | ", programs.Select(program => program.Name))} |");
        Console.WriteLine($"|---|---|{string.Concat(programs.Select(_ => "---|"))}");
        foreach ((_, string what, string goal, string format, Func<WebFigures, double?> value) in Rows)
            Console.WriteLine($"| {what} | {goal} | {string.Join(" | ", results.Select(result => value(result)?.ToString(format, CultureInfo.InvariantCulture) ?? "–"))} |");

        foreach ((Peer program, WebFigures result) in programs.Zip(results))
        {
            if (result.Note is not null)
                Console.WriteLine($"\n{program.Name}: {result.Note}");

            history.Add("web", Profile, program, Rows.Select(row => (row.Name, row.Value(result))));
        }

        return 0;
    }

    private static async Task<WebFigures> MeasureAsync(IBrowser browser, Peer program, string folder, bool isPlumb)
    {
        IPage page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = Width, Height = Height } }).ConfigureAwait(false);
        page.SetDefaultTimeout(PaintPatience);
        await page.GotoAsync("about:blank").ConfigureAwait(false);
        long received = 0;
        using ViewServer server = await ViewServer.StartAsync(program, folder, Profile, FreePort()).ConfigureAwait(false);
        var figures = new WebFigures { SecondsToListen = server.SecondsToListen };
        try
        {
            page.RequestFinished += async (_, request) => Interlocked.Add(ref received, (await request.SizesAsync().ConfigureAwait(false)).ResponseBodySize);
            long began = Stopwatch.GetTimestamp();
            await page.GotoAsync(isPlumb ? server.Address.AbsoluteUri : new Uri(server.Address, "/ui/flamegraph").AbsoluteUri, new() { Timeout = PaintPatience, WaitUntil = WaitUntilState.Commit }).ConfigureAwait(false);
            await page.WaitForFunctionAsync(isPlumb ? PageScripts.IsPainted : PageScripts.IsPaintedByPeer, null, new() { PollingInterval = 10 }).ConfigureAwait(false);
            double painted = Stopwatch.GetElapsedTime(began).TotalSeconds;
            figures = figures with { SecondsToPaint = painted, PayloadMegabytes = Interlocked.Read(ref received) / 1e6 };
            figures = figures with { FocusMilliseconds = isPlumb ? await FocusAsync(page).ConfigureAwait(false) : await FocusOfPeerAsync(page, server.Address).ConfigureAwait(false) };
            if (isPlumb)
                figures = figures with { Frames = await FramesAsync(page, server.Address).ConfigureAwait(false) };
        }
        catch (Exception e) when (e is PlaywrightException or TimeoutException)
        {
            // A page may be too large for the browser: that is a figure too.
            figures = figures with { PayloadMegabytes = figures.PayloadMegabytes ?? (received > 0 ? received / 1e6 : null), Note = $"no more could be measured: {e.Message.Split('\n')[0]}" };
        }

        return figures with { CpuSeconds = server.CpuSeconds, PeakMegabytes = server.PeakMegabytes };
    }

    private static async Task<double> FocusAsync(IPage page) => Middle(await page.EvaluateAsync<double[]>(PageScripts.Focus, Focuses).ConfigureAwait(false));

    // Each focus is another page there. Of its minutes one figure tells enough.
    private static async Task<double> FocusOfPeerAsync(IPage page, Uri address)
    {
        long began = Stopwatch.GetTimestamp();
        await page.GotoAsync(new Uri(address, $"/ui/flamegraph?f={Uri.EscapeDataString(Focuses[0])}").AbsoluteUri, new() { WaitUntil = WaitUntilState.Commit }).ConfigureAwait(false);
        await page.WaitForFunctionAsync(PageScripts.IsPaintedByPeer, null, new() { PollingInterval = 10 }).ConfigureAwait(false);
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    // Without trimming every node is sent, up to a million: what is drawn then is the most that there can be.
    private static async Task<FrameTimes> FramesAsync(IPage page, Uri address)
    {
        await page.GotoAsync($"{address}?trim=false").ConfigureAwait(false);
        await page.WaitForFunctionAsync(PageScripts.IsPainted).ConfigureAwait(false);
        JsonElement measured = (await page.EvaluateAsync(PageScripts.Frames).ConfigureAwait(false))!.Value;
        double[] draws = [.. measured.GetProperty("draws").EnumerateArray().Select(value => value.GetDouble()).Order()];
        double[] gaps = [.. measured.GetProperty("gaps").EnumerateArray().Select(value => value.GetDouble()).Order()];
        return new FrameTimes(measured.GetProperty("boxes").GetInt32(), At(draws, 0.5), At(draws, 0.95), draws[^1], At(gaps, 0.5), At(gaps, 0.95), gaps[^1]);
    }

    private static double At(double[] sorted, double share) => sorted[(int)((sorted.Length - 1) * share)];

    private static double Middle(double[] values) => At([.. values.Order()], 0.5);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
