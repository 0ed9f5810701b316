using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
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
    private const int MaxPageBytes = 1 << 20;
    private const string IndexPath = "/debug/pprof/";
    private const string CpuProfile = "profile";
    private const int CpuProfileSeconds = 30;

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

        return Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) && uri.Scheme is ("http" or "https") && HasHost(uri)
            ? uri
            : throw new SourceException("not a URL that profiles can be fetched from");
    }

    // That a name has characters which no host may have shows only when it is put into ASCII.
    private static bool HasHost(Uri uri)
    {
        try
        {
            return uri.IdnHost.Length > 0;
        }
        catch (UriFormatException)
        {
            return false;
        }
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

        if (uri.AbsolutePath == "/")
            uri = WithoutName(uri, url, isInsecure);

        (uri, int? seconds) = WithSeconds(uri, _arguments.Seconds);
        int timeout = _arguments.Timeout ?? (seconds is { } given ? given + (given / 2) : DefaultTimeoutSeconds);
        Say($"Fetching profile over HTTP from {WithoutPassword(uri)}");
        if (_arguments.Seconds is { } wait)
            Say($"Please wait... ({wait}s)");
        else if (seconds is null && uri.AbsolutePath == IndexPath + CpuProfile)
            Say($"Please wait... ({CpuProfileSeconds}s, unless -seconds says otherwise)");

        Answer answer = GetProfile(url, uri, timeout, isInsecure);
        if (IsExecutionTrace(answer.Body))
            throw new SourceException("this is an execution trace, and no profile; go tool trace reads it");

        if (!answer.IsPage)
            return ProfileReader.Read(answer.Body);

        // A login page is a likely slip, and its text would make a poor error.
        throw Index(url, uri, answer) is { } index
            ? new ProfileListException(index)
            : new SourceException("the server answered with a web page; name a profile there, such as /debug/pprof/heap");
    }

    // Whoever mistypes the name of a profile is told those that there are.
    private Answer GetProfile(string url, Uri uri, int timeout, bool isInsecure)
    {
        try
        {
            return Get(uri, timeout, isInsecure, ProfileLimits.Default.MaxInputBytes);
        }
        catch (SourceException missing) when (missing.IsNotFound && uri.AbsolutePath.Contains(IndexPath, StringComparison.Ordinal))
        {
            if (IndexBeside(url, uri, isInsecure) is { } index)
                throw new SourceException($"{missing.Message}; the service has {string.Join(", ", index.Names)}");

            throw;
        }
    }

    private ProfileIndex? IndexBeside(string url, Uri uri, bool isInsecure)
    {
        var folder = new Uri(uri, ".");
        try
        {
            Answer answer = Get(folder, _arguments.Timeout ?? DefaultTimeoutSeconds, isInsecure, MaxPageBytes);
            return answer.IsPage ? Index(url, folder, answer) : null;
        }
        catch (SourceException)
        {
            return null;
        }
    }

    // Whoever says how long means CPU time, which is also what go tool pprof takes. Otherwise the service may say what it has.
    private Uri WithoutName(Uri uri, string url, bool isInsecure)
    {
        Uri index = new UriBuilder(uri) { Path = IndexPath }.Uri;
        if (_arguments.Seconds is not null)
            return new Uri(index, CpuProfile);

        try
        {
            Answer answer = Get(index, _arguments.Timeout ?? DefaultTimeoutSeconds, isInsecure, MaxPageBytes);
            if (answer.IsPage && Index(url, index, answer) is { } found)
                throw new ProfileListException(found);
        }
        catch (SourceException)
        {
            // Then the address itself may be a profile, as it is to pprof.
        }

        return uri;
    }

    // The runtime's traces begin with "go 1.19 trace".
    private static bool IsExecutionTrace(ReadOnlySpan<byte> body) =>
        body.StartsWith("go 1."u8) && body[..Math.Min(body.Length, 16)].IndexOf(" trace"u8) > 0;

    private static ProfileIndex? Index(string url, Uri page, Answer answer)
    {
        if (answer.Body.Length > MaxPageBytes)
            return null;

        string scheme = url.StartsWith(InsecureScheme, StringComparison.Ordinal) ? InsecureScheme : $"{page.Scheme}://";
        string path = page.AbsolutePath.EndsWith('/') ? page.AbsolutePath : $"{page.AbsolutePath}/";
        return ProfileIndex.Parse($"{scheme}{page.Authority}{path}", Encoding.UTF8.GetString(answer.Body));
    }

    private static Uri WithoutPassword(Uri uri) => uri.UserInfo.Length == 0 ? uri : new UriBuilder(uri) { UserName = "", Password = "" }.Uri;

    private void Say(FormattableString text) => _host.Error.WriteLine(TerminalText.Escape(FormattableString.Invariant(text)));

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

    private Answer Get(Uri uri, int timeoutSeconds, bool isInsecure, long maxBytes)
    {
        using HttpMessageHandler handler = Handler(isInsecure);
        using var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(timeoutSeconds + GraceSeconds));
        try
        {
            return GetAsync(client, uri, maxBytes, timeout.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            throw new SourceException($"http fetch: no answer within {timeoutSeconds + GraceSeconds} s; -timeout sets how long to wait");
        }
        catch (UriFormatException e)
        {
            // A redirection to a host that nobody can have.
            throw new SourceException($"http fetch: the server leads elsewhere: {e.Message}");
        }
        catch (HttpRequestException e)
        {
            // The certificate that was refused is only named further in.
            throw new SourceException($"http fetch: {e.Message}{(e.InnerException is AuthenticationException inner ? $" {inner.Message}" : "")}");
        }
    }

    private static async Task<Answer> GetAsync(HttpClient client, Uri uri, long maxBytes, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, WithoutPassword(uri));
        if (uri.UserInfo.Length > 0)
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(uri.UserInfo))));

        using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
        using Stream body = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.OK)
            throw new SourceException(await ErrorAsync(response, body, cancellation).ConfigureAwait(false)) { IsNotFound = response.StatusCode == HttpStatusCode.NotFound };

        bool isPage = response.Content.Headers.ContentType?.MediaType == "text/html";
        return new Answer(await ReadAsync(body, maxBytes, cancellation).ConfigureAwait(false), isPage);
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
        // As pprof does: the private authorities of most clusters publish no list of what they revoked, and asking for one would refuse them all.
        var handler = new HttpClientHandler { CheckCertificateRevocationList = false };
        if (_arguments.TlsCertificate.Length > 0)
        {
            handler.ClientCertificates.Add(Load(
                () => X509Certificate2.CreateFromPemFile(Path.Combine(_host.Directory, _arguments.TlsCertificate), Path.Combine(_host.Directory, _arguments.TlsKey)),
                "certificate/key pair specified by -tls_cert and -tls_key"));
        }

        if (isInsecure)
            handler.ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator;
        else if (_arguments.TlsAuthority.Length > 0)
            handler.ServerCertificateCustomValidationCallback = TrustOnly(Load(Authorities, "authorities specified by -tls_ca"));

        return handler;
    }

    private X509Certificate2Collection Authorities()
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(Path.Combine(_host.Directory, _arguments.TlsAuthority));
        return authorities.Count > 0 ? authorities : throw new CryptographicException("there is no certificate in it");
    }

    private static T Load<T>(Func<T> load, string what)
    {
        try
        {
            return load();
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new SourceException($"could not load {what}: {e.Message}");
        }
    }

    private static Func<HttpRequestMessage, X509Certificate2?, X509Chain?, SslPolicyErrors, bool> TrustOnly(X509Certificate2Collection authorities) =>
        (_, certificate, chain, errors) =>
        {
            if (certificate is null || chain is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
                return false;

            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
            return chain.Build(certificate);
        };

    private readonly record struct Answer(byte[] Body, bool IsPage);
}
