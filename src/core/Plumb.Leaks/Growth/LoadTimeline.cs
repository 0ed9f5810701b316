namespace Plumb.Leaks.Growth;

/// <summary>When each point of a series was taken, and how much work the service had done by then.</summary>
public sealed class LoadTimeline
{
    private readonly double[] _seconds;
    private readonly double[]? _requests;
    private readonly double[]? _rates;

    private LoadTimeline(double[] seconds, double[]? requests)
    {
        _seconds = seconds;
        _requests = requests;
        _rates = requests is null ? null : RatesOf(seconds, requests);
    }

    /// <summary>Seconds since the first point, rising.</summary>
    public ReadOnlySpan<double> Seconds => _seconds;

    /// <summary>Requests served since the process started; empty when nobody counted them.</summary>
    public ReadOnlySpan<double> Requests => _requests;

    /// <summary>Requests per second in the interval that ends at each point; empty when nobody counted them.</summary>
    public ReadOnlySpan<double> Rates => _rates;

    public bool KnowsRequests => _requests is not null;

    public int Count => _seconds.Length;

    public double DurationSeconds => _seconds.Length == 0 ? 0 : _seconds[^1] - _seconds[0];

    /// <param name="seconds">Rising times.</param>
    /// <param name="requests">Counter values, NaN where one is missing; null or mostly missing means unknown.</param>
    public static LoadTimeline From(IReadOnlyList<double> seconds, IReadOnlyList<double>? requests = null)
    {
        if (requests is not null && requests.Count != seconds.Count)
            throw new ArgumentException("requests must have one value for each point in time", nameof(requests));
        var times = seconds.ToArray();
        for (var i = 1; i < times.Length; i++)
        {
            if (!(times[i] > times[i - 1])) throw new ArgumentException("times must rise", nameof(seconds));
        }

        return new LoadTimeline(times, requests is null ? null : Filled(times, requests.ToArray()));
    }

    /// <summary>The points with these indices, in this order.</summary>
    public LoadTimeline At(ReadOnlySpan<int> indices) => new(Pick(_seconds, indices), _requests is null ? null : Pick(_requests, indices));

    internal static double[] Pick(ReadOnlySpan<double> values, ReadOnlySpan<int> indices)
    {
        var picked = new double[indices.Length];
        for (var i = 0; i < indices.Length; i++) picked[i] = values[indices[i]];
        return picked;
    }

    // A scrape that failed leaves a hole; a counter between two known values is known well enough.
    private static double[]? Filled(double[] seconds, double[] requests)
    {
        var known = new List<int>();
        for (var i = 0; i < requests.Length; i++)
        {
            if (double.IsFinite(requests[i])) known.Add(i);
        }

        if (known.Count < 3 || known.Count * 2 < requests.Length) return null;
        for (var i = 0; i < requests.Length; i++)
        {
            if (!double.IsFinite(requests[i])) requests[i] = Interpolated(seconds, requests, known, i);
        }

        return requests;
    }

    private static double Interpolated(double[] seconds, double[] requests, List<int> known, int at)
    {
        var right = known.FindIndex(i => i > at);
        var after = right <= 0 ? (right == 0 ? known[1] : known[^1]) : known[right];
        var before = right <= 0 ? (right == 0 ? known[0] : known[^2]) : known[right - 1];
        var slope = (requests[after] - requests[before]) / (seconds[after] - seconds[before]);
        return requests[before] + slope * (seconds[at] - seconds[before]);
    }

    private static double[] RatesOf(double[] seconds, double[] requests)
    {
        var rates = new double[seconds.Length];
        for (var i = 1; i < rates.Length; i++)
            rates[i] = Math.Max(0, requests[i] - requests[i - 1]) / (seconds[i] - seconds[i - 1]);
        // Nothing is known about the interval before the first point: the nearest guess is the one after it.
        if (rates.Length > 1) rates[0] = rates[1];
        return rates;
    }
}
