using System.Globalization;
using Plumb.Cli.Leaks;
using Plumb.Cli.Leaks.Rendering;
using Plumb.Cli.Loading;
using Plumb.Cli.Stress.Json;
using Plumb.Cli.Stress.Progress;
using Plumb.Collectors.Loading;

namespace Plumb.Cli.Stress;

/// <summary>Runs a load for the user at the terminal or the pipeline: consent, signals, streams, exit code.</summary>
internal static class StressProgram
{
    private const int Passed = 0;
    private const int Failed = 1;

    public static int Run(StressOptions options)
    {
        // Answers are read on the thread that notices them: a hand-over costs as much as the rest of a request. It must be said
        // before the first socket is made.
        Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
        return CommandHost.Run("stress", stop =>
        {
            try
            {
                StressOutcome outcome = RunAsync(options, stop).GetAwaiter().GetResult();
                Write(outcome);
                return outcome.Passed ? Passed : Failed;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return ExitCodes.Interrupted;
            }
        });
    }

    private static async Task<StressOutcome> RunAsync(StressOptions options, CancellationToken stop)
    {
        StressRequests requests = StressRequests.Of(options, stop);
        var consent = new LoadConsent(options.Allow, options.Yes, LoadConsent.AskOnTerminal());
        IReadOnlyCollection<string> hosts = await consent.ObtainAsync(requests.Mix.Origins, InWords(options), stop).ConfigureAwait(false);
        using var load = new LoadGenerator(
            new LoadOptions(requests.Mix, options.Rate)
            {
                Connections = options.Connections,
                Streams = options.Streams,
                Http2 = options.Http2,
                AnyCertificate = options.Insecure,
                RequestTimeout = options.Timeout,
                MaxRequests = options.Requests,
                Duration = options.Duration,
                AllowedHosts = hosts,
            },
            TimeProvider.System);
        TimeSpan before = Environment.CpuUsage.TotalTime;
        using (IStressDisplay display = DisplayOf(options))
        {
            display.Start(options, requests.Mix, load);
            await load.RunAsync(stop).ConfigureAwait(false);
        }

        return new StressOutcome(options, load.Report, stop.IsCancellationRequested, Environment.CpuUsage.TotalTime - before, requests.Notes);
    }

    private static string InWords(StressOptions options)
    {
        string rate = options.Rate is { } asked
            ? string.Create(CultureInfo.InvariantCulture, $"{asked:0.##} requests a second")
            : string.Create(CultureInfo.InvariantCulture, $"as many requests as {options.Connections * options.Streams} at a time give");
        return options.Duration is { } duration ? $"{rate} for {Quantity.Duration(duration)}" : $"{rate}, {options.Requests} in all,";
    }

    private static IStressDisplay DisplayOf(StressOptions options)
    {
        if (options.Quiet)
        {
            return new NoDisplay();
        }

        return Console.IsErrorRedirected || Screen.IsDumb ? new PlainDisplay(Console.Error) : new LiveDisplay(Screen.HasColors(options.NoColor));
    }

    private static void Write(StressOutcome outcome)
    {
        try
        {
            using var output = new StreamWriter(Console.OpenStandardOutput());
            if (outcome.Options.Json)
            {
                StressJson.Write(output, outcome);
                return;
            }

            new StressText(output, Screen.OfOutput(outcome.Options.NoColor).Palette).Write(outcome);
        }
        catch (IOException)
        {
            // The reader of the pipe has gone; the exit code still tells.
        }
    }
}
