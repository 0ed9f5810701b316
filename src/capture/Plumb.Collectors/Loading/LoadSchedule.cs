namespace Plumb.Collectors.Loading;

/// <summary>When each request of a load is due: evenly spaced, and independent of how fast the answers come (an open loop). Without a
/// rate every request is due at once, and the connections set the pace (a closed loop).</summary>
internal readonly record struct LoadSchedule(double? RatePerSecond, long? MaxRequests, TimeSpan? Duration)
{
    /// <summary>When request <paramref name="index"/> is due, from the start; null when the load ends before it.</summary>
    public TimeSpan? Due(long index, TimeSpan elapsed)
    {
        double seconds = RatePerSecond is { } rate ? index / rate : elapsed.TotalSeconds;
        bool beyond = index >= (MaxRequests ?? long.MaxValue) || seconds >= (Duration ?? TimeSpan.MaxValue).TotalSeconds;
        return beyond ? null : TimeSpan.FromSeconds(seconds);
    }

    /// <summary>How many requests are due once <paramref name="elapsed"/> has passed; 0 in a closed loop, where none is ever late.</summary>
    public long DueBy(TimeSpan elapsed)
    {
        if (RatePerSecond is not { } rate)
        {
            return 0;
        }

        TimeSpan until = Duration is { } duration && duration < elapsed ? duration : elapsed;
        long due = until < TimeSpan.Zero ? 0 : (long)(until.TotalSeconds * rate) + 1;
        return Math.Min(due, MaxRequests ?? long.MaxValue);
    }
}
