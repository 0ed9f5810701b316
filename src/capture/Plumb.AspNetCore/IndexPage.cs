namespace Plumb.AspNetCore;

/// <summary>The page at the root: works without a script, and needs nothing from elsewhere.</summary>
internal static class IndexPage
{
    public const string Html = """
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
        dd { margin: 0; }
        code { font-size: .9em; }
        </style>
        </head>
        <body>
        <h1>Profiles of this process</h1>
        <dl>
        <dt><a href="heap?debug=1">heap</a></dt>
        <dd>What lives, by the stack that allocated it. <code>gc=1</code> collects first; <code>seconds=N</code> gives the change.</dd>
        <dt><a href="allocs?debug=1">allocs</a></dt>
        <dd>Everything that was allocated since sampling began, by stack.</dd>
        <dt><a href="cmdline">cmdline</a></dt>
        <dd>The command line.</dd>
        </dl>
        <p>With <code>debug=1</code> as text, otherwise for a tool: <code>go tool pprof http://HOST/debug/pprof/heap</code></p>
        </body>
        </html>
        """;
}
