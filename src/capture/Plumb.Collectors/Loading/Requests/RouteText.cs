using System.Globalization;

namespace Plumb.Collectors.Loading.Requests;

/// <summary>Reads a list of routes: a path or address to a line, with the method before it when it is not GET; or curl commands.</summary>
public static class RouteText
{
    private const string Remedy = "Write one route to a line: GET /users/{n}, or /health, or a whole address, or a curl command. # begins a comment.";

    /// <param name="text">The list.</param>
    /// <param name="service">What paths are relative to.</param>
    /// <param name="file">Reads the file that the body of a curl command names.</param>
    /// <exception cref="RequestFormatException">A line is no route, or there is none.</exception>
    public static IReadOnlyList<Route> Parse(string text, Uri service, Func<string, ReadOnlyMemory<byte>> file)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Split('\n').Any(line => line.TrimStart().StartsWith("curl ", StringComparison.Ordinal)))
        {
            return Named(CurlText.Parse(text, file));
        }

        List<RequestTemplate> requests = [];
        int number = 0;
        foreach (string line in text.Split('\n'))
        {
            number++;
            string content = line.Trim();
            if (content.Length > 0 && content[0] != '#')
            {
                requests.Add(Parse(content, service, string.Create(CultureInfo.InvariantCulture, $"line {number}")));
            }
        }

        return requests.Count > 0 ? Named(requests) : throw new RequestFormatException("", "there is no route in it", Remedy);
    }

    /// <summary>The path behind the service's own address; what is an address already stays one.</summary>
    internal static string On(Uri service, string target) =>
        target.StartsWith('/') ? service.GetLeftPart(UriPartial.Path).TrimEnd('/') + target : target;

    private static RequestTemplate Parse(string line, Uri service, string place)
    {
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        (string method, string target) = words switch
        {
            [var only] => ("GET", only),
            [var verb, var path] => (verb, path),
            _ => throw new RequestFormatException(place, "it has more than a method and a path", Remedy),
        };
        return RequestTemplate.TryCreate(method, On(service, target), [], null, out RequestTemplate? request, out string? problem)
            ? request
            : throw new RequestFormatException(place, problem, Remedy);
    }

    private static IReadOnlyList<Route> Named(IReadOnlyList<RequestTemplate> requests) =>
        [.. requests.GroupBy(request => request.Name, StringComparer.Ordinal).Select(group => new Route(ShortName(group.First()), [group.First()]))];

    private static string ShortName(RequestTemplate request)
    {
        int path = request.Name.IndexOf('/', request.Name.IndexOf("://", StringComparison.Ordinal) + 3);
        return path < 0 ? request.Name : $"{request.Method} {request.Name[path..]}";
    }
}
