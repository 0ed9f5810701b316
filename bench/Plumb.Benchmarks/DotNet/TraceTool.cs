using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Plumb.Benchmarks.DotNet;

/// <summary>dotnet-trace at work on a process, from the moment on at which it says that it has begun.</summary>
internal sealed class TraceTool : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly string _file;

    private TraceTool(Process process, string file) => (_process, _file) = (process, file);

    public static async Task<TraceTool> StartAsync(string program, int process, params string[] what)
    {
        string file = Path.Combine(Path.GetTempPath(), $"plumb-bench-{Guid.NewGuid():N}.nettrace");
        // Long enough for any turn; it ends with this object.
        var start = new ProcessStartInfo(program, ["collect", "-p", process.ToString(CultureInfo.InvariantCulture), "-o", file, "--duration", "00:30:00", .. what])
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            RedirectStandardError = true,
        };
        Process tool = Process.Start(start)!;
        var said = new ConcurrentQueue<string>();
        tool.OutputDataReceived += (_, line) => said.Enqueue(line.Data ?? "");
        tool.ErrorDataReceived += (_, line) => said.Enqueue(line.Data ?? "");
        tool.BeginOutputReadLine();
        tool.BeginErrorReadLine();
        long began = Stopwatch.GetTimestamp();
        while (!said.Any(line => line.StartsWith("Output File", StringComparison.Ordinal)))
        {
            if (tool.HasExited || Stopwatch.GetElapsedTime(began) > Patience)
                throw new InvalidOperationException($"dotnet-trace did not begin: {string.Join(' ', said)}");
            await Task.Delay(50).ConfigureAwait(false);
        }

        return new TraceTool(tool, file);
    }

    /// <summary>Bytes of the trace so far.</summary>
    public long Length => new FileInfo(_file).Length;

    public async ValueTask DisposeAsync()
    {
        using (Process signal = Process.Start("kill", ["-INT", _process.Id.ToString(CultureInfo.InvariantCulture)]))
            await signal.WaitForExitAsync().ConfigureAwait(false);
        await _process.WaitForExitAsync().ConfigureAwait(false);
        _process.Dispose();
        File.Delete(_file);
    }
}
