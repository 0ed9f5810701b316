using Plumb.Collectors.Recording;
using Plumb.Collectors.Targets;
using Plumb.Collectors.Watching;

namespace Plumb.Collectors.Tests.Watching;

public sealed class EvidenceFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("plumb-evidence-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_folder_is_a_series_with_one_snapshot_more_and_every_other_profile_beside_it()
    {
        await using LoopbackServer server = LoopbackServer.Of(path => path switch
        {
            _ when path.EndsWith("/block", StringComparison.Ordinal) => null,
            _ when path.StartsWith("/debug/pprof/", StringComparison.Ordinal) => System.Text.Encoding.ASCII.GetBytes(path),
            _ => null,
        });
        Assert.True(TargetAddress.TryParse(server.Url, out TargetAddress? address, out _));
        using HttpTarget target = ((TargetFound)await HttpTarget.FindAsync(address, TargetLimits.Default, TimeProvider.System, CancellationToken.None)).Target;
        Capture[] before = [.. Enumerable.Range(3, 4).Select(i => new Capture { Sequence = i, At = DateTimeOffset.UnixEpoch.AddSeconds(i), Heap = new byte[] { 1 } })];
        string into = Path.Combine(_folder, "evidence");
        IReadOnlyList<string> notes = await EvidenceFolder.Create(into, before).FillAsync(target, new NoMetrics(), TimeProvider.System, CancellationToken.None);

        Assert.Empty(notes);
        SeriesReading series = SeriesReader.Read(into, SeriesLimits.Default, CancellationToken.None);
        Assert.Equal([3, 4, 5, 6, 7], series.Captures.Select(capture => capture.Sequence));
        Assert.Equal("/debug/pprof/goroutine?debug=2", System.Text.Encoding.ASCII.GetString(series.Captures[^1].GoroutineText!.Value.Span));
        Assert.Equal("/debug/pprof/profile?seconds=5", await File.ReadAllTextAsync(Path.Combine(into, "cpu.pb.gz")));
        Assert.Equal("/debug/pprof/mutex", await File.ReadAllTextAsync(Path.Combine(into, "mutex.pb.gz")));
        Assert.False(File.Exists(Path.Combine(into, "block.pb.gz")), "a profile that is not served is no file and no complaint");
    }

    private sealed class NoMetrics : IMetricsSource
    {
        public Task<MetricsReading> ReadAsync(CancellationToken cancellationToken) => Task.FromResult(MetricsReading.Empty);
    }
}
