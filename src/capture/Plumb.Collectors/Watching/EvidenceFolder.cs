using Plumb.Collectors.Recording;
using Plumb.Collectors.Targets;

namespace Plumb.Collectors.Watching;

/// <summary>
/// Writes all that can be learnt of a service in trouble into a folder: the snapshots so far and one more as a series that can be judged again,
/// and beside it every other profile. The most telling comes first: the service may not live much longer.
/// </summary>
public sealed class EvidenceFolder
{
    private const int CpuSeconds = 5;

    private static readonly (string Path, string File)[] s_profiles =
    [
        ("goroutine?debug=1", "goroutine.txt"),
        ("heap?debug=1", "heap.txt"),
        ("allocs", "allocs.pb.gz"),
        ("threadcreate?debug=1", "threadcreate.txt"),
        ("block", "block.pb.gz"),
        ("mutex", "mutex.pb.gz"),
        ("cmdline", "cmdline.txt"),
    ];

    private readonly string _folder;
    private readonly int _next;
    private readonly List<string> _notes = [];

    private EvidenceFolder(string folder, int next) => (_folder, _next) = (folder, next);

    /// <summary>Makes a folder of the snapshots that are there already.</summary>
    /// <param name="folder">Where to; it must not hold a series yet.</param>
    /// <param name="snapshots">In their order.</param>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static EvidenceFolder Create(string folder, IReadOnlyList<Capture> snapshots)
    {
        ArgumentNullException.ThrowIfNull(snapshots);
        using SeriesWriter series = SeriesWriter.Create(folder);
        foreach (Capture snapshot in snapshots)
        {
            series.Append(snapshot);
        }

        return new EvidenceFolder(folder, snapshots.Count == 0 ? 0 : snapshots[^1].Sequence + 1);
    }

    /// <summary>Adds one snapshot with everything in it, and every other profile.</summary>
    /// <param name="target">The service. A profile of its CPU keeps the connection busy for five seconds: not the one that others wait for.</param>
    /// <param name="metrics">Its figures.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends it; what is there already stays.</param>
    /// <returns>What could not be had, and why.</returns>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public async Task<IReadOnlyList<string>> FillAsync(HttpTarget target, IMetricsSource metrics, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        Capture last = await new SeriesRecorder(target, metrics, time).TakeAsync(_next, withText: true, cancellationToken).ConfigureAwait(false);
        _notes.AddRange(last.Notes);
        using (SeriesWriter series = SeriesWriter.Open(_folder))
        {
            series.Append(last);
        }

        foreach ((string path, string file) in s_profiles)
        {
            await SaveAsync(target, new Uri(target.Base, path), file, cancellationToken).ConfigureAwait(false);
        }

        await SaveAsync(target, new Uri(target.Address.Origin, "/metrics"), "metrics.txt", cancellationToken).ConfigureAwait(false);
        await SaveAsync(target, new Uri(target.Base, $"profile?seconds={CpuSeconds}"), "cpu.pb.gz", cancellationToken).ConfigureAwait(false);
        return _notes;
    }

    private async Task SaveAsync(HttpTarget target, Uri address, string file, CancellationToken cancellationToken)
    {
        FetchResult result = await target.FetchAsync(address, cancellationToken).ConfigureAwait(false);
        if (result is FetchedBody body)
        {
            await File.WriteAllBytesAsync(Path.Combine(_folder, file), body.Bytes, cancellationToken).ConfigureAwait(false);
        }
        else if (result is not ErrorStatus { Status: 404 })
        {
            _notes.Add(result.ToString());
        }
    }
}
