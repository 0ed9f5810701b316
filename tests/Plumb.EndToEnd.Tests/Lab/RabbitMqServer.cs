using System.Globalization;
using Plumb.Cli.Demo;

namespace Plumb.EndToEnd.Tests.Lab;

/// <summary>
/// A RabbitMQ of one's own: on loopback, with ports, node name and folders that no other broker on the machine has. Erlang's
/// port mapper runs beside it as a child too: left to itself, the broker would start one that stays for ever.
/// </summary>
internal sealed class RabbitMqServer : IAsyncDisposable
{
    // The script that Debian puts on the PATH changes to the user rabbitmq and to the system's own folders.
    private const string Program = "/usr/lib/rabbitmq/bin/rabbitmq-server";
    private const int Attempts = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // The protocol header of AMQP 0-9-1, and the beginning of the broker's answer: a method frame on channel 0.
    private static readonly byte[] Greeting = [(byte)'A', (byte)'M', (byte)'Q', (byte)'P', 0, 0, 9, 1];
    private static readonly byte[] Answer = [1, 0, 0];

    private readonly TemporaryFolder _folder = new();
    private readonly int _port = LoopbackPort.FindFree();
    private readonly int _distributionPort = LoopbackPort.FindFree();
    private readonly int _mapperPort = LoopbackPort.FindFree();
    private readonly ChildProcess _mapper;
    private readonly ChildProcess _broker;

    private RabbitMqServer()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "enabled_plugins"), "[].\n");
        File.WriteAllText(Path.Combine(_folder.Path, "rabbitmq.conf"), "vm_memory_high_watermark.absolute = 512MiB\ndisk_free_limit.absolute = 50MB\n");
        File.WriteAllText(Path.Combine(_folder.Path, "env.conf"), "");
        _mapper = ChildProcess.Start("epmd", ["-address", "127.0.0.1", "-port", Text(_mapperPort)]);
        _broker = ChildProcess.Start(Program, [], Settings());
    }

    /// <summary>With the user that a broker lets in from loopback only.</summary>
    public string Url => $"amqp://guest:guest@127.0.0.1:{Text(_port)}/";

    /// <exception cref="LabException">RabbitMQ is missing, or did not come up.</exception>
    public static async Task<RabbitMqServer> StartAsync(CancellationToken cancellationToken)
    {
        string log = "";
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            RabbitMqServer server = new();
            if (await LoopbackPort.AnswersAsync(server._broker, server._port, Greeting, Answer, Patience, cancellationToken))
                return server;
            log = server._broker.Log;
            await server.DisposeAsync();
        }

        throw new LabException($"rabbitmq-server did not come up.\n{log}");
    }

    public async ValueTask DisposeAsync()
    {
        await _broker.DisposeAsync();
        await _mapper.DisposeAsync();
        _folder.Dispose();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private Dictionary<string, string> Settings() => new()
    {
        ["HOME"] = _folder.Path,
        ["RABBITMQ_NODENAME"] = $"plumb-lab-{Text(_port)}@localhost",
        ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1",
        ["RABBITMQ_NODE_PORT"] = Text(_port),
        ["RABBITMQ_DIST_PORT"] = Text(_distributionPort),
        // The distribution would listen on every address of the machine otherwise.
        ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-kernel inet_dist_use_interface {127,0,0,1} +S 2:2",
        ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
        ["ERL_EPMD_PORT"] = Text(_mapperPort),
        ["RABBITMQ_MNESIA_BASE"] = Path.Combine(_folder.Path, "mnesia"),
        ["RABBITMQ_LOG_BASE"] = Path.Combine(_folder.Path, "log"),
        ["RABBITMQ_CONFIG_FILE"] = Path.Combine(_folder.Path, "rabbitmq"),
        ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(_folder.Path, "enabled_plugins"),
        ["RABBITMQ_CONF_ENV_FILE"] = Path.Combine(_folder.Path, "env.conf"),
    };
}
