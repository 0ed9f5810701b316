using System.Text.Json;

namespace Plumb.Collectors.Loading.Requests;

/// <summary>Finds method and target in one line: common or combined log format (Apache, nginx, and what imitates them), or a JSON object.</summary>
internal static class AccessLogLine
{
    private const int MaxTarget = 2048;
    private const int MaxMethod = 16;

    // As nginx, Caddy, Traefik, Envoy, Serilog and Go's loggers call them.
    private static readonly string[] s_methods = ["method", "request_method", "RequestMethod", "http_method"];
    private static readonly string[] s_targets = ["uri", "request_uri", "RequestPath", "path", "url", "target", "http_path"];

    /// <summary>The request; null when the line names none.</summary>
    public static (string Method, string Target)? Parse(string line)
    {
        string trimmed = line.TrimStart();
        return trimmed.StartsWith('{') ? OfJson(trimmed) : OfQuoted(trimmed);
    }

    // … "GET /path HTTP/1.1" …: the first quoted text that is a request line, wherever the format puts it.
    private static (string Method, string Target)? OfQuoted(string line)
    {
        for (int open = line.IndexOf('"'); open >= 0;)
        {
            int close = EndOfQuote(line, open + 1);
            if (close < 0)
            {
                return null;
            }

            if (OfRequestLine(line[(open + 1)..close]) is { } request)
            {
                return request;
            }

            open = line.IndexOf('"', close + 1);
        }

        return null;
    }

    private static int EndOfQuote(string line, int from)
    {
        for (int i = from; i < line.Length; i++)
        {
            if (line[i] == '\\')
            {
                i++;
            }
            else if (line[i] == '"')
            {
                return i;
            }
        }

        return -1;
    }

    private static (string Method, string Target)? OfRequestLine(string text) =>
        text.Split(' ') is [var method, var target, var protocol] && protocol.StartsWith("HTTP/", StringComparison.Ordinal) ? Checked(method, target) : null;

    private static (string Method, string Target)? OfJson(string line)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 16 });
            JsonElement root = document.RootElement;
            JsonElement nested = Find(root, ["request"]) ?? Find(root, ["httpRequest", "http"]) ?? root;
            if (nested.ValueKind == JsonValueKind.String)
            {
                return OfRequestLine(nested.GetString()!) ?? OfFields(root);
            }

            return OfFields(nested) ?? OfFields(root);
        }
        catch (JsonException)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            // A string with half a surrogate pair.
            return null;
        }
    }

    private static (string Method, string Target)? OfFields(JsonElement fields)
    {
        string? target = Text(Find(fields, s_targets));
        return target is null ? null : Checked(Text(Find(fields, s_methods)) ?? "GET", target);
    }

    private static string? Text(JsonElement? value) => value is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static JsonElement? Find(JsonElement fields, string[] names)
    {
        if (fields.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        foreach (string name in names)
        {
            foreach (JsonProperty field in fields.EnumerateObject())
            {
                if (field.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                {
                    return field.Value;
                }
            }
        }

        return null;
    }

    private static (string Method, string Target)? Checked(string method, string target)
    {
        // Proxies log the whole address; which host it was does not matter here.
        if (!target.StartsWith('/') && Uri.TryCreate(target, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https")
        {
            target = new Uri(target).PathAndQuery;
        }

        bool isRequest = method.Length is > 0 and <= MaxMethod && method.All(char.IsAsciiLetterUpper)
            && target.Length is > 0 and <= MaxTarget && target[0] == '/' && !target.Any(char.IsControl) && !target.Contains(' ', StringComparison.Ordinal);
        return isRequest ? (method, target) : null;
    }
}
