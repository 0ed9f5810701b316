using Plumb.Leaks.Stacks;

namespace Plumb.Leaks.Knowledge;

/// <summary>Recognises functions of libraries however they were imported: by another host, in another major version, vendored.</summary>
public static class FrameMatching
{
    /// <summary>
    /// Whether the frame is one of these functions of this package. A package is given by its full path for the standard library
    /// (<c>net/http</c>), or by its end for others: <c>redis/internal/pool</c> is also <c>gopkg.in/redis.v5/internal/pool</c>,
    /// <c>github.com/go-redis/redis/v8/internal/pool</c> and a vendored copy of either. A function ending in <c>*</c> is a prefix.
    /// No functions means any.
    /// </summary>
    public static bool Is(this Frame frame, string package, params ReadOnlySpan<string> functions)
    {
        if (!InPackage(frame, package)) return false;
        if (functions.IsEmpty) return true;
        var local = frame.LocalName;
        foreach (var function in functions)
        {
            if (function.EndsWith('*') ? local.StartsWith(function.AsSpan(0, function.Length - 1), StringComparison.Ordinal) : local == function)
                return true;
        }

        return false;
    }

    private static bool InPackage(Frame frame, string package)
    {
        if (frame.Package == package) return true;
        if (frame.Owner == FrameOwner.Standard) return false;
        var plain = Unversioned(frame.Package);
        return plain == package || (plain.EndsWith(package, StringComparison.Ordinal) && plain[plain.Length - package.Length - 1] is '/' or '-');
    }

    // github.com/go-redis/redis/v8/internal/pool and gopkg.in/redis.v5/internal/pool both become …/redis/internal/pool.
    private static string Unversioned(string package)
    {
        var parts = package.Split('/');
        var kept = new List<string>(parts.Length);
        for (var i = 0; i < parts.Length; i++)
        {
            if (i > 0 && IsMajorVersion(parts[i])) continue;
            var dot = parts[i].LastIndexOf(".v", StringComparison.Ordinal);
            kept.Add(i > 0 && dot > 0 && IsMajorVersion(parts[i][(dot + 1)..]) ? parts[i][..dot] : parts[i]);
        }

        return string.Join('/', kept);
    }

    private static bool IsMajorVersion(string part) =>
        part.Length > 1 && part[0] == 'v' && part.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0;
}
