using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Plumb.Profiles;
using Plumb.Profiles.Proto;

namespace Plumb.Benchmarks.DotNet;

/// <summary>The service that is measured, as a process of its own (bench/dotnet).</summary>
internal sealed class BenchService : IDisposable
{
    public const string None = "none";
    public const string Mapped = "mapped";
    public const string Sampling = "sampling";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private readonly Process _process;
    private readonly HttpClient _client;

    private BenchService(Process process, Uri root)
    {
        _process = process;
        _client = new HttpClient { BaseAddress = root, Timeout = Patience };
    }

    public int Id => _process.Id;

    public bool IsAlive => !_process.HasExited;

    /// <summary>CPU time so far, of all threads.</summary>
    public double CpuSeconds => ProcessClock.Seconds(Id);

    /// <summary>CPU time of the agent's thread so far, by the system's own account.</summary>
    public double AgentSeconds() => Directory.EnumerateDirectories($"/proc/{Id}/task")
        .Where(thread => File.ReadAllText($"{thread}/comm").Trim() == "plumb agent")
        .Sum(thread => double.Parse(File.ReadAllText($"{thread}/schedstat").Split(' ')[0], CultureInfo.InvariantCulture) / 1e9);

    public Uri Address(string path) => new(_client.BaseAddress!, path);

    /// <param name="with">How much of Plumb is in it; by default its endpoints, and it samples when told to.</param>
    public static async Task<BenchService> StartAsync(DotNetTools tools, string with = Mapped)
    {
        var start = new ProcessStartInfo("dotnet", [tools.Service, "--pprof", with]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["PLUMB_AGENT"] = tools.Agent;
        Process process = Process.Start(start)!;
        string line = await process.StandardOutput.ReadLineAsync().ConfigureAwait(false) ?? "";
        return line.StartsWith("listening on ", StringComparison.Ordinal)
            ? new BenchService(process, new Uri(line["listening on ".Length..]))
            : throw new InvalidOperationException($"the service did not start: {line}");
    }

    public async Task<string> GetAsync(string path, CancellationToken stop = default)
    {
        using HttpResponseMessage answer = await _client.GetAsync(new Uri(path, UriKind.Relative), stop).ConfigureAwait(false);
        string text = await answer.Content.ReadAsStringAsync(stop).ConfigureAwait(false);
        return answer.IsSuccessStatusCode ? text : throw new InvalidOperationException($"{path}: {(int)answer.StatusCode} {text}");
    }

    public async Task<double> NumberAsync(string path) => double.Parse(await GetAsync(path).ConfigureAwait(false), CultureInfo.InvariantCulture);

    public async Task<T> JsonAsync<T>(string path) => JsonSerializer.Deserialize<T>(await GetAsync(path).ConfigureAwait(false), JsonSerializerOptions.Web)!;

    public async Task<Profile> ProfileAsync(string path) => ProfileDecoder.Decode(await _client.GetByteArrayAsync(new Uri(path, UriKind.Relative)).ConfigureAwait(false));

    /// <summary>Only its status: what a capture in parallel may be told.</summary>
    public async Task<int> StatusAsync(string path, CancellationToken stop = default)
    {
        using HttpResponseMessage answer = await _client.GetAsync(new Uri(path, UriKind.Relative), stop).ConfigureAwait(false);
        _ = await answer.Content.ReadAsByteArrayAsync(stop).ConfigureAwait(false);
        return (int)answer.StatusCode;
    }

    public Task SampleAsync(bool on) => GetAsync(on ? "/sampling/on" : "/sampling/off");

    public void Dispose()
    {
        _client.Dispose();
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(20)))
            _process.Kill();
        _process.Dispose();
    }
}
