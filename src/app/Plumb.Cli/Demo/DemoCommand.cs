using System.Globalization;
using System.Runtime.InteropServices;
using Plumb.Cli.Leaks;
using Plumb.Profiles;

namespace Plumb.Cli.Demo;

/// <summary>
/// <c>plumb demo</c>: starts the lab's Redis story, lets <c>plumb leaks</c> find its leak, and then nothing in the mended twin.
/// What it starts, it stops, also on Ctrl-C.
/// </summary>
internal sealed class DemoCommand
{
    private const string Service = "redis-per-request";
    private const string Route = "users/42";
    private const int Rate = 200;

    private static readonly string[] Parts = ["go", "redis"];

    private readonly Checkout _checkout;

    private DemoCommand(Checkout checkout) => _checkout = checkout;

    /// <summary>Runs <c>plumb demo</c> with the arguments behind the word "demo".</summary>
    /// <returns>0 when Plumb found the leak and was silent on the twin.</returns>
    public static int Run(string[] arguments)
    {
        if (arguments.Length > 0)
            return Explain(arguments[0]);

        if (Checkout.Find(AppContext.BaseDirectory) is not { } checkout)
            return Fail("the services of the demo are not beside this program: run ./plumb demo in a checkout of Plumb");

        using CancellationTokenSource stop = new();
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, stop));
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, stop));
        using PosixSignalRegistration hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal => Stop(signal, stop));
        try
        {
            return new DemoCommand(checkout).RunAsync(stop.Token).GetAwaiter().GetResult();
        }
        catch (LabException e)
        {
            return Fail(e.Message);
        }
        catch (OperationCanceledException)
        {
            Say("Stopped; what the demo had started is stopped too.");
            return ExitCodes.Interrupted;
        }
    }

    private async Task<int> RunAsync(CancellationToken stop)
    {
        await InstallAsync(stop).ConfigureAwait(false);
        Say($"Building lab/go/{Service}, and starting it with a Redis of its own …");
        LabProgram program = await LabProgram.BuildAsync(_checkout, Service, stop).ConfigureAwait(false);
        await using RedisServer redis = await RedisServer.StartAsync(stop).ConfigureAwait(false);

        Say("\n1. A user profile service. For every profile that it loads it opens a Redis client, and closes none.");
        int leaking = await WatchAsync(program, "--leak", redis, stop).ConfigureAwait(false);

        Say("\n2. The same service, mended: it shares one client.");
        int mended = await WatchAsync(program, "--fixed", redis, stop).ConfigureAwait(false);

        Say("");
        if ((leaking, mended) != (ExitCodes.Leak, ExitCodes.NoLeak))
            return Fail(string.Create(CultureInfo.InvariantCulture, $"the demo should have ended with 1 for the leak and 0 for its twin, not with {leaking} and {mended}"));
        Say($"The sources of both: {Path.Combine("lab", "go", Service)}. More leaks: {Path.Combine("lab", "README.md")}.");
        return ExitCodes.NoLeak;
    }

    private async Task InstallAsync(CancellationToken stop)
    {
        if (await LabInstaller.FindMissingAsync(_checkout, Parts, stop).ConfigureAwait(false) is not { } command)
            return;
        Say($"The demo needs Go, two Go libraries and Redis. Installing what is missing (a minute or two):\n  {command}");
        await LabInstaller.InstallAsync(_checkout, Parts, stop).ConfigureAwait(false);
    }

    /// <summary>Starts a variant, and lets <c>plumb leaks</c> watch it exactly as a user would.</summary>
    private async Task<int> WatchAsync(LabProgram program, string variant, RedisServer redis, CancellationToken stop)
    {
        await using LabService service = await LabService.StartAsync(program, [variant, "--redis", redis.Address], stop).ConfigureAwait(false);
        string[] arguments =
        [
            service.Url.AbsoluteUri, "--load", new Uri(service.Url, Route).AbsoluteUri, "--rate", Rate.ToString(CultureInfo.InvariantCulture),
            "--for", "20s", "--every", "1s", "--source", _checkout.Services,
        ];
        Say($"   plumb leaks {string.Join(' ', arguments)}\n");
        int exitCode = LeaksCommand.Run(arguments);
        stop.ThrowIfCancellationRequested();
        return exitCode;
    }

    // What is under way notices, and unwinds; plumb leaks listens as well while it runs, and ends early with what it saw.
    private static void Stop(PosixSignalContext signal, CancellationTokenSource stop)
    {
        signal.Cancel = true;
        stop.Cancel();
    }

    private static int Explain(string argument)
    {
        const string usage = """
            Usage: plumb demo

            Starts a service that leaks and its mended twin, both with a Redis of their own, and watches each for 20 seconds with
            plumb leaks. Installs Go, two Go libraries and Redis with apt-get when they are missing and that is allowed.
            """;
        if (argument is "--help" or "-h" or "-?")
        {
            Console.Out.WriteLine(usage);
            return ExitCodes.NoLeak;
        }

        return Fail($"'{TerminalText.Escape(argument)}' is not understood: the demo takes no arguments");
    }

    private static int Fail(string message)
    {
        Console.Error.WriteLine($"plumb demo: {message}");
        return ExitCodes.Error;
    }

    private static void Say(string text) => Console.Error.WriteLine(text);
}
