using System.Globalization;

namespace Plumb.Cli.Demo;

/// <summary>A Redis of one's own: on loopback, without a file on disk.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private const int Attempts = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ChildProcess _process;
    private readonly TemporaryFolder _folder;

    private RedisServer(ChildProcess process, TemporaryFolder folder, int port)
    {
        _process = process;
        _folder = folder;
        Address = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
    }

    /// <summary>Host and port, as go-redis takes them.</summary>
    public string Address { get; }

    /// <exception cref="LabException">Redis is missing, or did not come up.</exception>
    public static async Task<RedisServer> StartAsync(CancellationToken cancellationToken)
    {
        string log = "";
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            int port = LoopbackPort.FindFree();
            TemporaryFolder folder = new();
            ChildProcess process = Launch(port, folder);
            try
            {
                if (await LoopbackPort.AnswersAsync(process, port, "PING\r\n"u8.ToArray(), "+PONG"u8.ToArray(), Patience, cancellationToken).ConfigureAwait(false))
                    return new RedisServer(process, folder, port);
            }
            catch (OperationCanceledException)
            {
                await StopAsync(process, folder).ConfigureAwait(false);
                throw;
            }

            log = process.Log;
            await StopAsync(process, folder).ConfigureAwait(false);
        }

        throw new LabException($"redis-server did not come up.\n{log}");
    }

    public ValueTask DisposeAsync() => StopAsync(_process, _folder);

    private static ChildProcess Launch(int port, TemporaryFolder folder) => ChildProcess.Start(
        "redis-server",
        [
            "--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1",
            "--save", "", "--appendonly", "no", "--dir", folder.Path,
            // A leaking service opens thousands of connections; Redis lowers this to what the system lets it open.
            "--maxclients", "30000",
        ]);

    private static async ValueTask StopAsync(ChildProcess process, TemporaryFolder folder)
    {
        await process.DisposeAsync().ConfigureAwait(false);
        folder.Dispose();
    }
}
