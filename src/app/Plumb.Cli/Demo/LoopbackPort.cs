using System.Net;
using System.Net.Sockets;

namespace Plumb.Cli.Demo;

/// <summary>Ports for servers that cannot choose a free one themselves.</summary>
internal static class LoopbackPort
{
    /// <summary>A port that nobody listened on a moment ago. Somebody else may take it first: a caller starts over then.</summary>
    public static int FindFree()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Waits until the process listens on the port and speaks as expected.</summary>
    /// <param name="process">Waiting ends when it ends.</param>
    /// <param name="port">On 127.0.0.1.</param>
    /// <param name="greeting">Sent after connecting.</param>
    /// <param name="answer">What the server must begin its answer with.</param>
    /// <param name="patience">How long to wait in all.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when the process ended or the time ran out.</returns>
    public static async Task<bool> AnswersAsync(
        ChildProcess process, int port, ReadOnlyMemory<byte> greeting, ReadOnlyMemory<byte> answer, TimeSpan patience, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        try
        {
            while (!process.HasExited)
            {
                if (await ExchangeAsync(port, greeting, answer, limit.Token).ConfigureAwait(false))
                    return true;
                await Task.Delay(TimeSpan.FromMilliseconds(100), limit.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }

        return false;
    }

    private static async Task<bool> ExchangeAsync(
        int port, ReadOnlyMemory<byte> greeting, ReadOnlyMemory<byte> answer, CancellationToken cancellationToken)
    {
        try
        {
            using TcpClient client = new();
            await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken).ConfigureAwait(false);
            NetworkStream stream = client.GetStream();
            await stream.WriteAsync(greeting, cancellationToken).ConfigureAwait(false);
            byte[] received = new byte[answer.Length];
            await stream.ReadExactlyAsync(received, cancellationToken).ConfigureAwait(false);
            return received.AsSpan().SequenceEqual(answer.Span);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return false;
        }
    }
}
