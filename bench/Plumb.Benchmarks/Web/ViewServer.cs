using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Plumb.Benchmarks.Web;

/// <summary>
/// A program that serves its browser view, until it is disposed of. It may hold gigabytes, so it also ends when the benchmark is interrupted.
/// </summary>
internal sealed class ViewServer : IDisposable
{
    private const string Said = "Serving web UI on ";
    private const double TicksPerSecond = 100;

    // The page of a large profile costs some more than the machine has, and others work on it.
    private static readonly double MostMegabytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2e6;

    private readonly Process _process;
    private readonly PosixSignalRegistration[] _signals;
    private readonly Timer _watch;
    private readonly Lock _lock = new();
    private (double CpuSeconds, double PeakMegabytes) _seen;

    private ViewServer(Process process)
    {
        _process = process;
        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);

        // After the handlers the signal does what it always does: the benchmark ends.
        _signals = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(signal => PosixSignalRegistration.Create(signal, _ => Kill()))];
        AppDomain.CurrentDomain.ProcessExit += OnExit;
        AppDomain.CurrentDomain.UnhandledException += OnExit;
        _watch = new Timer(_ => KillWhenTooLarge(), null, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(0.5));
    }

    public Uri Address { get; private set; } = null!;

    public double SecondsToListen { get; private set; }

    /// <summary>CPU time until now, or until it ended.</summary>
    public double CpuSeconds => Look().CpuSeconds;

    /// <summary>Most memory until now, or until it ended.</summary>
    public double PeakMegabytes => Look().PeakMegabytes;

    /// <summary>It took so much of the machine's memory that it was ended.</summary>
    public bool HasOutgrown { get; private set; }

    public static async Task<ViewServer> StartAsync(Peer who, string folder, string profile, TimeSpan patience)
    {
        var start = new ProcessStartInfo(who.Command[0]) { WorkingDirectory = folder, RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (string argument in (string[])[.. who.Command[1..], "-symbolize=none", $"-http=localhost:{FreePort().ToString(CultureInfo.InvariantCulture)}", "-no_browser", profile])
            start.ArgumentList.Add(argument);

        start.Environment["PPROF_BINARY_PATH"] = "/nonexistent";
        long began = Stopwatch.GetTimestamp();
        var server = new ViewServer(Process.Start(start)!);
        try
        {
            server.Address = await server.AddressAsync(patience).ConfigureAwait(false)
                ?? throw new InvalidOperationException($"{who.Name} ended without serving");
            server.SecondsToListen = Stopwatch.GetElapsedTime(began).TotalSeconds;
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        AppDomain.CurrentDomain.UnhandledException -= OnExit;
        foreach (PosixSignalRegistration signal in _signals)
            signal.Dispose();

        _watch.Dispose();
        Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private async Task<Uri?> AddressAsync(TimeSpan patience)
    {
        using var deadline = new CancellationTokenSource(patience);
        while (await _process.StandardError.ReadLineAsync(deadline.Token).ConfigureAwait(false) is { } line)
        {
            if (!line.StartsWith(Said, StringComparison.Ordinal))
                continue;

            _ = _process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
            return new Uri(line[Said.Length..].Trim());
        }

        return null;
    }

    private void KillWhenTooLarge()
    {
        if (Look().PeakMegabytes < MostMegabytes)
            return;

        HasOutgrown = true;
        Kill();
    }

    private (double CpuSeconds, double PeakMegabytes) Look()
    {
        lock (_lock)
        {
            try
            {
                // The name of the program is in brackets, and may hold anything.
                string stat = File.ReadAllText($"/proc/{_process.Id}/stat");
                string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                string? peak = File.ReadLines($"/proc/{_process.Id}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
                if (peak is not null)
                    _seen = ((Number(fields[11]) + Number(fields[12])) / TicksPerSecond, Number(peak.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[^2]) * 1024 / 1e6);
            }
            catch (IOException)
            {
                // It has ended: what was seen last stands.
            }

            return _seen;
        }
    }

    private void OnExit(object? sender, EventArgs e) => Kill();

    private void Kill() => _process.Kill(entireProcessTree: true);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
