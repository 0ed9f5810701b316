using System.Collections.Frozen;
using System.Reflection;

namespace Plumb.Web.Serving;

/// <summary>The built page, as it is held in this assembly. Empty when it was built without Node.js.</summary>
internal static class PageFiles
{
    /// <summary>The script that lays out graphs, in a thread of its own.</summary>
    public const string GraphWorker = "/graphworker.js";

    private const string Prefix = "page/";

    private static readonly FrozenDictionary<string, byte[]> Files = Load();

    public static bool ArePresent => Files.ContainsKey("index.html");

    /// <returns>Null when there is no such file.</returns>
    public static byte[]? Find(string name) => Files.GetValueOrDefault(name);

    /// <summary>The type to serve a file as; nothing but these is ever in the page.</summary>
    public static string ContentType(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => "application/octet-stream",
    };

    private static FrozenDictionary<string, byte[]> Load()
    {
        Assembly assembly = typeof(PageFiles).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToFrozenDictionary(name => name[Prefix.Length..], name => Read(assembly, name), StringComparer.Ordinal);
    }

    private static byte[] Read(Assembly assembly, string name)
    {
        using Stream stream = assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
