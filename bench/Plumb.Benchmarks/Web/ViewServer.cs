using System.Diagnostics;
using System.Globalization;

namespace Plumb.Benchmarks.Web;

/// <summary>A program that serves its browser view, until it is disposed of.</summary>
internal sealed class ViewServer : IDisposable
{
    private const string Said = "Serving web UI on ";
    private const double TicksPerSecond = 100;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly Process _process;

    private ViewServer(Process process, Uri address, double secondsToListen)
    {
        _process = process;
        Address = address;
        SecondsToListen = secondsToListen;
    }

    public Uri Address { get; }

    public double SecondsToListen { get; }

    public double CpuSeconds
    {
        get
        {
            // The name of the program is in brackets, and may hold anything.
            string stat = File.ReadAllText($"/proc/{_process.Id}/stat");
            string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return (Number(fields[11]) + Number(fields[12])) / TicksPerSecond;
        }
    }

    public double PeakMegabytes
    {
        get
        {
            string line = File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return Number(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2]) * 1024 / 1e6;
        }
    }

    public static async Task<ViewServer> StartAsync(Peer who, string folder, string profile, int port)
    {
        var start = new ProcessStartInfo(who.Command[0]) { WorkingDirectory = folder, RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (string argument in (string[])[.. who.Command[1..], "-symbolize=none", $"-http=localhost:{port.ToString(CultureInfo.InvariantCulture)}", "-no_browser", profile])
            start.ArgumentList.Add(argument);

        start.Environment["PPROF_BINARY_PATH"] = "/nonexistent";
        long began = Stopwatch.GetTimestamp();
        Process process = Process.Start(start)!;
        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        try
        {
            using var deadline = new CancellationTokenSource(Patience);
            while (await process.StandardError.ReadLineAsync(deadline.Token).ConfigureAwait(false) is { } line)
            {
                if (!line.StartsWith(Said, StringComparison.Ordinal))
                    continue;

                double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
                _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                return new ViewServer(process, new Uri(line[Said.Length..].Trim()), seconds);
            }

            throw new InvalidOperationException($"{who.Name} ended without serving");
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            process.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
