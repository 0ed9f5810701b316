using System.Diagnostics;
using System.Diagnostics.Tracing;
using System.Globalization;
using Microsoft.Diagnostics.NETCore.Client;
using Plumb.Profiles;
using Plumb.Runtime.NetTrace;
using Plumb.Runtime.Processes;

namespace Plumb.Runtime.Events;

/// <summary>A profile that counts events of the runtime within a time.</summary>
internal sealed class EventCapture
{
    private static readonly SampleType Contentions = new("contentions", "count");
    private static readonly SampleType Delay = new("delay", "nanoseconds");

    private EventCapture()
    {
    }

    public static EventCapture Mutex { get; } = new()
    {
        Provider = EventSession.OfRuntime(RuntimeEvents.ContentionKeyword, EventLevel.Informational),
        NewSink = target => new WaitSink(thread => ThreadName(target, thread)),
        Types = [Contentions, Delay],
        Label = "owner",
        Counted = "waits for locks",
    };

    public static EventCapture Block { get; } = new()
    {
        // Waits for handles are told at the most talkative level only.
        Provider = EventSession.OfRuntime(RuntimeEvents.ContentionKeyword | RuntimeEvents.WaitHandleKeyword, EventLevel.Verbose),
        NewSink = _ => new WaitSink(),
        Types = [Contentions, Delay],
        Label = "kind",
        Counted = "waits",
    };

    public static EventCapture Exceptions { get; } = new()
    {
        Provider = EventSession.OfRuntime(RuntimeEvents.ExceptionKeyword, EventLevel.Error),
        NewSink = _ => new CountSink(RuntimeEvents.ExceptionThrown, startsWithType: true),
        Types = [new("exceptions", "count")],
        Label = "type",
        Counted = "exceptions",
    };

    public static EventCapture ThreadCreation { get; } = new()
    {
        Provider = EventSession.OfRuntime(RuntimeEvents.ThreadingKeyword, EventLevel.Informational),
        NewSink = _ => new CountSink(RuntimeEvents.ThreadCreating, startsWithType: false),
        Types = [new("threadcreate", "count")],
        Counted = "threads created",
    };

    public required EventPipeProvider Provider { get; init; }

    public required Func<TargetProcess, EventSink> NewSink { get; init; }

    public required SampleType[] Types { get; init; }

    public required string Counted { get; init; }

    public string Label { get; init; } = "";

    public async Task<Profile> RunAsync(TargetProcess target, TimeSpan duration, TimeProvider time, CancellationToken stop)
    {
        EventSink sink = NewSink(target);
        DateTimeOffset start = time.GetUtcNow();
        long end = 0;
        await EventSession.CaptureAsync(target, [Provider], trace => NetTraceReader.Read(trace, sink), WaitAsync, stop).ConfigureAwait(false);
        sink.End(end);

        var header = new ProfileHeader
        {
            SampleTypes = [.. Types],
            DefaultSampleType = Types[^1].Type,
            PeriodType = Types[0],
            Period = 1,
            TimeNanos = start.ToUnixTimeMilliseconds() * 1_000_000,
            DurationNanos = (long)duration.TotalNanoseconds,
            Comments = [.. Comments(sink, duration)],
        };
        return EventProfile.Build(target, sink, header, Label, (count, nanos) => Types.Length == 1 ? [count] : [count, nanos]);

        async Task WaitAsync(CancellationToken over)
        {
            await Task.Delay(duration, time, over).ConfigureAwait(false);
            end = Stopwatch.GetTimestamp();
        }
    }

    // While it lives: a pool's threads do.
    private static string ThreadName(TargetProcess target, ulong thread)
    {
        string number = thread.ToString(CultureInfo.InvariantCulture);
        return !target.HasOtherNumbers && SystemFile.Text($"{target.Folder}/task/{number}/comm") is { } name ? $"{name.Trim()} {number}" : $"thread {number}";
    }

    // An empty profile says that nothing happened, not that nothing was seen.
    private IEnumerable<string> Comments(EventSink sink, TimeSpan duration)
    {
        long count = sink.Totals.Rows.Values.Sum(row => row.Count);
        yield return string.Create(CultureInfo.InvariantCulture, $"{count} {Counted} in {duration.TotalSeconds:0.###} s, by the runtime's events");
        if (sink.Totals.Lost > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"{sink.Totals.Lost} lost: no room");
    }
}
