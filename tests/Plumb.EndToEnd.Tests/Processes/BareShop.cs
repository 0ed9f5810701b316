using System.Diagnostics;
using System.Globalization;
using Plumb.Cli.Demo;
using Plumb.EndToEnd.Tests.Lab;

namespace Plumb.EndToEnd.Tests.Processes;

/// <summary>A .NET service of the lab that serves no profiles, with a folder for temporary files of its own, so that whatever is left in it shows.</summary>
internal sealed class BareShop : IAsyncDisposable
{
    private readonly TemporaryFolder _temporary;
    private readonly Process _process;
    private readonly HttpClient _client = new();
    private readonly CancellationTokenSource _end = new();
    private Task _visits = Task.CompletedTask;

    private BareShop(TemporaryFolder temporary, Process process, Uri url)
    {
        _temporary = temporary;
        _process = process;
        Url = url;
    }

    public Uri Url { get; }

    public string Pid => _process.Id.ToString(CultureInfo.InvariantCulture);

    public int Descriptors => Directory.GetFileSystemEntries($"/proc/{Pid}/fd").Length;

    /// <summary>The process's threads that the agent could have made, by name: those of the pool and of the collector come and go by themselves.</summary>
    public int Threads => ThreadNames().Count(name => name is "dotnet" or "shop" or ".NET EventPipe" or ".NET Finalizer");

    /// <summary>Whether the agent is in it.</summary>
    public bool HasAgent => ThreadNames().Contains("plumb agent");

    public string Children => string.Concat(Directory.GetDirectories($"/proc/{Pid}/task").Select(task => File.ReadAllText($"{task}/children")));

    /// <summary>Files that are none of the runtime's own.</summary>
    public string[] LeftBehind => [.. Directory.GetFileSystemEntries(_temporary.Path).Select(file => Path.GetFileName(file)).Where(name => !name.StartsWith("dotnet-diagnostic-", StringComparison.Ordinal) && !name.StartsWith("clr-debug-pipe-", StringComparison.Ordinal))];

    public static async Task<BareShop> StartAsync(params (string Name, string Value)[] environment)
    {
        var temporary = new TemporaryFolder();
        string program = Path.Combine(Repository.Checkout.Root, "lab/csharp/bin", Configuration, "net10.0/shop.dll");
        var info = new ProcessStartInfo(PlumbRun.Host, [program, "--leak", "static-dictionary", "--pprof", "no"]) { RedirectStandardOutput = true };
        info.Environment["TMPDIR"] = temporary.Path;
        foreach ((string name, string value) in environment)
            info.Environment[name] = value;
        Process process = Process.Start(info)!;
        string? line = await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return new BareShop(temporary, process, new Uri(line!["listening on ".Length..]));
    }

    /// <summary>Customers come, one after the other, until the end.</summary>
    public void Open() => _visits = VisitAsync(_end.Token);

    public void Kill() => _process.Kill();

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _visits.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _client.Dispose();
        _end.Dispose();
        _temporary.Dispose();
    }

    // A thread may end while its name is read.
    private List<string> ThreadNames()
    {
        var names = new List<string>();
        foreach (string task in Directory.GetDirectories($"/proc/{Pid}/task"))
        {
            try
            {
                names.Add(File.ReadAllText($"{task}/comm").Trim());
            }
            catch (IOException)
            {
            }
        }

        return names;
    }

    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    private async Task VisitAsync(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
            _ = await _client.GetStringAsync(new Uri(Url, "/buy"), end);
    }
}
