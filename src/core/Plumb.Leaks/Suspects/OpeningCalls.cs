using Plumb.Leaks.Snapshots;
using Plumb.Leaks.Stacks;

namespace Plumb.Leaks.Suspects;

/// <summary>The calls that open descriptors of each kind.</summary>
internal static class OpeningCalls
{
    private static readonly string[] Files = ["os.newFile", "os.NewFile", "os.OpenFile", "os.Open", "os.Create"];
    private static readonly string[] Pipes = ["os.Pipe", "os/exec.(*Cmd)."];
    private static readonly string[] Sockets =
    [
        "net.newFD", "net.socket", "net.Dial", "net.(*Dialer).", "net.Listen", "net.(*netFD).", "net/http.(*Transport).", "net/http.(*persistConn).",
        "net/http.(*conn).", "crypto/tls.Dial",
    ];

    public static bool Opens(Frame frame, string figure) => figure switch
    {
        MetricNames.Descriptors => Any(frame, Files) || Any(frame, Pipes) || Any(frame, Sockets),
        MetricNames.Sockets => Any(frame, Sockets),
        "fds.file" => Any(frame, Files),
        "fds.pipe" => Any(frame, Pipes),
        "fds.inotify" => frame.LocalName.Contains("Watcher", StringComparison.Ordinal),
        _ when figure.StartsWith(MetricNames.TcpPrefix, StringComparison.Ordinal) => Any(frame, Sockets),
        _ => false,
    };

    /// <summary>Calls on what was opened before: hardly a file or connection is only opened.</summary>
    public static bool Reads(Frame frame, string figure) => figure switch
    {
        "fds.file" => frame.Package is "os" or "bufio" or "io" or "image" or "encoding/csv" or "encoding/json" && !Writes(frame),
        MetricNames.Sockets => frame.Package is "net" or "bufio" or "crypto/tls",
        _ => false,
    };

    // An answer is encoded in every handler.
    private static bool Writes(Frame frame) => frame.LocalName.Contains("Encode", StringComparison.Ordinal) || frame.LocalName.Contains("Marshal", StringComparison.Ordinal);

    private static bool Any(Frame frame, string[] prefixes) => Array.Exists(prefixes, p => frame.Function.StartsWith(p, StringComparison.Ordinal));
}
