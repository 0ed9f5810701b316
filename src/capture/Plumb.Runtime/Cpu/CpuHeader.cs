using Plumb.Profiles;

namespace Plumb.Runtime.Cpu;

/// <summary>How a CPU profile begins, however it was taken: as Go's does, with samples and nanoseconds.</summary>
internal static class CpuHeader
{
    /// <param name="period">Between two samples of a thread.</param>
    /// <param name="comments">How it was taken, and what is missing from it.</param>
    public static ProfileHeader Of(DateTimeOffset start, TimeSpan duration, TimeSpan period, IEnumerable<string> comments) => new()
    {
        SampleTypes = [SampleType.Samples, SampleType.Cpu],
        DefaultSampleType = SampleType.Cpu.Type,
        PeriodType = SampleType.Cpu,
        Period = (long)period.TotalNanoseconds,
        TimeNanos = start.ToUnixTimeMilliseconds() * 1_000_000,
        DurationNanos = (long)duration.TotalNanoseconds,
        Comments = [.. comments],
    };
}
