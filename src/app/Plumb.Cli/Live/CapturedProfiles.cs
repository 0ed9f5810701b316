using System.Globalization;
using Plumb.Cli.Leaks;
using Plumb.Cli.Pprof;
using Plumb.Cli.Pprof.Sources;
using Plumb.Cli.Targets;
using Plumb.Collectors.Targets;
using Plumb.Profiles;
using Plumb.Profiles.Filtering;
using Plumb.Reports.Options;
using Plumb.Web;
using Plumb.Web.Live;

namespace Plumb.Cli.Live;

/// <summary>
/// Profiles that the page asked for: taken from the service on a connection of their own, the newest few kept. <c>capture-3</c> is the third,
/// <c>capture-1-3</c> what is different there from the first.
/// </summary>
internal sealed class CapturedProfiles : IDisposable
{
    private const string Prefix = "capture-";
    private const int Kept = 12;
    private const int CpuSeconds = 5;

    private static readonly (CaptureKind Kind, string Path)[] s_kinds =
    [
        (new("heap", "heap, live", 0), "heap?gc=1"),
        (new("goroutine", "goroutines", 0), "goroutine"),
        (new("cpu", "CPU", CpuSeconds), string.Create(CultureInfo.InvariantCulture, $"profile?seconds={CpuSeconds}")),
        (new("allocs", "allocations", 0), "allocs"),
        (new("mutex", "mutexes", 0), "mutex"),
        (new("block", "waits", 0), "block"),
    ];

    private readonly string _target;
    private readonly TimeSpan _timeout;
    private readonly PprofHost _host;
    private readonly ReportOptions _options;
    private readonly Lock _lock = new();
    private readonly SortedDictionary<int, (string Title, Profile Profile)> _captures = [];
    private HttpTarget? _service;
    private int _count;

    /// <param name="target">The service, as the user named it.</param>
    /// <param name="timeout">How long one of its answers may take.</param>
    /// <param name="sources">Folders below which source files may be shown, besides the current one.</param>
    /// <param name="host">The machine.</param>
    public CapturedProfiles(string target, TimeSpan timeout, IEnumerable<string> sources, PprofHost host)
    {
        _target = target;
        _timeout = timeout + TimeSpan.FromSeconds(CpuSeconds);
        _host = host;
        _options = ReportOptions.Default with { SourcePath = string.Join(Path.PathSeparator, sources.Prepend(host.Directory)) };
    }

    public static IEnumerable<CaptureKind> Kinds => s_kinds.Select(one => one.Kind);

    /// <exception cref="LiveCaptureException">The profile cannot be had.</exception>
    public async Task<LiveCapture> TakeAsync(CaptureKind kind, CancellationToken cancellation)
    {
        string path = s_kinds.First(one => one.Kind == kind).Path;
        DateTimeOffset at = DateTimeOffset.UtcNow;
        Profile profile = await FetchAsync(path, cancellation).ConfigureAwait(false);
        string time = TimeZoneInfo.ConvertTime(at, _host.TimeZone).ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        lock (_lock)
        {
            int number = ++_count;
            string title = $"{kind.Name} at {time}";
            _captures.Add(number, (title, profile));
            if (_captures.Count > Kept)
            {
                _captures.Remove(_captures.Keys.First());
            }

            return new LiveCapture(string.Create(CultureInfo.InvariantCulture, $"{Prefix}{number}"), title);
        }
    }

    /// <returns>Null when there is no capture of that name, or it made room for newer ones.</returns>
    public ProfileSession? Open(string name)
    {
        if (!name.StartsWith(Prefix, StringComparison.Ordinal) || name[Prefix.Length..].Split('-') is not { Length: 1 or 2 } numbers)
        {
            return null;
        }

        if (Find(numbers[0]) is not { } first || Find(numbers[^1]) is not { } last)
        {
            return null;
        }

        var folders = new ReadableFolders(_options, _host);
        return new ProfileSession(FramePruning.DropFrames(last.Profile), _options)
        {
            Title = last.Title,
            Base = numbers.Length == 1 ? null : FramePruning.DropFrames(first.Profile),
            BaseTitle = first.Title,
            Sources = report => new LocalSources(report, _host, folders.Contain),
            TimeZone = _host.TimeZone,
        };
    }

    public void Dispose() => _service?.Dispose();

    private (string Title, Profile Profile)? Find(string number)
    {
        lock (_lock)
        {
            return int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int known) && _captures.TryGetValue(known, out (string, Profile) found) ? found : null;
        }
    }

    private async Task<Profile> FetchAsync(string path, CancellationToken cancellation)
    {
        try
        {
            _service ??= await RunningService.FindAsync(RunningService.AddressOf(_target), _timeout, TimeProvider.System, cancellation).ConfigureAwait(false);
            FetchResult result = await _service.FetchAsync(path, cancellation).ConfigureAwait(false);
            return result is FetchedBody body
                ? await Task.Run(() => ProfileReader.Read(body.Bytes, Plumb.Collectors.Recording.SnapshotDecoder.Limits), cancellation).ConfigureAwait(false)
                : throw new LiveCaptureException(result.ToString()!, "Is this profile switched on in the service? Another kind may be there.");
        }
        catch (LeaksException refused)
        {
            throw new LiveCaptureException(refused.Message, refused.Advice ?? "Try again when the service answers.");
        }
        catch (ProfileFormatException malformed)
        {
            throw new LiveCaptureException($"what the service sent is no profile: {malformed.Message}", "Choose another kind.");
        }
    }
}
