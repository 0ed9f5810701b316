using Plumb.Cli.Leaks;
using Plumb.Cli.Leaks.Rendering;
using Plumb.Cli.Live;
using Plumb.Cli.Watch.Displays;
using Plumb.Cli.Watch.Json;
using Plumb.Leaks.Diagnoses;

namespace Plumb.Cli.Watch;

/// <summary>Runs a watch for the user at the terminal or for a log.</summary>
internal static class WatchProgram
{
    public static int Run(WatchOptions options) => CommandHost.Run("watch", stop =>
    {
        try
        {
            return WatchAsync(options, stop).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            throw new LeaksException("stopped before the first look");
        }
        catch (IOException) when (Console.IsOutputRedirected)
        {
            // The reader of the pipe has gone: nobody watches any more.
            return ExitCodes.NoLeak;
        }
    });

    private static async Task<int> WatchAsync(WatchOptions options, CancellationToken stop)
    {
        using TextWriter output = new StreamWriter(Console.OpenStandardOutput());
        bool isLive = !options.Json && !options.Plain && !Console.IsOutputRedirected && !Screen.IsDumb;
        WatchRun? run = null;
        await using WatchSite? site = options.Page is { } page ? await WatchSite.StartAsync(options, page, stop).ConfigureAwait(false) : null;
        IWatchDisplay terminal = options.Json ? new JsonWatchDisplay(output)
            : isLive ? new LiveWatchDisplay(output, options, () => run!.RequestCapture(), () => run!.RequestEnd())
            : new PlainWatchDisplay(output);
        using IWatchDisplay display = site?.Show(terminal) ?? terminal;
        run = new WatchRun(options, LeakFinder.Find, display, TimeProvider.System);
        WatchOutcome outcome = await run.RunAsync(stop).ConfigureAwait(false);
        display.Dispose();
        if (options.Json)
        {
            output.Write(WatchJson.End(outcome, DateTimeOffset.UtcNow) + "\n");
        }
        else
        {
            new WatchText(output, Screen.OfOutput(options.NoColor)).Write(outcome);
        }

        output.Flush();
        // That so far nothing can be told is how every watch begins, and no fault.
        return outcome.Verdict switch
        {
            LeakVerdict.Leak => ExitCodes.Leak,
            LeakVerdict.Suspicious => ExitCodes.Unproven,
            _ => ExitCodes.NoLeak,
        };
    }
}
