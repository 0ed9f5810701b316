using Plumb.Leaks.Stacks;

namespace Plumb.Leaks.Suspects;

/// <summary>
/// Which calls of the application stand behind a library's goroutine. Where the table is silent, the goroutine belongs to
/// whoever calls into the same library.
/// </summary>
internal static class LibraryEdges
{
    private static readonly (string Goroutine, string[] Calls)[] Edges =
    [
        ("net/http.(*persistConn).", ["net/http.(*Client).", "net/http.Get", "net/http.Post", "net/http.Head", "net/http.NewRequest", "net/http.(*Transport).", "net/http/httputil.(*ReverseProxy)."]),
        ("net/http.(*Transport).", ["net/http.(*Client).", "net/http.Get", "net/http.Post", "net/http.Head", "net/http.(*Transport)."]),
        ("net/http.(*http2ClientConn).", ["net/http.(*Client).", "net/http.Get", "net/http.Post", "net/http.NewRequest", "net/http.(*Transport)."]),
        ("database/sql.(*DB).connectionOpener", ["database/sql.Open"]),
        ("database/sql.(*DB).connectionResetter", ["database/sql.Open"]),
        ("database/sql.(*Rows).awaitDone", ["database/sql.(*DB).Query", "database/sql.(*Stmt).Query", "database/sql.(*Tx).Query", "database/sql.(*Conn).Query"]),
        ("database/sql.(*Tx).awaitDone", ["database/sql.(*DB).Begin", "database/sql.(*Conn).Begin"]),
        ("context.propagateCancel", ["context.With"]),
        ("context.(*cancelCtx).propagateCancel", ["context.With"]),
        ("os/exec.", ["os/exec.(*Cmd).", "os/exec.Command"]),
        ("os/signal.", ["os/signal.Notify"]),
        ("io.(*pipe).", ["io.Pipe"]),
    ];

    /// <summary>How surely a frame that the application calls stands behind the goroutine, 0 for not at all.</summary>
    /// <param name="goroutine">A goroutine without a line of the application.</param>
    /// <param name="called">A library's frame below the application's.</param>
    /// <param name="isDirect">Whether the application itself calls it.</param>
    public static int Strength(Site goroutine, Frame called, bool isDirect)
    {
        if (goroutine.Frames[0].IsDotNet) return DotNetEdges.Strength(goroutine, called, isDirect);
        if (goroutine.Creators.Count > 0 && GoSymbol.WithoutClosures(goroutine.Creators[0].Function, goroutine.Creators[0].Package) == called.NamedFunction)
            return 4;
        foreach (var frame in goroutine.Frames)
        {
            foreach (var (prefix, calls) in Edges)
            {
                if (frame.Function.StartsWith(prefix, StringComparison.Ordinal))
                    return Array.Exists(calls, c => called.Function.StartsWith(c, StringComparison.Ordinal)) ? 3 : 0;
            }
        }

        var root = goroutine.Root;
        if (root.Owner == FrameOwner.Standard) return isDirect && root.Package == called.Package && root.Package is not ("runtime" or "net/http") ? 1 : 0;
        if (root.Owner != FrameOwner.ThirdParty || ModulePath(root.Package) != ModulePath(called.Package)) return 0;
        return isDirect && IsConstructor(called) ? 2 : 1;
    }

    /// <summary>host/owner/project, or what stands for it where the host keeps fewer levels.</summary>
    public static string ModulePath(string package)
    {
        var parts = package.Split('/');
        var levels = parts[0] is "github.com" or "gitlab.com" or "bitbucket.org" or "code.google.com" or "golang.org" ? 3 : 2;
        return string.Join('/', parts.Take(levels));
    }

    private static bool IsConstructor(Frame frame)
    {
        var name = frame.LocalName;
        return name.StartsWith("New", StringComparison.Ordinal) || name.StartsWith("Dial", StringComparison.Ordinal)
            || name.StartsWith("Open", StringComparison.Ordinal) || name.StartsWith("Connect", StringComparison.Ordinal);
    }
}
