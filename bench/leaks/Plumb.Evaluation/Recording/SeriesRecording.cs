using System.Globalization;
using System.Net;
using Plumb.Collectors.Loading;
using Plumb.Collectors.Processes;
using Plumb.Collectors.Recording;
using Plumb.Collectors.Targets;

namespace Plumb.Evaluation.Recording;

/// <summary>
/// Records one series under a steady load. Unlike <c>plumb leaks --save</c> it takes the goroutine text with every snapshot, so that any part of the
/// series can be judged as a recording of its own.
/// </summary>
internal static class SeriesRecording
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(20);

    public static async Task RecordAsync(Scenario scenario, string variant, string folder, RecordArguments arguments, CancellationToken cancellationToken)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        string share = arguments.Share.ToString(CultureInfo.InvariantCulture);
        string[] flags = [$"--{variant}", scenario.Name, .. variant == "leak" ? ["--share", share] : Array.Empty<string>(), .. arguments.Extra];
        await using RunningService service = await RunningService.StartAsync(arguments.Program, flags, cancellationToken).ConfigureAwait(false);
        using HttpTarget target = await FindAsync(service.Address, cancellationToken).ConfigureAwait(false);
        using var load = new LoadGenerator(new LoadOptions(new Uri(service.Address, "/run"), scenario.Rate * arguments.RateTimes), TimeProvider.System);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var metrics = new CombinedMetricsSource([new LoadMetricsSource(load), new ProcessMetricsSource(new ProcFolder(), [IPAddress.Loopback], service.Address.Port)]);
        using SeriesWriter writer = SeriesWriter.Create(folder);
        Task loading = load.RunAsync(end.Token);
        await SnapshotsAsync(target, metrics, writer, arguments, cancellationToken).ConfigureAwait(false);
        await end.CancelAsync().ConfigureAwait(false);
        await loading.ConfigureAwait(false);
        if (load.Report.Reached < arguments.Snapshots)
            throw new InvalidDataException($"only {load.Report.Reached} requests got through: {service.Log}");
    }

    private static async Task<HttpTarget> FindAsync(Uri service, CancellationToken cancellationToken)
    {
        if (!TargetAddress.TryParse(service.AbsoluteUri, out TargetAddress? address, out string? problem))
            throw new InvalidDataException(problem);
        TargetLimits limits = TargetLimits.Default with { Deadline = s_deadline };
        return await HttpTarget.FindAsync(address, limits, TimeProvider.System, cancellationToken).ConfigureAwait(false) switch
        {
            TargetFound found => found.Target,
            TargetMissing missing => throw new InvalidDataException(missing.Failure.ToString()),
            _ => throw new InvalidOperationException(),
        };
    }

    private static async Task SnapshotsAsync(HttpTarget target, CombinedMetricsSource metrics, SeriesWriter writer, RecordArguments arguments, CancellationToken cancellationToken)
    {
        long started = TimeProvider.System.GetTimestamp();
        for (int i = 0; i < arguments.Snapshots; i++)
        {
            TimeSpan wait = (arguments.Every * i) - TimeProvider.System.GetElapsedTime(started);
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, cancellationToken).ConfigureAwait(false);
            DateTimeOffset at = TimeProvider.System.GetUtcNow();
            MetricsReading reading = await metrics.ReadAsync(cancellationToken).ConfigureAwait(false);
            writer.Append(new Capture
            {
                Sequence = i,
                At = at,
                Metrics = reading.Values,
                Heap = await FetchAsync(target, "heap?gc=1", cancellationToken).ConfigureAwait(false),
                Goroutine = await FetchAsync(target, "goroutine", cancellationToken).ConfigureAwait(false),
                GoroutineText = await FetchAsync(target, "goroutine?debug=2", cancellationToken).ConfigureAwait(false),
            });
        }
    }

    private static async Task<ReadOnlyMemory<byte>> FetchAsync(HttpTarget target, string path, CancellationToken cancellationToken) =>
        await target.FetchAsync(path, cancellationToken).ConfigureAwait(false) is FetchedBody body
            ? body.Bytes
            : throw new InvalidDataException($"the service did not answer {path}");
}
