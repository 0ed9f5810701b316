using System.Text.Json;

namespace Plumb.Collectors.Loading.Requests;

/// <summary>Reads an OpenAPI 3 document (JSON) into routes with example requests.</summary>
/// <remarks>Of <c>servers</c> only the path is taken: which host is loaded is the user's to say, not the document's.</remarks>
public static class OpenApiRoutes
{
    private static readonly string[] s_methods = ["get", "head", "options", "put", "post", "patch", "delete", "trace"];

    /// <param name="json">The document.</param>
    /// <param name="service">Scheme, host and port, and a path to put before all others.</param>
    /// <exception cref="RequestFormatException">It is no OpenAPI 3 document, or names no path.</exception>
    public static IReadOnlyList<Route> Parse(ReadOnlyMemory<byte> json, Uri service)
    {
        ArgumentNullException.ThrowIfNull(service);
        using JsonDocument document = Open(json);
        try
        {
            return RoutesOf(new OpenApiNode(document.RootElement, document.RootElement), service);
        }
        catch (InvalidOperationException wrong)
        {
            // Whether names are UTF-8, and surrogates come in pairs, shows only when one is read.
            throw new RequestFormatException("", "a name in the document is no Unicode", $"Save it as UTF-8: {wrong.Message}");
        }
    }

    private static List<Route> RoutesOf(OpenApiNode root, Uri service)
    {
        if (root["openapi"]?.Text is not ['3', '.', ..])
        {
            string found = root["swagger"]?.Text is { } swagger ? $"Swagger {swagger}" : "something else";
            throw new RequestFormatException("", $"it is not an OpenAPI 3 document, but {found}", "Give an OpenAPI 3 document in JSON; converters turn Swagger 2 into it.");
        }

        string prefix = PrefixOf(root);
        List<Route> routes = [];
        foreach ((string path, OpenApiNode item) in root["paths"]?.Properties() ?? [])
        {
            foreach (string method in s_methods)
            {
                if (item.Resolved[method] is { } operation)
                {
                    routes.Add(RouteOf(method.ToUpperInvariant(), path, prefix, item.Resolved, operation, service));
                }
            }
        }

        return routes.Count > 0 ? routes : throw new RequestFormatException("paths", "the document names no operation", "Is it the whole document, or only a part of it?");
    }

    private static JsonDocument Open(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 64, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        }
        catch (JsonException wrong)
        {
            throw new RequestFormatException(
                $"line {(wrong.LineNumber ?? 0) + 1}", "the document is not JSON", "Plumb reads OpenAPI in JSON, not in YAML: most services answer both, and converters are at hand.");
        }
    }

    private static string PrefixOf(OpenApiNode root)
    {
        string url = root["servers"]?.Items().FirstOrDefault()?["url"]?.Text ?? "";
        string path = Uri.TryCreate(url, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https" ? new Uri(url).AbsolutePath : url;
        path = path.TrimEnd('/');
        return path.StartsWith('/') && !path.Contains('{', StringComparison.Ordinal) ? path : "";
    }

    private static Route RouteOf(string method, string path, string prefix, OpenApiNode item, OpenApiNode operation, Uri service)
    {
        string target = path;
        List<string> query = [];
        List<(string, string)> headers = [];
        IEnumerable<OpenApiNode> parameters = (item["parameters"]?.Items() ?? []).Concat(operation["parameters"]?.Items() ?? []);
        foreach (OpenApiNode parameter in parameters.Select(one => one.Resolved))
        {
            string name = parameter["name"]?.Text ?? "";
            string value = OpenApiValues.Of(parameter);
            switch (parameter["in"]?.Text)
            {
                case "path":
                    target = target.Replace($"{{{name}}}", Uri.EscapeDataString(value), StringComparison.Ordinal);
                    break;
                case "query" when parameter["required"]?.IsTrue == true:
                    query.Add($"{Uri.EscapeDataString(name)}={Uri.EscapeDataString(value)}");
                    break;
                case "header" when parameter["required"]?.IsTrue == true:
                    headers.Add((name, value));
                    break;
            }
        }

        TextTemplate? body = BodyOf(operation, headers);
        string address = RouteText.On(service, prefix + Literal(target)) + (query.Count > 0 ? "?" + string.Join('&', query) : "");
        return RequestTemplate.TryCreate(method, address, headers, body, out RequestTemplate? request, out string? problem)
            ? new Route($"{method} {path}", [request])
            : throw new RequestFormatException($"paths, {path}, {method}", problem, "Correct the example or default values there.");
    }

    // A path parameter that is described nowhere still needs a value.
    private static string Literal(string target)
    {
        while (target.IndexOf('{', StringComparison.Ordinal) is >= 0 and var open && target.IndexOf('}', open) is >= 0 and var close)
        {
            target = string.Concat(target.AsSpan(0, open), OpenApiValues.Unknown, target.AsSpan(close + 1));
        }

        return target;
    }

    private static TextTemplate? BodyOf(OpenApiNode operation, List<(string, string)> headers)
    {
        if (operation["requestBody"]?.Resolved["content"]?.Properties().FirstOrDefault(one => one.Name.Contains("json", StringComparison.Ordinal)) is not { Name: not null } content)
        {
            return null;
        }

        headers.Add(("Content-Type", content.Name));
        return TextTemplate.Literal(OpenApiValues.JsonOf(content.Node));
    }
}
