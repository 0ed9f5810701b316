namespace Plumb.Collectors.Loading.Requests;

/// <summary>The requests of a load, and how often each of them is sent.</summary>
/// <remarks>
/// Which request comes next depends on its number alone, so that two loads of the same mix are the same load. The numbers are spread
/// by the golden ratio instead of at random: after any number of requests each has had its share, give or take a few.
/// </remarks>
public sealed class RequestMix
{
    private const double GoldenRatio = 0.618033988749894848;

    private readonly double[] _upTo;
    private readonly int[] _originOf;

    private RequestMix(IReadOnlyList<RequestTemplate> requests)
    {
        Requests = requests;
        Origins = requests.Select(request => request.Origin).Distinct().ToArray();
        _originOf = [.. requests.Select(request => Array.IndexOf((Uri[])Origins, request.Origin))];
        _upTo = new double[requests.Count];
        double sum = requests.Sum(request => request.Weight);
        double upTo = 0;
        for (int i = 0; i < _upTo.Length; i++)
        {
            upTo += requests[i].Weight / sum;
            _upTo[i] = upTo;
        }
    }

    public IReadOnlyList<RequestTemplate> Requests { get; }

    /// <summary>The different hosts that are loaded.</summary>
    public IReadOnlyList<Uri> Origins { get; }

    /// <exception cref="ArgumentException">There is no request, there are too many, or they go to too many hosts.</exception>
    public static RequestMix Of(params IReadOnlyList<RequestTemplate> requests)
    {
        ArgumentNullException.ThrowIfNull(requests);
        if (requests.Count is 0 or > RequestLimits.MaxRequests)
        {
            throw new ArgumentException($"a load has from 1 to {RequestLimits.MaxRequests} different requests, not {requests.Count}", nameof(requests));
        }

        return requests.Select(request => request.Origin).Distinct().Count() <= RequestLimits.MaxOrigins
            ? new RequestMix(requests)
            : throw new ArgumentException($"a load goes to {RequestLimits.MaxOrigins} different hosts at most", nameof(requests));
    }

    /// <summary>Which of the requests the one with this number is, from 0.</summary>
    internal int IndexOf(long number)
    {
        if (_upTo.Length == 1)
        {
            return 0;
        }

        double place = number * GoldenRatio;
        int found = Array.BinarySearch(_upTo, place - Math.Floor(place));
        return Math.Min(found >= 0 ? found + 1 : ~found, _upTo.Length - 1);
    }

    internal int OriginOf(int request) => _originOf[request];
}
