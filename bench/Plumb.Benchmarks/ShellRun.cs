using System.Diagnostics;
using System.Globalization;

namespace Plumb.Benchmarks;

/// <summary>A shell of pprof at work: commands are written to it, and each takes from there to the next prompt.</summary>
internal sealed class ShellRun : IDisposable
{
    // What a process's times in /proc are counted in; Linux has kept it at 100 for all programs.
    private const double TicksPerSecond = 100;

    private readonly Process _process;
    private readonly byte[] _buffer = new byte[1 << 16];

    private ShellRun(Process process) => _process = process;

    public static ShellRun Start(string folder, string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PPROF_BINARY_PATH"] = "/nonexistent";
        Process process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var run = new ShellRun(process);
        run.WaitForPrompt();
        return run;
    }

    public Cost Measure(string command)
    {
        double before = CpuSeconds();
        long started = Stopwatch.GetTimestamp();
        _process.StandardInput.WriteLine(command);
        _process.StandardInput.Flush();
        WaitForPrompt();
        double wall = Stopwatch.GetElapsedTime(started).TotalSeconds;
        _process.Refresh();
        return new Cost(CpuSeconds() - before, wall, _process.PeakWorkingSet64 / 1e6);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private void WaitForPrompt()
    {
        Stream output = _process.StandardOutput.BaseStream;
        string tail = "";
        while (!tail.EndsWith("(pprof) ", StringComparison.Ordinal))
        {
            int read = output.Read(_buffer);
            if (read == 0)
                throw new InvalidOperationException("the shell ended before its prompt");

            tail += System.Text.Encoding.Latin1.GetString(_buffer, 0, read);
            tail = tail[Math.Max(0, tail.Length - 16)..];
        }
    }

    private double CpuSeconds()
    {
        // The fields after the name, which may hold spaces: utime and stime are the 14th and 15th of all.
        string stat = File.ReadAllText($"/proc/{_process.Id}/stat");
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }
}
