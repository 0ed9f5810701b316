using System.Globalization;
using Plumb.Profiles;
using Plumb.Runtime.Events;
using Plumb.Runtime.NetTrace;
using Plumb.Runtime.Processes;

namespace Plumb.Runtime.Cpu;

/// <summary>The CPU profile that the runtime's own sampler allows: where the agent is not there.</summary>
/// <param name="why">Why it is this one.</param>
internal sealed class CpuCapture(TargetProcess target, TimeProvider time, string why)
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(1);

    public async Task<Profile> RunAsync(TimeSpan duration, CancellationToken stop)
    {
        var sink = new CpuSink();
        var clocks = new ThreadClocks(target, time);
        DateTimeOffset start = time.GetUtcNow();
        await EventSession.CaptureAsync(target, [EventSession.OfSamples()], trace => NetTraceReader.Read(trace, sink), end => clocks.WatchAsync(duration, end), stop).ConfigureAwait(false);
        if (sink.Events == 0)
            throw new ProfileUnavailableException("the runtime's sampler gave no sample");

        sink.Weigh(clocks);
        ProfileHeader header = CpuHeader.Of(start, duration, Period, Comments(sink));
        return EventProfile.Build(target, sink, header, label: null, (count, nanos) => [count, nanos]);
    }

    private IEnumerable<string> Comments(CpuSink sink)
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"{sink.Events} samples by the runtime's sampler, weighed by the CPU clock of each thread; taken only where threads can be stopped");
        yield return $"not by timers: {why}";
        if (sink.Lost > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"{sink.Lost} samples lost: no room");
    }
}
