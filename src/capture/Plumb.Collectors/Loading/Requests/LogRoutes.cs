namespace Plumb.Collectors.Loading.Requests;

/// <summary>Groups the requests of an access log into routes: paths that differ only in what looks like an id are one.</summary>
public static class LogRoutes
{
    private const int MaxRequestsPerRoute = 50;
    private const int LeastHexId = 8;
    private const int LongSegment = 24;

    /// <summary>The routes, the most frequent first.</summary>
    /// <param name="log">What was requested.</param>
    /// <param name="service">Where it is to be requested.</param>
    public static IReadOnlyList<Route> Of(AccessLog log, Uri service)
    {
        ArgumentNullException.ThrowIfNull(log);
        return [.. log.Entries.GroupBy(entry => $"{entry.Method} {Pattern(entry.Target)}", StringComparer.Ordinal)
            .OrderByDescending(group => group.Sum(entry => entry.Count))
            .Select(group => new Route(group.Key, [.. group.Take(MaxRequestsPerRoute).SelectMany(entry => RequestOf(entry, service))]))
            .Where(route => route.Requests.Count > 0)];
    }

    private static IEnumerable<RequestTemplate> RequestOf(AccessLogEntry entry, Uri service)
    {
        // What a log says is literal: it was some client's choice.
        string target = entry.Target.Replace("{", "%7B", StringComparison.Ordinal).Replace("~", "%7E", StringComparison.Ordinal);
        return RequestTemplate.TryCreate(entry.Method, RouteText.On(service, target), [], null, out RequestTemplate? request, out _) ? [request] : [];
    }

    private static string Pattern(string target)
    {
        int query = target.IndexOf('?', StringComparison.Ordinal);
        string path = query < 0 ? target : target[..query];
        return string.Join('/', path.Split('/').Select(segment => IsId(segment) ? "{id}" : segment));
    }

    private static bool IsId(string segment)
    {
        if (segment.Length == 0)
        {
            return false;
        }

        bool hasDigit = segment.Any(char.IsAsciiDigit);
        return segment.All(char.IsAsciiDigit)
            || Guid.TryParse(segment, out _)
            || (hasDigit && segment.Length >= LeastHexId && segment.All(char.IsAsciiHexDigit))
            || (hasDigit && segment.Length >= LongSegment);
    }
}
