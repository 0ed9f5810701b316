using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Plumb.Profiles;

namespace Plumb.Cli.Pprof.Sources;

/// <summary>Fetches profiles from running programs. Only loaded when a source is a URL.</summary>
internal sealed class HttpProfiles
{
    private const string InsecureScheme = "https+insecure://";
    private const int DefaultTimeoutSeconds = 60;
    private const int GraceSeconds = 5;
    private const int MaxErrorBytes = 4096;

    private readonly PprofHost _host;
    private readonly PprofArguments _arguments;
    private readonly ConcurrentDictionary<string, bool> _unverified = new(StringComparer.OrdinalIgnoreCase);

    public HttpProfiles(PprofHost host, PprofArguments arguments)
    {
        _host = host;
        _arguments = arguments;
    }

    /// <summary>The URL that a source means, or null when it is a name of a file: <c>host:port/path</c> is one too.</summary>
    public static string? UrlOf(string source)
    {
        if (source.Contains("://", StringComparison.Ordinal))
            return source;

        int slash = source.IndexOf('/', StringComparison.Ordinal);
        return source.AsSpan(0, slash < 0 ? source.Length : slash).Contains(':') ? $"http://{source}" : null;
    }

    /// <summary>The address that a source's URL means.</summary>
    /// <exception cref="SourceException">It means none.</exception>
    public static Uri Address(string url)
    {
        if (url.StartsWith(InsecureScheme, StringComparison.Ordinal))
            url = $"https://{url[InsecureScheme.Length..]}";

        return Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) && uri.Scheme is ("http" or "https")
            ? uri
            : throw new SourceException("not a URL that profiles can be fetched from");
    }

    /// <summary>Speaks to a server from which a profile was fetched, and trusts it no more and no less than then.</summary>
    public HttpClient Client(Uri address) =>
        new(Handler(_unverified.ContainsKey(address.Authority))) { Timeout = TimeSpan.FromSeconds(_arguments.Timeout ?? DefaultTimeoutSeconds) };

    /// <exception cref="SourceException">The server cannot be reached, or answers with something else.</exception>
    public Profile Fetch(string url)
    {
        Uri uri = Address(url);
        bool isInsecure = url.StartsWith(InsecureScheme, StringComparison.Ordinal);
        if (isInsecure)
            _unverified.TryAdd(uri.Authority, true);

        (uri, int? seconds) = WithSeconds(uri, _arguments.Seconds);
        int timeout = _arguments.Timeout ?? (seconds is { } given ? given + (given / 2) : DefaultTimeoutSeconds);
        _host.Error.WriteLine(TerminalText.Escape($"Fetching profile over HTTP from {uri}"));
        if (_arguments.Seconds is { } wait)
            _host.Error.WriteLine($"Please wait... ({wait}s)");

        return ProfileReader.Read(Get(uri, timeout, isInsecure));
    }

    private static (Uri Uri, int? Seconds) WithSeconds(Uri uri, int? seconds)
    {
        string[] parameters = [.. uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)];
        if (seconds is null)
        {
            string? own = Array.Find(parameters, parameter => parameter.StartsWith("seconds=", StringComparison.Ordinal));
            return (uri, int.TryParse(own?["seconds=".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : null);
        }

        IEnumerable<string> others = parameters.Where(parameter => !parameter.StartsWith("seconds=", StringComparison.Ordinal));
        string query = string.Join('&', [.. others, string.Create(CultureInfo.InvariantCulture, $"seconds={seconds}")]);
        return (new UriBuilder(uri) { Query = query }.Uri, seconds);
    }

    private byte[] Get(Uri uri, int timeoutSeconds, bool isInsecure)
    {
        using HttpMessageHandler handler = Handler(isInsecure);
        using var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(timeoutSeconds + GraceSeconds));
        try
        {
            return GetAsync(client, uri, timeout.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            throw new SourceException($"http fetch: no answer within {timeoutSeconds + GraceSeconds} s; -timeout sets how long to wait");
        }
        catch (HttpRequestException e)
        {
            throw new SourceException($"http fetch: {e.Message}");
        }
    }

    private static async Task<byte[]> GetAsync(HttpClient client, Uri uri, CancellationToken cancellation)
    {
        using HttpResponseMessage response = await client.GetAsync(uri, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
        using Stream body = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.OK)
            throw new SourceException(await ErrorAsync(response, body, cancellation).ConfigureAwait(false));

        // A list of profiles or a login page is a likely slip, and its text would make a poor error.
        if (response.Content.Headers.ContentType?.MediaType == "text/html")
            throw new SourceException("the server answered with a web page; name a profile there, such as /debug/pprof/heap");

        return await ReadAsync(body, ProfileLimits.Default.MaxInputBytes, cancellation).ConfigureAwait(false);
    }

    private static async Task<string> ErrorAsync(HttpResponseMessage response, Stream body, CancellationToken cancellation)
    {
        string status = string.Create(CultureInfo.InvariantCulture, $"server response: {(int)response.StatusCode} {response.ReasonPhrase}");
        if (!response.Headers.Contains("X-Go-Pprof") || response.Content.Headers.ContentType?.MediaType != "text/plain")
            return status;

        // Go's handlers say in words what is wrong, such as a profile that is already running.
        var text = new byte[MaxErrorBytes];
        int count = await body.ReadAtLeastAsync(text, text.Length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
        return $"{status} - {Encoding.UTF8.GetString(text, 0, count).Trim()}";
    }

    private static async Task<byte[]> ReadAsync(Stream body, long limit, CancellationToken cancellation)
    {
        using var target = new MemoryStream();
        var buffer = new byte[64 << 10];
        for (int count; (count = await body.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0;)
        {
            if (target.Length + count > limit)
                throw new SourceException($"the answer is larger than {limit} bytes");

            target.Write(buffer, 0, count);
        }

        return target.ToArray();
    }

    private HttpClientHandler Handler(bool isInsecure)
    {
        var handler = new HttpClientHandler { CheckCertificateRevocationList = !isInsecure };
        if (_arguments.TlsCertificate.Length > 0)
            handler.ClientCertificates.Add(X509Certificate2.CreateFromPemFile(_arguments.TlsCertificate, _arguments.TlsKey));

        if (isInsecure)
            handler.ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator;
        else if (_arguments.TlsAuthority.Length > 0)
            handler.ServerCertificateCustomValidationCallback = TrustOnly(_arguments.TlsAuthority);

        return handler;
    }

    private static Func<HttpRequestMessage, X509Certificate2?, X509Chain?, System.Net.Security.SslPolicyErrors, bool> TrustOnly(string file)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(file);
        return (_, certificate, chain, errors) =>
        {
            if (certificate is null || chain is null || errors.HasFlag(System.Net.Security.SslPolicyErrors.RemoteCertificateNameMismatch))
                return false;

            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
            return chain.Build(certificate);
        };
    }
}
