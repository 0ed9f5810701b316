using System.Globalization;
using Plumb.Cli.Leaks;
using Plumb.Cli.Leaks.Rendering;
using Plumb.Cli.Loading;
using Plumb.Cli.Stress.Json;
using Plumb.Cli.Stress.Progress;
using Plumb.Collectors.Loading;
using Plumb.Profiles;

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
        using var interruption = new Interruption();
        try
        {
            StressOutcome outcome = RunAsync(options, interruption.Token).GetAwaiter().GetResult();
            Write(outcome);
            return outcome.Passed ? Passed : Failed;
        }
        catch (LeaksException refused)
        {
            Console.Error.WriteLine($"plumb stress: {TerminalText.Escape(refused.Message)}");
            if (refused.Advice is { } advice)
            {
                Console.Error.WriteLine($"  {TerminalText.Escape(advice)}");
            }

            return ExitCodes.Error;
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            return ExitCodes.Interrupted;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // The edge of the process: a fault of Plumb itself must not look like a result to a pipeline.
            Console.Error.WriteLine($"plumb stress: internal error, please report it: {TerminalText.Escape(fault.ToString())}");
            return ExitCodes.Error;
        }
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

        return Console.IsErrorRedirected || IsDumb() ? new PlainDisplay(Console.Error) : new LiveDisplay(useColor: UsesColour(options));
    }

    private static bool IsDumb() => Environment.GetEnvironmentVariable("TERM") is null or "" or "dumb";

    private static bool UsesColour(StressOptions options) => !options.NoColor && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

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

            bool coloured = !Console.IsOutputRedirected && !IsDumb() && UsesColour(outcome.Options);
            new StressText(output, coloured ? Palette.Ansi : Palette.None).Write(outcome);
        }
        catch (IOException)
        {
            // The reader of the pipe has gone; the exit code still tells.
        }
    }
}
