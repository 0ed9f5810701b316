using System.Globalization;
using Microsoft.Playwright;

namespace Plumb.Benchmarks.Web;

/// <summary>
/// The browser view of <c>plumb pprof -http</c> beside that of <c>go tool pprof -http</c>, of the same profile in the same Chromium: how long until there
/// is a picture, how much is sent for it, how it follows the hand, and what the server needs.
/// </summary>
internal static class WebSideBySide
{
    private static readonly (string File, string What)[] Profiles = [("cpu1m.pb.gz", "1M samples × 30 frames"), ("part000.pb.gz", "5,000 samples × 30 frames")];

    private static readonly string[] Browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private static readonly string[] Flags =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private static readonly string[] FlagsOfUnbound = [.. Flags, "--disable-frame-rate-limit", "--disable-gpu-vsync"];

    /// <param name="folder">Where the synthetic profiles are.</param>
    /// <param name="plumb">The command to measure.</param>
    /// <param name="patience">How long a picture is waited for.</param>
    /// <param name="history">Keeps the figures.</param>
    public static async Task<int> RunAsync(string folder, string plumb, TimeSpan patience, History history)
    {
        if (Browsers.FirstOrDefault(File.Exists) is not { } executable)
        {
            await Console.Error.WriteLineAsync("bench web: Chromium is missing; run lab/install browser").ConfigureAwait(false);
            return 2;
        }

        Peer[] programs = [Peer.Plumb(plumb), .. Peer.Others()];
        using IPlaywright playwright = await Playwright.CreateAsync().ConfigureAwait(false);
        foreach ((string file, string what) in Profiles)
        {
            Machine machine = Machine.This();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{what}, Chromium without a graphics card. Machine: {machine.Cores} cores of {machine.Processor}, {machine.MemoryGigabytes} GB, {machine.Runtime}; load average {machine.LoadAverage:F1}"));
            Console.WriteLine(string.Join("; ", programs.Select(program => $"{program.Name}: {program.Version}")));
            Console.WriteLine();
            var results = new List<WebFigures>();
            foreach (Peer program in programs)
            {
                var figures = new WebFigures(program.Name);
                results.Add(figures);
                await using IBrowser browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = executable, Args = Flags }).ConfigureAwait(false);
                await using IBrowser unbound = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = executable, Args = FlagsOfUnbound }).ConfigureAwait(false);
                var measurement = new WebMeasurement(browser, unbound, program, folder, file, patience, figures);
                if (program == programs[0])
                    await measurement.MeasureEmptyAsync().ConfigureAwait(false);

                await measurement.RunAsync().ConfigureAwait(false);
                history.Add("web", file, program, WebFigure.All.Select(figure => (figure.Name, figures[figure])));
            }

            PrintTable(programs, results);
        }

        return 0;
    }

    private static void PrintTable(Peer[] programs, List<WebFigures> results)
    {
        Console.WriteLine();
        Console.WriteLine($"| | aim | {string.Join(" | ", programs.Select(program => program.Name))} |");
        Console.WriteLine($"|---|---|{string.Concat(programs.Select(_ => "---|"))}");
        foreach (WebFigure figure in WebFigure.All.Where(figure => results.Any(result => result[figure] is not null)))
            Console.WriteLine($"| {figure.What} | {figure.Aim} | {string.Join(" | ", results.Select(result => result.Text(figure)))} |");

        Console.WriteLine();
        foreach ((Peer program, WebFigures result) in programs.Zip(results))
        {
            foreach (string note in result.Notes)
                Console.WriteLine($"{program.Name}: {note}\n");
        }
    }
}
