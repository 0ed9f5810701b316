using System.Diagnostics;
using System.Text.Json;
using Microsoft.Playwright;

namespace Plumb.Benchmarks.Web;

/// <summary>Measures the browser view of one program.</summary>
/// <param name="browser">Shows frames at the beat of a screen, as a person's does.</param>
/// <param name="unbound">Shows them as fast as it can: what is between two frames is then what one takes. It is never idle while something moves.</param>
/// <param name="patience">How long a picture is waited for.</param>
internal sealed class WebMeasurement(IBrowser browser, IBrowser unbound, Peer program, string folder, string profile, TimeSpan patience, WebFigures figures)
{
    private const int Width = 1600;
    private const int Height = 1000;
    private const string Flame = "/flame";

    private static readonly string[] Focuses = ["method1234$", "method77$", "method5000$", "method42$", "method901$"];

    private bool IsPlumb => program.Name == Peer.OwnName;

    private string IsPainted => IsPlumb ? PageScripts.IsPainted : PageScripts.IsPaintedByPeer;

    public async Task RunAsync()
    {
        IPage page = await NewPageAsync(browser).ConfigureAwait(false);
        BrowserTraffic traffic = await BrowserTraffic.OfAsync(page).ConfigureAwait(false);
        using ViewServer server = await ViewServer.StartAsync(program, folder, profile, patience).ConfigureAwait(false);
        figures.Add(WebFigure.Listen, server.SecondsToListen);
        bool isPainted = await PaintAsync(page, server, traffic).ConfigureAwait(false);
        if (isPainted)
            await TryAsync(() => FocusAsync(page, server), "no function could be focused on").ConfigureAwait(false);

        await page.CloseAsync().ConfigureAwait(false);
        if (isPainted)
            await TryAsync(() => MoveAsync(server.Address), "frames could not be measured").ConfigureAwait(false);

        figures.Add(WebFigure.Cpu, server.CpuSeconds);
        figures.Add(WebFigure.Peak, server.PeakMegabytes);
    }

    /// <summary>What the machine and the browser take for a frame with nothing on it.</summary>
    public async Task MeasureEmptyAsync()
    {
        IPage page = await NewPageAsync(unbound).ConfigureAwait(false);
        await page.SetContentAsync("<!doctype html><body style='margin: 0'>").ConfigureAwait(false);
        await AddFramesAsync(WebFigure.EmptyFrames, page, PageScripts.EmptyFrames).ConfigureAwait(false);
        await page.CloseAsync().ConfigureAwait(false);
    }

    private async Task<bool> PaintAsync(IPage page, ViewServer server, BrowserTraffic traffic)
    {
        double work = await WorkSecondsAsync(server).ConfigureAwait(false);
        long began = Stopwatch.GetTimestamp();
        bool isPainted = await TryAsync(() => OpenAsync(page, FlameGraph(server.Address)), $"no picture within {patience.TotalSeconds:F0} s").ConfigureAwait(false);
        if (isPainted)
            figures.Add(WebFigure.Paint, Stopwatch.GetElapsedTime(began).TotalSeconds);
        else if (server.HasOutgrown)
            figures.Note("ended when it held half of the machine's memory");

        figures.Add(WebFigure.PaintWork, await WorkSecondsAsync(server).ConfigureAwait(false) - work);

        // The page of the peer holds its data. What came until patience ended is said as well.
        figures.Add(WebFigure.FlameSent, traffic.Megabytes(Flame));
        figures.Add(WebFigure.Sent, traffic.Megabytes(""));
        figures.Add(WebFigure.PaintCpu, server.CpuSeconds);
        figures.Add(WebFigure.PaintPeak, server.PeakMegabytes);
        return isPainted;
    }

    private async Task FocusAsync(IPage page, ViewServer server)
    {
        double work = await WorkSecondsAsync(server).ConfigureAwait(false);
        figures.Add(WebFigure.Focus, IsPlumb ? await FocusAsync(page).ConfigureAwait(false) : await FocusOfPeerAsync(page, server.Address).ConfigureAwait(false));
        work = await WorkSecondsAsync(server).ConfigureAwait(false) - work;
        figures.Add(WebFigure.FocusWork, work * 1000 / (IsPlumb ? Focuses.Length : 1));
    }

    private async Task MoveAsync(Uri address)
    {
        IPage page = await NewPageAsync(unbound).ConfigureAwait(false);
        await OpenAsync(page, FlameGraph(address)).ConfigureAwait(false);
        await AddFramesAsync(WebFigure.Frames, page, IsPlumb ? PageScripts.Frames : PageScripts.FramesOfPeer).ConfigureAwait(false);
        if (!IsPlumb)
            return;

        // Without trimming every node is sent, up to a million.
        long began = Stopwatch.GetTimestamp();
        await OpenAsync(page, $"{address}?trim=false").ConfigureAwait(false);
        figures.Add(WebFigure.FinestPaint, Stopwatch.GetElapsedTime(began).TotalSeconds);
        await AddFramesAsync(WebFigure.FinestFrames, page, PageScripts.Frames).ConfigureAwait(false);
    }

    private string FlameGraph(Uri address) => IsPlumb ? address.AbsoluteUri : new Uri(address, "/ui/flamegraph").AbsoluteUri;

    private async Task<IPage> NewPageAsync(IBrowser shown)
    {
        IPage page = await shown.NewPageAsync(new() { ViewportSize = new() { Width = Width, Height = Height } }).ConfigureAwait(false);
        page.SetDefaultTimeout((float)patience.TotalMilliseconds);
        await page.GotoAsync("about:blank").ConfigureAwait(false);
        return page;
    }

    /// <summary>A page may be too large for the browser, or too slow for anybody: that is a finding too.</summary>
    private async Task<bool> TryAsync(Func<Task> work, string otherwise)
    {
        try
        {
            await work().ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            figures.Note(otherwise);
        }
        catch (PlaywrightException e)
        {
            figures.Note($"{otherwise}: {e.Message.Split('\n')[0]}");
        }

        return false;
    }

    private async Task OpenAsync(IPage page, string address)
    {
        await page.GotoAsync(address, new() { WaitUntil = WaitUntilState.Commit }).ConfigureAwait(false);
        await page.WaitForFunctionAsync(IsPainted).ConfigureAwait(false);
    }

    private static async Task<double> FocusAsync(IPage page) =>
        FrameFigures.At(await page.EvaluateAsync<double[]>(PageScripts.Focus, Focuses).ConfigureAwait(false), 0.5);

    // Each focus is another page there. Of its minutes one figure tells enough.
    private async Task<double> FocusOfPeerAsync(IPage page, Uri address)
    {
        long began = Stopwatch.GetTimestamp();
        await OpenAsync(page, new Uri(address, $"/ui/flamegraph?f={Uri.EscapeDataString(Focuses[0])}").AbsoluteUri).ConfigureAwait(false);
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private async Task AddFramesAsync(FrameFigures frames, IPage page, string script)
    {
        double before = await CpuSecondsAsync(unbound).ConfigureAwait(false);
        JsonElement values = (await page.EvaluateAsync(script).ConfigureAwait(false))!.Value;
        double cpuSeconds = await CpuSecondsAsync(unbound).ConfigureAwait(false) - before;
        frames.Add(figures, values.GetProperty("nodes").GetInt32(), values.GetProperty("boxes").GetInt32(), Numbers("draws"), Numbers("gaps"), cpuSeconds);
        double[] Numbers(string name) => [.. values.GetProperty(name).EnumerateArray().Select(value => value.GetDouble())];
    }

    private async Task<double> WorkSecondsAsync(ViewServer server) => server.CpuSeconds + await CpuSecondsAsync(browser).ConfigureAwait(false);

    /// <summary>CPU time of all processes of the browser, which other programs on the machine lengthen far less than what a clock says.</summary>
    private static async Task<double> CpuSecondsAsync(IBrowser measured)
    {
        ICDPSession session = await measured.NewBrowserCDPSessionAsync().ConfigureAwait(false);
        JsonElement said = (await session.SendAsync("SystemInfo.getProcessInfo").ConfigureAwait(false))!.Value;
        await session.DetachAsync().ConfigureAwait(false);
        return said.GetProperty("processInfo").EnumerateArray().Sum(process => process.GetProperty("cpuTime").GetDouble());
    }
}
