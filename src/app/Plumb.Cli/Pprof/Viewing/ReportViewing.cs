using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Plumb.Cli.Pprof.Viewing;

/// <summary>
/// Shows reports in other programs. The files are in a folder that only the user can look into, and go away with this object or the process,
/// whichever ends first.
/// </summary>
internal sealed class ReportViewing(PprofHost host) : IDisposable
{
    /// <summary>A program that ends with an error within this time could not show anything.</summary>
    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(10);

    /// <summary>The next command of a shell does not wait so long to know it.</summary>
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(300);

    /// <summary>A program may hand the file to another one that is running, and end before that has read it.</summary>
    private static readonly TimeSpan HandOver = TimeSpan.FromSeconds(2);

    private readonly List<PosixSignalRegistration> _signals = [];

    // Their outputs are read as long as the shell runs: a closed pipe would end some of them.
    private readonly List<Process> _running = [];
    private string? _folder;
    private int _count;

    /// <param name="fileType">The file's ending.</param>
    /// <param name="write">Writes the report.</param>
    /// <param name="waits">Until the program has ended; otherwise it goes on beside the shell.</param>
    /// <exception cref="IOException">No program could show the file; it stays, and the message says where.</exception>
    public void Show(Viewer viewer, string fileType, Action<Stream> write, bool waits)
    {
        string file = Path.Combine(Folder(waits), string.Create(CultureInfo.InvariantCulture, $"report{++_count:d3}.{fileType}"));
        using (FileStream target = Create(file))
            write(target);

        string[][] programs = [.. ViewerPrograms.Of(viewer, host.Environment)];
        foreach (string[] words in programs)
        {
            if (TryShow(words, file, waits))
                return;
        }

        Keep();
        string tried = string.Join(", ", programs.Select(words => words[0]));
        string remedy = viewer == Viewer.Browser ? "; BROWSER names another one" : "";
        throw new IOException($"no program could be started to show the report (tried {tried}){remedy}. It is in {file}");
    }

    public void Dispose()
    {
        Delete();
        _running.ForEach(process => process.Dispose());
    }

    private bool TryShow(string[] words, string file, bool waits)
    {
        if (ViewerPrograms.Find(words[0], host.Environment("PATH") ?? "") is not { } program)
            return false;

        try
        {
            Process process = Start(program, ViewerPrograms.WithFile(words[1..], file));
            _running.Add(process);
            var since = Stopwatch.StartNew();
            if (process.WaitForExit(waits ? FirstLook : Glance) && process.ExitCode != 0)
                return false;

            if (waits)
            {
                process.WaitForExit();
                Thread.Sleep(HandOver > since.Elapsed ? HandOver - since.Elapsed : TimeSpan.Zero);
            }

            return true;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static Process Start(string program, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        Process process = Process.Start(start) ?? throw new Win32Exception();

        // It must neither read what is typed into the shell nor write into a report.
        process.StandardInput.Close();
        process.OutputDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        return process;
    }

    private string Folder(bool waits)
    {
        if (_folder is not null)
            return _folder;

        _folder = Directory.CreateTempSubdirectory("plumb-report-").FullName;
        ExitCleanup.Add(this, Delete);

        // Ctrl-C ends a command that waits for the viewer, but not the shell.
        PosixSignal[] ends = waits ? [PosixSignal.SIGHUP, PosixSignal.SIGINT] : [PosixSignal.SIGHUP];
        foreach (PosixSignal signal in ends)
            _signals.Add(PosixSignalRegistration.Create(signal, _ => Delete()));

        return _folder;
    }

    private static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        return new FileStream(path, options);
    }

    private void Keep()
    {
        ExitCleanup.Remove(this);
        _signals.ForEach(signal => signal.Dispose());
        _signals.Clear();
        _folder = null;
    }

    private void Delete()
    {
        try
        {
            if (_folder is not null)
                Directory.Delete(_folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The system tidies its temporary folder some day.
        }

        Keep();
    }
}
