namespace Plumb.Symbols.Remote;

/// <summary>Where a service answers what is at an address: beside its profiles.</summary>
public static class SymbolEndpoint
{
    // Paths of services with gperftools, which call the endpoint as Go does.
    private static readonly string[] GperftoolsProfiles = ["/pprof/heap", "/pprof/growth", "/pprof/profile", "/pprof/pmuprofile", "/pprof/contention"];

    /// <summary>The endpoint beside a profile's address.</summary>
    public static Uri Beside(Uri profile)
    {
        string path = profile.AbsolutePath;
        bool isPprof = path.Contains("/debug/pprof/", StringComparison.Ordinal)
            || Array.Exists(GperftoolsProfiles, end => path.EndsWith(end, StringComparison.Ordinal));
        string folder = path.TrimEnd('/');
        folder = folder[..(folder.LastIndexOf('/') + 1)];
        return new UriBuilder(profile) { Path = (folder.Length == 0 ? "/" : folder) + (isPprof ? "symbol" : "symbolz"), Query = "", Fragment = "" }.Uri;
    }
}
