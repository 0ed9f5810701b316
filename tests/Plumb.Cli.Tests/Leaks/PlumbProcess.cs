using System.Diagnostics;
using System.Text;

namespace Plumb.Cli.Tests.Leaks;

/// <summary>Runs the built <c>plumb</c> as a process of its own, as a shell would: streams are pipes, not a terminal.</summary>
internal sealed class PlumbProcess : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;
    private readonly StringBuilder _said = new();

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
        _output = _process.StandardOutput.ReadToEndAsync();
        _error = ReadErrorAsync();
    }

    public static async Task<PlumbResult> RunAsync(string folder, params string[] arguments)
    {
        using var process = new PlumbProcess(folder, arguments);
        return await process.EndAsync();
    }

    public static PlumbProcess Start(string folder, params string[] arguments) => new(folder, arguments);

    /// <summary>Everything on stderr so far, once the text is in it.</summary>
    public async Task<string> SaidAsync(string text)
    {
        using var deadline = new CancellationTokenSource(s_patience);
        while (true)
        {
            string said = Said();
            if (said.Contains(text, StringComparison.Ordinal))
            {
                return said;
            }

            Assert.False(_process.HasExited, $"it ended, and said: {said}");
            await Task.Delay(50, deadline.Token);
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

    private string Said()
    {
        lock (_said)
        {
            return _said.ToString();
        }
    }

    private async Task<string> ReadErrorAsync()
    {
        char[] buffer = new char[1024];
        for (int read; (read = await _process.StandardError.ReadAsync(buffer)) > 0;)
        {
            lock (_said)
            {
                _said.Append(buffer, 0, read);
            }
        }

        return Said();
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
