using System.Text;

namespace Plumb.Collectors.Loading.Requests;

/// <summary>What one curl command line asks for. The options are those of curl 8's manual.</summary>
internal sealed class CurlCommand
{
    private const string FormType = "application/x-www-form-urlencoded";

    // What is about output, speed or comfort, and changes nothing in the request.
    private static readonly HashSet<string> s_ignored =
    [
        "-s", "--silent", "-S", "--show-error", "-v", "--verbose", "-i", "--include", "-f", "--fail", "--fail-with-body", "-N", "--no-buffer", "-#",
        "--progress-bar", "--no-progress-meter", "-O", "--remote-name", "-g", "--globoff", "--http1.1", "--http2", "--http2-prior-knowledge", "-k",
        "--insecure", "--no-keepalive", "--tcp-nodelay", "--path-as-is",
    ];

    private static readonly HashSet<string> s_ignoredWithValue =
    [
        "-o", "--output", "-w", "--write-out", "-m", "--max-time", "--connect-timeout", "--retry", "--retry-delay", "--retry-max-time",
    ];

    // Short options whose value may stand right behind the letter: -XPOST, -d'x'.
    private const string ShortWithValue = "XHduAebomw";

    private readonly ShellCommand _command;
    private readonly Func<string, ReadOnlyMemory<byte>> _file;
    private readonly List<string> _addresses = [];
    private readonly List<(string Name, string Value)> _headers = [];
    private readonly List<byte[]> _data = [];
    private readonly Queue<string> _rest;
    private string? _method;
    private string? _type;
    private bool _isHead;
    private bool _isGet;
    private bool _isFile;

    public CurlCommand(ShellCommand command, Func<string, ReadOnlyMemory<byte>> file)
    {
        _command = command;
        _file = file;
        _rest = new Queue<string>(command.Words);
    }

    public IEnumerable<RequestTemplate> Requests()
    {
        if (_rest.Dequeue() is not "curl" and var program)
        {
            throw Wrong($"'{program}' is not curl", "Each command begins with the word curl; a comment begins with #.");
        }

        while (_rest.TryDequeue(out string? word))
        {
            foreach (string option in Separated(word))
            {
                Apply(option);
            }
        }

        return _addresses.Count > 0 ? _addresses.Select(Make).ToList() : throw Wrong("there is no address", "Name the URL: curl http://localhost:8080/");
    }

    // -sSf is -s -S -f, and -XPOST is -X with its value.
    private IEnumerable<string> Separated(string word)
    {
        if (word.Length <= 2 || word[0] != '-' || word[1] == '-')
        {
            yield return word;
            yield break;
        }

        for (int i = 1; i < word.Length; i++)
        {
            if (ShortWithValue.Contains(word[i], StringComparison.Ordinal) && i + 1 < word.Length)
            {
                Prepend(word[(i + 1)..]);
                yield return $"-{word[i]}";
                yield break;
            }

            yield return $"-{word[i]}";
        }
    }

    private void Prepend(string value)
    {
        string[] rest = [.. _rest];
        _rest.Clear();
        _rest.Enqueue(value);
        foreach (string word in rest)
        {
            _rest.Enqueue(word);
        }
    }

    private void Apply(string word)
    {
        (string option, string? inline) = word.StartsWith("--", StringComparison.Ordinal) && word.Split('=', 2) is [var name, var value] ? (name, value) : (word, null);
        if (s_ignored.Contains(option) || (s_ignoredWithValue.Contains(option) && (inline ?? Value(option)).Length >= 0))
        {
            return;
        }

        switch (option)
        {
            case "-X" or "--request":
                _method = inline ?? Value(option);
                break;
            case "-H" or "--header":
                AddHeader(inline ?? Value(option));
                break;
            case "-d" or "--data" or "--data-ascii" or "--data-raw" or "--data-binary" or "--data-urlencode" or "--json":
                AddData(option, inline ?? Value(option));
                break;
            case "-u" or "--user":
                _headers.Add(("Authorization", RequestTemplate.BasicOf(inline ?? Value(option))));
                break;
            case "-A" or "--user-agent":
                _headers.Add(("User-Agent", inline ?? Value(option)));
                break;
            case "-e" or "--referer":
                _headers.Add(("Referer", inline ?? Value(option)));
                break;
            case "-b" or "--cookie":
                AddCookie(inline ?? Value(option));
                break;
            case "--compressed":
                _headers.Add(("Accept-Encoding", "deflate, gzip, br, zstd"));
                break;
            case "-I" or "--head":
                _isHead = true;
                break;
            case "-G" or "--get":
                _isGet = true;
                break;
            case "--url":
                _addresses.Add(inline ?? Value(option));
                break;
            case "-L" or "--location":
                throw Wrong($"{option} follows redirects, which a load does not", "Leave it out, and name the address that the redirect leads to.");
            case "-F" or "--form":
                throw Wrong($"{option} makes a multipart form, which a load does not", "Record the body and send it with --data-binary @FILE and its Content-Type.");
            default:
                if (option.StartsWith('-'))
                {
                    throw Wrong($"the option {option} is not known", "Leave it out if it does not change the request.");
                }

                _addresses.Add(word);
                break;
        }
    }

    private string Value(string option) =>
        _rest.TryDequeue(out string? value) ? value : throw Wrong($"{option} lacks its value", "Write the value behind the option.");

    private void AddHeader(string header)
    {
        int colon = header.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || header.StartsWith('@'))
        {
            throw Wrong($"'{header}' is no header", "Write a header as -H 'Name: value'.");
        }

        // Browsers copy what frames their own connection, and pseudo-headers of HTTP/2; both are the load's to write.
        string name = header[..colon].Trim();
        string value = header[(colon + 1)..].Trim();
        if (value.Length > 0 && !name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase) && !name.Equals("Connection", StringComparison.OrdinalIgnoreCase))
        {
            _headers.Add((name, value));
        }
    }

    private void AddCookie(string cookie) => _headers.Add(cookie.Contains('=', StringComparison.Ordinal)
        ? ("Cookie", cookie)
        : throw Wrong("cookies from a file are not read", "Write them out: -b 'name=value'."));

    private void AddData(string option, string value)
    {
        _type ??= option == "--json" ? "application/json" : FormType;
        if (option == "--json")
        {
            _headers.Add(("Accept", "application/json"));
        }

        if (option == "--data-urlencode")
        {
            int equals = value.IndexOf('=', StringComparison.Ordinal);
            value = equals < 0 ? Uri.EscapeDataString(value) : value[..(equals + 1)] + Uri.EscapeDataString(value[(equals + 1)..]);
        }
        else if (value.StartsWith('@') && option != "--data-raw")
        {
            AddFile(option, value[1..]);
            return;
        }

        _data.Add(Encoding.UTF8.GetBytes(value));
    }

    private void AddFile(string option, string name)
    {
        ReadOnlySpan<byte> content = _file(name).Span;
        _isFile = true;
        // As curl does: only --data-binary and --json keep the ends of lines.
        _data.Add(option is "--data-binary" or "--json" ? content.ToArray() : Array.FindAll(content.ToArray(), b => b is not ((byte)'\r' or (byte)'\n')));
    }

    private RequestTemplate Make(string address)
    {
        byte[] data = [.. _data.SelectMany((part, i) => i == 0 ? part : [(byte)'&', .. part])];
        bool inQuery = _isGet && _data.Count > 0;
        bool hasBody = _data.Count > 0 && !inQuery;
        if (inQuery)
        {
            address += (address.Contains('?', StringComparison.Ordinal) ? "&" : "?") + Encoding.UTF8.GetString(data);
        }

        if (hasBody && !_headers.Any(header => header.Name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)))
        {
            _headers.Add(("Content-Type", _type!));
        }

        string method = _method ?? (_isHead ? "HEAD" : hasBody ? "POST" : "GET");
        // A body from a file is sent as it is; one that was written here may hold places that vary.
        TextTemplate? body = !hasBody ? null : _isFile ? TextTemplate.Literal(data) : TextTemplate.Parse(Encoding.UTF8.GetString(data));
        string absolute = address.Contains("://", StringComparison.Ordinal) ? address : "http://" + address;
        return RequestTemplate.TryCreate(method, absolute, _headers, body, out RequestTemplate? request, out string? problem)
            ? request
            : throw Wrong(problem, "Correct it, or leave the command out.");
    }

    private RequestFormatException Wrong(string problem, string remedy) => new($"line {_command.Line}", problem, remedy);
}
