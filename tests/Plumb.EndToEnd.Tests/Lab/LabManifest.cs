using System.Text.Json;

namespace Plumb.EndToEnd.Tests.Lab;

/// <summary>What <c>lab.json</c> says about a service: how to run it, and what Plumb has to answer about it.</summary>
public sealed record LabManifest(
    string Name, string Story, IReadOnlyList<string> Variants, IReadOnlyList<string> Needs, LabLoad? Load, LabLeak? Leak, IReadOnlyList<string>? Healthy, LabIsolation? Isolation = null)
{
    /// <summary>The comment that ends a line which leaks.</summary>
    public const string Marker = "// leak:";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>The names of all services, sorted.</summary>
    public static IEnumerable<string> Names =>
        Directory.EnumerateDirectories(Repository.Checkout.Services).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal);

    public static LabManifest Read(string name)
    {
        using FileStream json = File.OpenRead(Path.Combine(Folder(name), "lab.json"));
        return JsonSerializer.Deserialize<LabManifest>(json, Options)!;
    }

    /// <summary>The numbers of the lines that leak, from 1.</summary>
    public static IReadOnlyList<int> LeakingLines(string name, string file) =>
        [.. File.ReadLines(Path.Combine(Folder(name), file))
            .Select((text, index) => (text, number: index + 1))
            .Where(line => line.text.Contains(Marker, StringComparison.Ordinal))
            .Select(line => line.number)];

    public static string Folder(string name) => Path.Combine(Repository.Checkout.Services, name);
}

/// <param name="Route">Path and query that Plumb loads.</param>
/// <param name="Rate">Requests per second.</param>
public sealed record LabLoad(string Route, int Rate);

/// <param name="Function">The function whose line is to be named.</param>
/// <param name="File">The file that holds it, in the service's folder.</param>
/// <param name="Pattern">The pattern's id.</param>
/// <param name="Resources">What grows, the surest first.</param>
public sealed record LabLeak(string Function, string File, string Pattern, IReadOnlyList<string> Resources);

/// <param name="Routes">The file of routes, in the service's folder.</param>
/// <param name="Leaking">The routes that leak in the leaking variant.</param>
public sealed record LabIsolation(string Routes, IReadOnlyList<LabRoute> Leaking);

/// <param name="Route">Method and path, as the file of routes has it.</param>
/// <param name="Function">The function whose line is to be named.</param>
/// <param name="File">The file that holds it, in the service's folder.</param>
/// <param name="Pattern">The pattern's id.</param>
/// <param name="Resources">What each request leaves behind.</param>
public sealed record LabRoute(string Route, string Function, string File, string Pattern, IReadOnlyList<string> Resources);
