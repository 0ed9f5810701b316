using Plumb.Leaks.Snapshots;
using Plumb.Leaks.Stacks;

namespace Plumb.Leaks.Suspects;

/// <summary>The calls that open descriptors of each kind.</summary>
internal static class OpeningCalls
{
    private static readonly NamePrefixes Files = new("os.newFile", "os.NewFile", "os.OpenFile", "os.Open", "os.Create");
    private static readonly NamePrefixes Pipes = new("os.Pipe", "os/exec.(*Cmd).");
    private static readonly NamePrefixes Sockets = new(
        "net.newFD", "net.socket", "net.Dial", "net.(*Dialer).", "net.Listen", "net.(*netFD).", "net/http.(*Transport).", "net/http.(*persistConn).",
        "net/http.(*conn).", "crypto/tls.Dial");

    private static readonly NamePrefixes FilesOfDotNet = new("System.IO.FileStream.ctor", "System.IO.File.Open", "System.IO.File.Create", "System.IO.FileInfo.Open", "System.IO.StreamReader.ctor", "System.IO.StreamWriter.ctor", "Microsoft.Win32.SafeHandles.SafeFileHandle.Open");
    private static readonly NamePrefixes SocketsOfDotNet = new("System.Net.Sockets.Socket.ctor", "System.Net.Sockets.TcpClient.", "System.Net.Sockets.SocketAsyncEventArgs.", "System.Net.Http.HttpConnectionPool.", "System.Net.Http.HttpClient.");

    public static bool Opens(Frame frame, string figure) => frame.IsDotNet ? OpensInDotNet(frame, figure) : figure switch
    {
        MetricNames.Descriptors => Files.Begin(frame.Function) || Pipes.Begin(frame.Function) || Sockets.Begin(frame.Function),
        MetricNames.Sockets => Sockets.Begin(frame.Function),
        "fds.file" => Files.Begin(frame.Function),
        "fds.pipe" => Pipes.Begin(frame.Function),
        "fds.inotify" => frame.LocalName.Contains("Watcher", StringComparison.Ordinal),
        _ when figure.StartsWith(MetricNames.TcpPrefix, StringComparison.Ordinal) => Sockets.Begin(frame.Function),
        _ => false,
    };

    private static bool OpensInDotNet(Frame frame, string figure) => figure switch
    {
        MetricNames.Descriptors => FilesOfDotNet.Begin(frame.Function) || SocketsOfDotNet.Begin(frame.Function),
        "fds.file" => FilesOfDotNet.Begin(frame.Function),
        "fds.inotify" => frame.Function.StartsWith("System.IO.FileSystemWatcher.", StringComparison.Ordinal),
        _ when figure == MetricNames.Sockets || figure.StartsWith(MetricNames.TcpPrefix, StringComparison.Ordinal) => SocketsOfDotNet.Begin(frame.Function) || Connects(frame),
        _ => false,
    };

    // Clients of databases and brokers say so in the name of the method.
    private static bool Connects(Frame frame)
    {
        var name = frame.Function.AsSpan(frame.Function.LastIndexOf('.') + 1);
        return frame.Owner == FrameOwner.ThirdParty && (name.StartsWith("Open", StringComparison.Ordinal) || name.StartsWith("Connect", StringComparison.Ordinal) || name.StartsWith("CreateConnection", StringComparison.Ordinal));
    }

    /// <summary>Calls on what was opened before: hardly a file or connection is only opened.</summary>
    public static bool Reads(Frame frame, string figure) => figure switch
    {
        "fds.file" => frame.Package is "os" or "bufio" or "io" or "image" or "encoding/csv" or "encoding/json" && !Writes(frame),
        MetricNames.Sockets => frame.Package is "net" or "bufio" or "crypto/tls",
        _ => false,
    };

    // An answer is encoded in every handler.
    private static bool Writes(Frame frame) => frame.LocalName.Contains("Encode", StringComparison.Ordinal) || frame.LocalName.Contains("Marshal", StringComparison.Ordinal);
}
