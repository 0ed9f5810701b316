using System.Numerics;

namespace Plumb.Collectors.Loading;

/// <summary>Counts latencies in buckets that are at most 1/64 of their value wide, in constant memory (about 14 KiB). Recording is safe
/// from many threads; a copy taken meanwhile is a moment's view.</summary>
/// <remarks>The idea of HdrHistogram: microseconds up to 64 are exact, then 64 buckets for each doubling, up to about an hour.</remarks>
public sealed class LatencyHistogram
{
    private const int BucketsPerDoubling = 64;
    private const int BucketBits = 6;
    private const int Doublings = 26;
    private const long MaxMicros = (1L << (BucketBits + Doublings)) - 1;

    private readonly long[] _counts;

    public LatencyHistogram()
        : this(new long[BucketsPerDoubling * (Doublings + 1)])
    {
    }

    private LatencyHistogram(long[] counts) => _counts = counts;

    /// <summary>How many latencies were recorded.</summary>
    public long Count
    {
        get
        {
            long count = 0;
            foreach (long one in _counts)
            {
                count += one;
            }

            return count;
        }
    }

    /// <summary>Counts one latency; a negative one as zero, one beyond the range as the largest.</summary>
    public void Record(TimeSpan latency)
    {
        long micros = Math.Clamp((long)latency.TotalMicroseconds, 0, MaxMicros);
        Interlocked.Increment(ref _counts[IndexOf(micros)]);
    }

    /// <summary>What is recorded now, as a histogram of its own.</summary>
    public LatencyHistogram Copy() => new((long[])_counts.Clone());

    /// <summary>What came after <paramref name="earlier"/>, a copy of this histogram.</summary>
    public LatencyHistogram Since(LatencyHistogram earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        LatencyHistogram difference = Copy();
        for (int i = 0; i < difference._counts.Length; i++)
        {
            difference._counts[i] -= earlier._counts[i];
        }

        return difference;
    }

    /// <summary>The latency that a share of the recorded ones does not exceed, at most 1/64 too high; null when nothing is recorded.</summary>
    /// <param name="share">From 0 to 1: 0.95 for the 95th percentile.</param>
    public TimeSpan? Quantile(double share)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        long count = Count;
        if (count == 0)
        {
            return null;
        }

        long rank = Math.Max(1, (long)Math.Ceiling(share * count));
        for (int i = 0; i < _counts.Length; i++)
        {
            rank -= _counts[i];
            if (rank <= 0)
            {
                return TimeSpan.FromMicroseconds(HighestOf(i));
            }
        }

        return TimeSpan.FromMicroseconds(MaxMicros);
    }

    private static int IndexOf(long micros)
    {
        if (micros < BucketsPerDoubling)
        {
            return (int)micros;
        }

        int doubling = BitOperations.Log2((ulong)micros) - BucketBits;
        return ((doubling + 1) * BucketsPerDoubling) + (int)((micros >> doubling) - BucketsPerDoubling);
    }

    private static long HighestOf(int index)
    {
        if (index < BucketsPerDoubling)
        {
            return index;
        }

        int doubling = (index / BucketsPerDoubling) - 1;
        long lowest = (long)(BucketsPerDoubling + (index % BucketsPerDoubling)) << doubling;
        return lowest + (1L << doubling) - 1;
    }
}
