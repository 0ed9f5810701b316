using System.Diagnostics;
using System.Text;

namespace Plumb.Evaluation.Recording;

/// <summary>A program of the lab while it serves: the first line that it prints is where it listens.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _log = new();

    private RunningService(Process process) => _process = process;

    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    /// <summary>What it wrote to stderr.</summary>
    public string Log
    {
        get
        {
            lock (_log)
                return _log.ToString();
        }
    }

    public static async Task<RunningService> StartAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var service = new RunningService(process);
        process.ErrorDataReceived += (_, line) => service.Note(line.Data);
        process.BeginErrorReadLine();
        string? address = await process.StandardOutput.ReadLineAsync(cancellationToken).ConfigureAwait(false);
        if (!Uri.TryCreate($"http://{address}/", UriKind.Absolute, out Uri? uri))
        {
            await service.DisposeAsync().ConfigureAwait(false);
            throw new InvalidDataException($"{program} did not start: {service.Log}");
        }

        service.Address = uri;
        return service;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync().ConfigureAwait(false);
        _process.Dispose();
    }

    private void Note(string? line)
    {
        lock (_log)
            _log.AppendLine(line);
    }
}
