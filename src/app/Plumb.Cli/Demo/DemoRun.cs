using System.Globalization;
using Plumb.Cli.Leaks;

namespace Plumb.Cli.Demo;

/// <summary>One performance: the leak, then its mended twin, each looked at exactly as a user would.</summary>
internal sealed class DemoRun(Checkout checkout, IStory story)
{
    private const int Rate = 200;

    public async Task<int> RunAsync(CancellationToken stop)
    {
        await using IStage stage = await story.PrepareAsync(checkout, stop).ConfigureAwait(false);

        Say($"\n1. {story.Leak}");
        int leaking = await WatchAsync(stage, "--leak", stop).ConfigureAwait(false);

        Say($"\n2. {story.Mended}");
        int mended = await WatchAsync(stage, "--fixed", stop).ConfigureAwait(false);

        if ((leaking, mended) != (ExitCodes.Leak, ExitCodes.NoLeak))
            throw new LabException(string.Create(CultureInfo.InvariantCulture, $"it should have ended with 1 for the leak and 0 for its twin, not with {leaking} and {mended}"));
        Say($"\nThe sources of both: {story.Sources}. More leaks: {Path.Combine("lab", "README.md")}.");
        return ExitCodes.NoLeak;
    }

    public static void Say(string text) => Console.Error.WriteLine(text);

    private async Task<int> WatchAsync(IStage stage, string variant, CancellationToken stop)
    {
        await using LabService service = await stage.StartAsync(variant, stop).ConfigureAwait(false);
        string[] arguments =
        [
            service.Url.AbsoluteUri, "--load", new Uri(service.Url, story.Route).AbsoluteUri, "--rate", Rate.ToString(CultureInfo.InvariantCulture),
            "--for", "20s", "--every", "1s", "--source", Path.Combine(checkout.Root, story.Sources),
        ];
        Say($"   plumb leaks {string.Join(' ', arguments)}\n");
        int exitCode = LeaksCommand.Run(arguments);
        stop.ThrowIfCancellationRequested();
        return exitCode;
    }
}
