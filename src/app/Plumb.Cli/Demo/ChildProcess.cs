using System.ComponentModel;
using System.Diagnostics;

namespace Plumb.Cli.Demo;

/// <summary>
/// A process that belongs to this one: it is killed, with all that it started, when it is disposed of or this process
/// ends. Its last lines are kept, for the message when something goes wrong.
/// </summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private const int KeptLines = 200;

    private readonly Process _process;
    private readonly string _name;
    private readonly Queue<string> _log = new();
    private readonly TaskCompletionSource<string> _firstLine = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ChildProcess(Process process, string name)
    {
        _process = process;
        _name = name;
        process.OutputDataReceived += (_, e) => Take(e.Data, isOutput: true);
        process.ErrorDataReceived += (_, e) => Take(e.Data, isOutput: false);
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>The last lines of both streams, in the order in which they came.</summary>
    public string Log
    {
        get
        {
            lock (_log)
                return string.Join('\n', _log);
        }
    }

    /// <param name="program">A path, or the name of a program on the PATH.</param>
    /// <param name="arguments">Passed as they are: no shell reads them.</param>
    /// <param name="environment">Set on top of this process's own environment.</param>
    /// <param name="folder">The child's working folder.</param>
    /// <exception cref="LabException">The program is not there.</exception>
    public static ChildProcess Start(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string folder = "")
    {
        ProcessStartInfo info = new(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
            info.Environment[name] = value;

        ChildProcess child = new(new Process { StartInfo = info }, Path.GetFileName(program));
        child.Run();
        return child;
    }

    /// <summary>The first line on standard output: the lab's services say there where they listen.</summary>
    /// <exception cref="LabException">The process ended, or was silent for too long.</exception>
    public async Task<string> FirstLineAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        try
        {
            return await _firstLine.Task.WaitAsync(patience, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new LabException($"{_name} said nothing for {patience.TotalSeconds:0} s.\n{Log}");
        }
    }

    /// <summary>Waits for the end, and answers the exit code.</summary>
    public async Task<int> ExitCodeAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        ExitCleanup.Remove(this);
        Kill();
        await _process.WaitForExitAsync().ConfigureAwait(false);
        _process.Dispose();
    }

    private void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It, or one of its children, ended by itself a moment ago.
        }
    }

    private void Run()
    {
        try
        {
            _process.Start();
        }
        catch (Win32Exception e)
        {
            _process.Dispose();
            throw new LabException($"{_process.StartInfo.FileName} could not be started: {e.Message}");
        }

        ExitCleanup.Add(this, Kill);
        _process.StandardInput.Close();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private void Take(string? line, bool isOutput)
    {
        if (line is null)
        {
            // The end of standard output without a line: nobody needs to wait for one any longer.
            if (isOutput)
                _firstLine.TrySetException(new LabException($"{_name} ended before it was ready.\n{Log}"));
            return;
        }

        lock (_log)
        {
            _log.Enqueue(line);
            if (_log.Count > KeptLines)
                _log.Dequeue();
        }

        if (isOutput)
            _firstLine.TrySetResult(line);
    }
}
