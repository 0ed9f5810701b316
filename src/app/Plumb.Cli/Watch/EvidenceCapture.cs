using Plumb.Cli.Leaks;
using Plumb.Cli.Targets;
using Plumb.Cli.Watch.Json;
using Plumb.Collectors.Recording;
using Plumb.Collectors.Targets;
using Plumb.Collectors.Watching;

namespace Plumb.Cli.Watch;

/// <summary>Captures everything about a service into a folder that <c>plumb leaks</c> reads, over a connection of its own.</summary>
internal sealed class EvidenceCapture
{
    private const string Samples = "samples.jsonl";
    private const string Why = "why.json";
    // A CPU profile takes its seconds before it answers.
    private static readonly TimeSpan s_leastDeadline = TimeSpan.FromSeconds(15);

    private readonly WatchOptions _options;
    private readonly TargetAddress _address;
    private readonly TimeProvider _time;

    public EvidenceCapture(WatchOptions options, TargetAddress address, TimeProvider time)
    {
        _options = options;
        _address = address;
        _time = time;
    }

    /// <returns>What to tell the user.</returns>
    public async Task<EvidenceResult> TakeAsync(string folder, string reason, IReadOnlyList<Capture> snapshots, WatchView view, CancellationToken stop)
    {
        try
        {
            Directory.CreateDirectory(folder);
            await File.WriteAllTextAsync(Path.Combine(folder, Why), WatchJson.Why(view, reason, _time.GetUtcNow()), stop).ConfigureAwait(false);
            await File.WriteAllLinesAsync(Path.Combine(folder, Samples), view.Samples.Select(WatchJson.Sample), stop).ConfigureAwait(false);
            // First of all what is there already: the service may not answer any more.
            EvidenceFolder evidence = EvidenceFolder.Create(folder, snapshots);
            TimeSpan deadline = _options.Timeout > s_leastDeadline ? _options.Timeout : s_leastDeadline;
            using HttpTarget target = await RunningService.FindAsync(_address, deadline, _time, stop).ConfigureAwait(false);
            IMetricsSource metrics = await RunningService.MetricsAsync(target, _options.Metrics, load: null, stop).ConfigureAwait(false);
            IReadOnlyList<string> notes = await evidence.FillAsync(target, metrics, _time, stop).ConfigureAwait(false);
            return new EvidenceResult(folder, notes.Count == 0 ? null : string.Join("; ", notes));
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException or LeaksException)
        {
            // That evidence cannot be had is no reason to stop watching.
            return new EvidenceResult(folder, failed.Message);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return new EvidenceResult(folder, "stopped half-way");
        }
    }
}
