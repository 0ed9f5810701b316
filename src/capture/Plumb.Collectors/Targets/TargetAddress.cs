using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace Plumb.Collectors.Targets;

/// <summary>What a user wrote as the target, read into addresses that may hold <c>/debug/pprof/</c>.</summary>
/// <remarks>
/// <c>shop:6060</c>, <c>:6060</c>, <c>http://shop:6060/debug/pprof</c> and <c>http://shop:6060/debug/pprof/heap?debug=1</c> all
/// mean the same service. Userinfo (<c>http://user:secret@shop</c>) becomes an Authorization header and appears in no address.
/// </remarks>
public sealed class TargetAddress
{
    private const string PprofPath = "/debug/pprof";

    // What a socket stands for has no port.
    private const string SocketScheme = "http://";

    private TargetAddress(Uri origin, IReadOnlyList<Uri> candidates, AuthenticationHeaderValue? authorization)
    {
        Origin = origin;
        Candidates = candidates;
        Authorization = authorization;
    }

    /// <summary>Scheme, host and port, with a path of <c>/</c>.</summary>
    public Uri Origin { get; }

    /// <summary>Where profiles may be, best guess first; each ends with a slash.</summary>
    public IReadOnlyList<Uri> Candidates { get; }

    /// <summary>Path of a unix socket that is connected to in place of a host and port; null for none.</summary>
    public string? SocketPath { get; private init; }

    internal AuthenticationHeaderValue? Authorization { get; }

    /// <summary>A service that answers on a unix socket of this machine.</summary>
    /// <param name="path">Of the socket.</param>
    /// <param name="name">What it is called where an address is shown; letters, digits and hyphens.</param>
    public static TargetAddress OfSocket(string path, string name)
    {
        var origin = new Uri($"{SocketScheme}{name}/");
        return new TargetAddress(origin, CandidatesOf(origin, "/"), null) { SocketPath = path };
    }

    /// <summary>Reads <paramref name="text"/>; when it is no address, <paramref name="problem"/> says why and what to write.</summary>
    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out TargetAddress? address,
        [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        address = null;
        string trimmed = text.Trim();
        if (trimmed.Length == 0)
        {
            problem = "the target is empty: write a base URL such as http://localhost:6060";
            return false;
        }

        if (int.TryParse(trimmed, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            problem = $"'{trimmed}' is a number, not an address: for a port on this machine write localhost:{number}";
            return false;
        }

        if (!Uri.TryCreate(WithScheme(trimmed), UriKind.Absolute, out Uri? uri) || !HasHost(uri))
        {
            problem = "the target is not an address: write a base URL such as http://localhost:6060";
            return false;
        }

        if (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)
        {
            problem = $"the target has the scheme '{uri.Scheme}': only http and https can be read";
            return false;
        }

        Uri origin = new UriBuilder(uri.Scheme, uri.Host, uri.Port, "/").Uri;
        address = new TargetAddress(origin, CandidatesOf(origin, uri.AbsolutePath), AuthorizationOf(uri.UserInfo));
        problem = null;
        return true;
    }

    public override string ToString() => SocketPath is not null ? Origin.Host : Origin.AbsoluteUri.TrimEnd('/');

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

    private static string WithScheme(string text)
    {
        if (text.Contains("://", StringComparison.Ordinal))
        {
            return text;
        }

        return text.StartsWith(':') ? "http://localhost" + text : "http://" + text;
    }

    private static List<Uri> CandidatesOf(Uri origin, string path)
    {
        int at = path.IndexOf(PprofPath, StringComparison.Ordinal);
        if (at >= 0)
        {
            return [new Uri(origin, path[..at] + PprofPath + "/")];
        }

        List<Uri> candidates = [];
        string prefix = path.TrimEnd('/');
        if (prefix.Length > 0)
        {
            candidates.Add(new Uri(origin, prefix + PprofPath + "/"));
        }

        candidates.Add(new Uri(origin, PprofPath + "/"));
        return candidates;
    }

    private static AuthenticationHeaderValue? AuthorizationOf(string userInfo)
    {
        if (userInfo.Length == 0)
        {
            return null;
        }

        byte[] credentials = Encoding.UTF8.GetBytes(Uri.UnescapeDataString(userInfo));
        return new AuthenticationHeaderValue("Basic", Convert.ToBase64String(credentials));
    }
}
