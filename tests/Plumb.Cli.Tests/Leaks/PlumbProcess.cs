using System.Diagnostics;
using System.Text;

namespace Plumb.Cli.Tests.Leaks;

/// <summary>Runs the built <c>plumb</c> as a process of its own, as a shell would: streams are pipes, not a terminal.</summary>
internal sealed class PlumbProcess : IDisposable
{
    // What never comes fails by it; nothing else waits so long, and a busy machine may be slow.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(4);

    private readonly Process _process;
    private readonly StringBuilder _printed = new();
    private readonly StringBuilder _said = new();
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    private PlumbProcess(string folder, string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "plumb"), arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        _process = Process.Start(start)!;
        _output = ReadAsync(_process.StandardOutput, _printed);
        _error = ReadAsync(_process.StandardError, _said);
    }

    public static async Task<PlumbResult> RunAsync(string folder, params string[] arguments)
    {
        using var process = new PlumbProcess(folder, arguments);
        return await process.EndAsync();
    }

    public static PlumbProcess Start(string folder, params string[] arguments) => new(folder, arguments);

    /// <summary>Everything on stderr so far, once the text is in it.</summary>
    public Task<string> SaidAsync(string text) => HasAsync(_said, text);

    /// <summary>Everything on stdout so far, once the text is in it.</summary>
    public Task<string> PrintedAsync(string text) => HasAsync(_printed, text);

    /// <summary>Waits for something that the process brings about.</summary>
    public async Task UntilAsync(Func<bool> isSo)
    {
        using var deadline = new CancellationTokenSource(s_patience);
        while (!isSo())
        {
            Assert.False(_process.HasExited, $"it ended, and said: {TextOf(_said)}");
            await Task.Delay(20, deadline.Token);
        }
    }

    /// <summary>What Ctrl-C does.</summary>
    public void Interrupt()
    {
        using Process kill = Process.Start("kill", ["-INT", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public async Task<PlumbResult> EndAsync()
    {
        using var deadline = new CancellationTokenSource(s_patience);
        await _process.WaitForExitAsync(deadline.Token);
        return new PlumbResult(_process.ExitCode, await _output, await _error);
    }

    private async Task<string> HasAsync(StringBuilder stream, string text)
    {
        await UntilAsync(() => TextOf(stream).Contains(text, StringComparison.Ordinal));
        return TextOf(stream);
    }

    private static string TextOf(StringBuilder stream)
    {
        lock (stream)
        {
            return stream.ToString();
        }
    }

    private static async Task<string> ReadAsync(StreamReader reader, StringBuilder stream)
    {
        char[] buffer = new char[1024];
        for (int read; (read = await reader.ReadAsync(buffer)) > 0;)
        {
            lock (stream)
            {
                stream.Append(buffer, 0, read);
            }
        }

        return TextOf(stream);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}

internal sealed record PlumbResult(int ExitCode, string Output, string Error);
