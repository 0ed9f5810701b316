namespace Plumb.Collectors.Loading;

/// <summary>When each request of a load is due: evenly spaced, and independent of how fast the answers come (an open loop).</summary>
internal readonly record struct LoadSchedule(double RatePerSecond, long? MaxRequests, TimeSpan? Duration)
{
    /// <summary>When request <paramref name="index"/> is due, from the start; null when the load ends before it.</summary>
    public TimeSpan? Due(long index)
    {
        double seconds = index / RatePerSecond;
        bool beyond = index >= (MaxRequests ?? long.MaxValue) || seconds >= (Duration ?? TimeSpan.MaxValue).TotalSeconds;
        return beyond ? null : TimeSpan.FromSeconds(seconds);
    }

    /// <summary>How many requests are due once <paramref name="elapsed"/> has passed.</summary>
    public long DueBy(TimeSpan elapsed)
    {
        TimeSpan until = Duration is { } duration && duration < elapsed ? duration : elapsed;
        long due = until < TimeSpan.Zero ? 0 : (long)(until.TotalSeconds * RatePerSecond) + 1;
        return Math.Min(due, MaxRequests ?? long.MaxValue);
    }
}
