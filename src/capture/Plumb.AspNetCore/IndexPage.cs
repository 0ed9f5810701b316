using System.Globalization;
using System.Net;
using System.Text;

namespace Plumb.AspNetCore;

/// <summary>The page at the root: works without a script, and needs nothing from elsewhere.</summary>
internal static class IndexPage
{
    private static readonly (string Address, string Name, string Description)[] s_others =
    [
        ("trace?seconds=5", "trace", "The runtime's own trace (nettrace), for tools that read it."),
        ("stats", "stats", "What the runtime counts of itself: memory, collections, threads, timers, locks; as Prometheus reads it."),
        ("cmdline", "cmdline", "The command line."),
        ("symbol", "symbol", "The methods at addresses that are posted."),
    ];

    /// <param name="counts">A figure beside a name, such as the number of open handles.</param>
    public static string Write(IReadOnlyDictionary<string, long> counts)
    {
        var text = new StringBuilder(Head);
        foreach (ProfileKind kind in ProfileKind.All)
        {
            string address = kind.IsInstant ? $"{kind.Name}?debug=1" : $"{kind.Name}?debug=1&seconds=5";
            string more = kind.IsInstant
                ? kind.Name is "heap" or "allocs" or "types" or "goroutine" ? " <code>gc=1</code> collects first; <code>seconds=N</code> gives the change." : " <code>seconds=N</code> gives the change."
                : string.Create(CultureInfo.InvariantCulture, $" <code>seconds=N</code>, {kind.DefaultSeconds} when not said.");
            Entry(text, address, kind.Name, kind.Description, more, counts);
        }

        foreach ((string address, string name, string description) in s_others)
            Entry(text, address, name, description, "", counts);
        return text.Append(Foot).ToString();
    }

    private static void Entry(StringBuilder text, string address, string name, string description, string more, IReadOnlyDictionary<string, long> counts)
    {
        string count = counts.TryGetValue(name, out long value) ? $" <span>{value.ToString("N0", CultureInfo.InvariantCulture)}</span>" : "";
        text.Append(CultureInfo.InvariantCulture, $"<dt><a href=\"{WebUtility.HtmlEncode(address)}\">{name}</a>{count}</dt>\n<dd>{WebUtility.HtmlEncode(description)}{more}</dd>\n");
    }

    private const string Head = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>/debug/pprof/</title>
        <style>
        :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
        body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
        dt { margin-top: 1rem; font-weight: 600; }
        dt span { font-weight: 400; opacity: .7; }
        dd { margin: 0; }
        code { font-size: .9em; }
        </style>
        </head>
        <body>
        <h1>Profiles of this process</h1>
        <dl>

        """;

    private const string Foot = """
        </dl>
        <p>With <code>debug=1</code> as text, otherwise for a tool: <code>go tool pprof http://HOST/debug/pprof/heap</code></p>
        </body>
        </html>

        """;
}
