using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;

namespace Plumb.Cli.Pprof.Sources;

/// <summary>The profiles that a service offers, read off the page that Go's net/http/pprof and its likes serve.</summary>
/// <param name="Folder">The URL that names are put behind; ends with a slash.</param>
internal sealed partial record ProfileIndex(string Folder, ImmutableArray<string> Names)
{
    /// <summary>More is no page of a person's making.</summary>
    private const int MaxNames = 50;

    /// <summary>The profiles of the Go runtime. A page without any of them is something else.</summary>
    private static readonly FrozenDictionary<string, string> Known = new Dictionary<string, string>
    {
        ["allocs"] = "what was ever allocated",
        ["block"] = "where goroutines waited",
        ["goroutine"] = "the stacks of all goroutines",
        ["heap"] = "the memory in use",
        ["mutex"] = "who held the mutexes that others waited for",
        ["profile"] = "CPU time, for 30 s or as long as -seconds says",
        ["threadcreate"] = "what started the threads",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // Pages beside the profiles, which hold none.
    private static readonly FrozenSet<string> Others = new[] { "cmdline", "symbol", "trace" }.ToFrozenSet(StringComparer.Ordinal);

    /// <returns>Null when the page lists no profiles.</returns>
    public static ProfileIndex? Parse(string folder, string page)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (Match link in Link().Matches(page))
        {
            // A plain name behind the folder, and nothing that leads elsewhere.
            if (names.Count < MaxNames && !Others.Contains(link.Groups[1].Value))
                names.Add(link.Groups[1].Value);
        }

        return names.Any(Known.ContainsKey) ? new ProfileIndex(folder, [.. names]) : null;
    }

    /// <summary>One row for each, with its URL.</summary>
    public override string ToString() => Rows(Folder);

    /// <summary>One row for each, behind a text such as the folder.</summary>
    public string Rows(string before)
    {
        int width = Names.Max(name => name.Length);
        var text = new StringBuilder();
        foreach (string name in Names)
            text.Append($"  {before}{name.PadRight(width)}  {Known.GetValueOrDefault(name)}".TrimEnd()).Append('\n');

        return text.ToString();
    }

    [GeneratedRegex("""<a\s+href\s*=\s*["']?(?:\./|[^"'>\s?#:]*/debug/pprof/)?([A-Za-z0-9_-][A-Za-z0-9_.-]{0,63})(?:[?#][^"'>\s]*)?["'\s>]""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Link();
}
