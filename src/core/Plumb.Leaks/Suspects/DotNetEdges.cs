using Plumb.Leaks.Stacks;

namespace Plumb.Leaks.Suspects;

/// <summary>
/// What belongs to whom in a .NET process, where a stack has no method of the application: what a library goes on to do on the thread pool,
/// and the server's end of connections.
/// </summary>
internal static class DotNetEdges
{
    private const int OpenedIt = 4;
    private const int SameLibrary = 3;

    private static readonly NamePrefixes Server = new("Microsoft.AspNetCore.Server.", "Microsoft.AspNetCore.Connections.", "Microsoft.AspNetCore.Hosting.");

    // What the application calls, and whose own work the stacks show that no longer have the caller.
    private static readonly NamePrefixes ClientsOfTheFramework = new("System.Net.Http.", "System.Net.Mail.", "System.Net.WebSockets.", "System.Net.Security.", "System.Data.", "Microsoft.Data.", "System.IO.FileSystemWatcher");

    private static readonly NamePrefixes Opening = new("ctor", "Connect", "Open", "Create", "Get", "Post", "Put", "Send", "Start");

    /// <summary>Whether the stack is the server's own work on a connection that was accepted, and nothing of the application.</summary>
    public static bool IsServerEnd(Site site) => site.Frames[0].IsDotNet && site.OwnFrame is null && Array.Exists(site.Frames, f => Server.Begin(f.Function));

    /// <summary>Whether the stacks are those of threads, each of which the process has, and not chains of async calls.</summary>
    public static bool IsThread(Site site) =>
        site.IsGoroutine && site.Frames[0].IsDotNet && Array.Exists(site.Frames, f => f.Function.StartsWith("System.Threading.Thread.", StringComparison.Ordinal));

    /// <summary>Whether the stack is a thread of the pool that waits for work: the pool grows and shrinks with the work.</summary>
    public static bool IsIdleWorker(Frame[] thread) =>
        thread.Length > 1 && thread[^2].Function == "System.Threading.PortableThreadPool.WorkerThread.WorkerThreadStart"
        && Array.TrueForAll(thread[..^2], f => f.Function.StartsWith("System.Threading.LowLevel", StringComparison.Ordinal));

    public static bool IsIdleWorker(Site site) => site.IsGoroutine && IsIdleWorker(site.Frames);

    /// <summary>Whether the stack is a client's work on a connection that was opened.</summary>
    public static bool IsClientEnd(Site site) => Array.Exists(site.Frames, f => Library(f) is { } library && library.StartsWith("System.Net.", StringComparison.Ordinal)) || site.Frames[0].Owner == FrameOwner.ThirdParty;

    /// <summary>How surely a frame that the application calls stands behind the stack, 0 for not at all.</summary>
    public static int Strength(Site site, Frame called, bool isDirect)
    {
        if (Library(called) is not { } library || !Array.Exists(site.Frames, f => Library(f) == library)) return 0;
        return isDirect && IsOpening(called) ? OpenedIt : SameLibrary;
    }

    // The first name of a package's namespace is its owner, or all there is; a framework's client is known by its namespace.
    private static string? Library(Frame frame) => frame.Owner switch
    {
        FrameOwner.Standard => ClientsOfTheFramework.Of(frame.Function),
        FrameOwner.ThirdParty => frame.Function[..Math.Max(0, frame.Function.IndexOf('.', StringComparison.Ordinal))],
        _ => null,
    };

    private static bool IsOpening(Frame frame)
    {
        var name = frame.Function[(frame.Function.LastIndexOf('.') + 1)..];
        return Opening.Begin(name);
    }
}
