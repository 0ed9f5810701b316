using System.Runtime.InteropServices;
using Plumb.Cli.Leaks;
using Plumb.Profiles;

namespace Plumb.Cli.Demo;

/// <summary>
/// <c>plumb demo</c>: starts a service that leaks, lets <c>plumb leaks</c> find its leak, and then nothing in the mended twin.
/// What it starts, it stops, also on Ctrl-C.
/// </summary>
internal static class DemoCommand
{
    private const string Usage = """
        Usage: plumb demo [go]

        Starts a service that leaks and its mended twin, one after the other, and watches each for 20 seconds with plumb leaks.

        plumb demo      a shop in .NET. Needs the .NET SDK. Installs gcc, which links the agent that sees the heap, with apt-get
                        when it is missing and that is allowed.
        plumb demo go   a service in Go with a Redis of its own. Installs Go, two Go libraries and Redis with apt-get when
                        they are missing and that is allowed.
        """;

    /// <summary>Runs <c>plumb demo</c> with the arguments behind the word "demo".</summary>
    /// <returns>0 when Plumb found the leak and was silent on the twin.</returns>
    public static int Run(string[] arguments) => arguments switch
    {
        [] => Run(new DotNetStory()),
        ["go"] => Run(new GoStory()),
        ["--help" or "-h" or "-?", ..] => Explain(),
        [.., var last] => Fail($"'{TerminalText.Escape(arguments is ["go", ..] ? last : arguments[0])}' is not understood: there is 'plumb demo' and 'plumb demo go'"),
    };

    private static int Run(IStory story)
    {
        if (Checkout.Find(AppContext.BaseDirectory) is not { } checkout)
            return Fail("the services of the demo are not beside this program: run ./plumb demo in a checkout of Plumb");

        using CancellationTokenSource stop = new();
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, stop));
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, stop));
        using PosixSignalRegistration hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal => Stop(signal, stop));
        try
        {
            return new DemoRun(checkout, story).RunAsync(stop.Token).GetAwaiter().GetResult();
        }
        catch (LabException e)
        {
            return Fail(e.Message);
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("Stopped; what the demo had started is stopped too.");
            return ExitCodes.Interrupted;
        }
    }

    // What is under way notices, and unwinds; plumb leaks listens as well while it runs, and ends early with what it saw.
    private static void Stop(PosixSignalContext signal, CancellationTokenSource stop)
    {
        signal.Cancel = true;
        stop.Cancel();
    }

    private static int Explain()
    {
        Console.Out.WriteLine(Usage);
        return ExitCodes.NoLeak;
    }

    private static int Fail(string message)
    {
        Console.Error.WriteLine($"plumb demo: {message}");
        return ExitCodes.Error;
    }
}
