using System.Globalization;
using System.Text.Json;
using Plumb.Collectors.Watching;
using Plumb.Leaks.Diagnoses;
using Plumb.Leaks.Watching;

namespace Plumb.Cli.Watch.Json;

/// <summary>Writes the lines of <c>docs/formats/watch-json.md</c>.</summary>
internal static class WatchJson
{
    private const int Schema = 1;
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public static string Sample(WatchSample sample) => JsonSerializer.Serialize(
        new SampleLine
        {
            Kind = "sample",
            At = Time(sample.At),
            Answered = sample.IsAnswered,
            HeapInUseBytes = Known(sample.HeapInUseBytes),
            HeapIdleBytes = Known(sample.HeapIdleBytes),
            SystemBytes = Known(sample.SystemBytes),
            NextCollectionBytes = Known(sample.NextCollectionBytes),
            ResidentBytes = Known(sample.ResidentBytes),
            Goroutines = Known(sample.Goroutines),
            Threads = Known(sample.Threads),
            Descriptors = Known(sample.Descriptors),
            Connections = sample.Connections,
            Cores = Known(sample.Cores),
            RequestsPerSecond = Known(sample.RequestsPerSecond),
            Collections = Known(sample.Collections),
            PauseSeconds = Known(sample.PauseSeconds),
            MemoryLimitBytes = Known(sample.MemoryLimitBytes),
            DescriptorLimit = Known(sample.DescriptorLimit),
            ProcessId = Known(sample.ProcessId),
        },
        WatchJsonContext.Default.SampleLine);

    public static string Event(WatchEvent happened) => JsonSerializer.Serialize(
        new EventLine(NameOf(happened.Kind), Time(happened.At), happened.Text, happened.Folder, happened.Finding is { } finding ? LeakOf(finding) : null),
        WatchJsonContext.Default.EventLine);

    public static string End(WatchOutcome outcome, DateTimeOffset at) => JsonSerializer.Serialize(
        new EndLine(
            "end",
            Time(at),
            NameOf(outcome.Verdict),
            outcome.View.Growth.Reason,
            outcome.Took.TotalSeconds,
            outcome.View.Snapshots,
            [.. outcome.View.Growth.Leaks.Select(leak => LeakOf(leak.Finding))],
            outcome.Captures),
        WatchJsonContext.Default.EndLine);

    /// <summary>What a capture's folder says of itself.</summary>
    public static string Why(WatchView view, string reason, DateTimeOffset at) => JsonSerializer.Serialize(
        new WhyDocument(
            Schema, view.Target, Time(at), reason, Time(view.Started), NameOf(view.Growth.Verdict), [.. view.Growth.Leaks.Select((WatchedLeak leak) => LeakOf(leak.Finding))]),
        WatchJsonContext.Default.WhyDocument) + "\n";

    private static WatchedLeakDocument LeakOf(Finding finding) => new(
        finding.Function,
        finding.File,
        finding.Line > 0 ? finding.Line : null,
        finding.Pattern,
        finding.Title,
        finding.Resources,
        finding.Unit,
        Known(finding.PerSecond),
        finding.PerRequest is { } each ? Known(each) : null,
        finding.Confidence);

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    private static double? Known(double value) => double.IsFinite(value) ? value : null;

    private static string NameOf(WatchEventKind kind) => kind switch
    {
        WatchEventKind.Leak => "leak",
        WatchEventKind.Capture => "capture",
        WatchEventKind.Captured => "captured",
        WatchEventKind.Restart => "restart",
        WatchEventKind.Lost => "lost",
        WatchEventKind.Back => "back",
        _ => "note",
    };

    private static string NameOf(LeakVerdict verdict) => verdict switch
    {
        LeakVerdict.Leak => "leak",
        LeakVerdict.Suspicious => "suspicious",
        LeakVerdict.Inconclusive => "inconclusive",
        _ => "none",
    };
}
