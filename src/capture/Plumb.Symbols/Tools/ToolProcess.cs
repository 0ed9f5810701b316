using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Plumb.Symbols.Tools;

/// <summary>
/// A tool at work: lines go in, lines come out. It is killed when it is silent for too long, when the caller gives up, and when this is
/// disposed of. Arguments are handed over one by one; no shell sees them. One caller at a time.
/// </summary>
internal sealed class ToolProcess : IAsyncDisposable
{
    private const int KeptErrorChars = 4 << 10;

    private readonly Process _process;
    private readonly ToolLimits _limits;
    private readonly LineReader _output;
    private readonly StringBuilder _errors = new();
    private readonly string _name;
    private bool _disposed;

    private ToolProcess(Process process, ToolLimits limits)
    {
        _process = process;
        _limits = limits;
        _name = Path.GetFileName(process.StartInfo.FileName);
        _output = new LineReader(process.StandardOutput.BaseStream, limits.MaxLineBytes);
        process.ErrorDataReceived += (_, e) => KeepError(e.Data);
        process.BeginErrorReadLine();
    }

    /// <exception cref="SymbolizationException">It cannot be started.</exception>
    public static ToolProcess Start(string program, IEnumerable<string> arguments, ToolLimits limits)
    {
        var info = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
        };
        // What the tools say is read by a program, not by a person of this country.
        info.Environment["LC_ALL"] = "C";
        try
        {
            return new ToolProcess(Process.Start(info) ?? throw new SymbolizationException($"{program} did not start"), limits);
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            throw new SymbolizationException($"{program} could not be started: {e.Message}", e);
        }
    }

    /// <summary>Writes lines. The tool may answer meanwhile, so a long batch must be read beside writing it.</summary>
    /// <exception cref="SymbolizationException">The tool ended, or does not take them.</exception>
    public async Task WriteAsync(IEnumerable<string> lines, CancellationToken cancellationToken)
    {
        try
        {
            foreach (string line in lines)
                await _process.StandardInput.WriteAsync($"{line}\n".AsMemory(), cancellationToken).ConfigureAwait(false);

            await _process.StandardInput.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw new SymbolizationException($"{_name} ended while it was asked{Said()}", e);
        }
    }

    /// <summary>Nothing more will be asked.</summary>
    public void CloseInput()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before: what it said is what counts.
        }
    }

    /// <summary>The next line without its end; null when the tool is done.</summary>
    /// <exception cref="SymbolizationException">It is silent for too long, or says too much.</exception>
    public async ValueTask<string?> ReadLineAsync(CancellationToken cancellationToken)
    {
        if (_output.TryTake(out string? line))
            return line;

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(_limits.Silence);
        try
        {
            return await _output.ReadAsync(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SymbolizationException($"{_name} said nothing for {_limits.Silence.TotalSeconds:0} s and was stopped");
        }
    }

    /// <summary>An answer that must be there.</summary>
    public async ValueTask<string> ReadAnswerAsync(CancellationToken cancellationToken) =>
        await ReadLineAsync(cancellationToken).ConfigureAwait(false)
        ?? throw new SymbolizationException($"{_name} ended without an answer{Said()}");

    /// <summary>Waits for the end.</summary>
    /// <exception cref="SymbolizationException">It failed.</exception>
    public async Task ExpectSuccessAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(_limits.Silence);
        await _process.WaitForExitAsync(patience.Token).ConfigureAwait(false);
        if (_process.ExitCode != 0)
            throw new SymbolizationException($"{_name} failed with exit code {_process.ExitCode}{Said()}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;

        _disposed = true;
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // It ended by itself.
        }

        await _process.WaitForExitAsync().ConfigureAwait(false);
        _process.Dispose();
    }

    private string Said()
    {
        lock (_errors)
            return _errors.Length == 0 ? "" : $": {_errors.ToString().Trim()}";
    }

    private void KeepError(string? line)
    {
        lock (_errors)
        {
            if (line is not null && _errors.Length + line.Length < KeptErrorChars)
                _errors.AppendLine(line);
        }
    }
}
