using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Plumb.AspNetCore.Tests;

// A host that serves no HTTP of its own: a worker.
public sealed class HostTests
{
    private readonly Dictionary<string, string?> _settings = new() { ["Pprof:AgentPath"] = "no/such/libplumb-agent.so" };

    [Fact]
    public async Task A_worker_is_reached_on_a_port_of_its_own()
    {
        int port = FreePort();
        _settings["Pprof:Port"] = $"{port}";
        using IHost host = await StartAsync();
        using var client = new HttpClient();

        string page = await client.GetStringAsync(new Uri($"http://127.0.0.1:{port}/debug/pprof/stats"));
        await host.StopAsync();

        Assert.Contains("dotnet_threadpool_threads", page, StringComparison.Ordinal);
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(new Uri($"http://127.0.0.1:{port}/debug/pprof/stats")));
    }

    [Fact]
    public async Task A_port_that_is_taken_does_not_keep_the_host_from_running()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        _settings["Pprof:Port"] = $"{((IPEndPoint)taken.LocalEndpoint).Port}";

        using IHost host = await StartAsync();

        await host.StopAsync();
    }

    [Theory]
    [InlineData("Pprof:Port", "70000")]
    [InlineData("Pprof:MaxSeconds", "0")]
    public async Task A_setting_beyond_its_range_is_refused_at_the_start(string name, string value)
    {
        _settings[name] = value;

        await Assert.ThrowsAsync<OptionsValidationException>(StartAsync);
    }

    [Fact]
    public async Task Switched_off_and_on_while_it_runs_the_endpoints_go_and_come_back()
    {
        int port = FreePort();
        _settings["Pprof:Port"] = $"{port}";
        using IHost host = await StartAsync();
        using var client = new HttpClient();
        var configuration = (IConfigurationRoot)host.Services.GetRequiredService<IConfiguration>();
        var cmdline = new Uri($"http://127.0.0.1:{port}/debug/pprof/cmdline");

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(cmdline)).StatusCode);
        configuration["Pprof:Enabled"] = "false";
        configuration.Reload();
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(cmdline)).StatusCode);
        configuration["Pprof:Enabled"] = "true";
        configuration.Reload();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(cmdline)).StatusCode);
        await host.StopAsync();
    }

    [Fact]
    public async Task While_tasks_are_tracked_goroutine_needs_no_agent()
    {
        int port = FreePort();
        _settings["Pprof:Port"] = $"{port}";
        using IHost host = await StartAsync();
        using var client = new HttpClient();
        var configuration = (IConfigurationRoot)host.Services.GetRequiredService<IConfiguration>();
        var goroutine = new Uri($"http://127.0.0.1:{port}/debug/pprof/goroutine?debug=2");

        Assert.Equal(HttpStatusCode.NotImplemented, (await client.GetAsync(goroutine)).StatusCode);
        configuration["Pprof:TrackTasks"] = "true";
        configuration.Reload();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, goroutine, HttpStatusCode.OK));
        var never = new TaskCompletionSource();
        Task waiting = WaitsAsync(never.Task);
        Assert.Contains($"{nameof(HostTests)}.{nameof(WaitsAsync)}(...)", await client.GetStringAsync(goroutine), StringComparison.Ordinal);
        never.SetResult();
        await waiting;
        configuration["Pprof:TrackTasks"] = "false";
        configuration.Reload();
        Assert.Equal(HttpStatusCode.NotImplemented, await StatusAsync(client, goroutine, HttpStatusCode.NotImplemented));
        await host.StopAsync();
    }

    private static async Task WaitsAsync(Task answer) => await answer;

    // What the options say is done soon after they change.
    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, Uri address, HttpStatusCode until)
    {
        HttpStatusCode now = (await client.GetAsync(address)).StatusCode;
        for (int i = 0; i < 500 && now != until; i++)
        {
            await Task.Delay(10);
            now = (await client.GetAsync(address)).StatusCode;
        }

        return now;
    }

    [Fact]
    public async Task What_captures_cost_is_measured_by_profile_and_outcome()
    {
        int port = FreePort();
        _settings["Pprof:Port"] = $"{port}";
        using IHost host = await StartAsync();
        using var client = new HttpClient();
        var measured = new List<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, me) =>
        {
            if (instrument.Meter.Name == "Plumb.AspNetCore" && ReferenceEquals(instrument.Meter.Scope, host.Services.GetRequiredService<IMeterFactory>()))
                me.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) => measured.Add(string.Join(' ', tags.ToArray().Select(tag => tag.Value))));
        listener.Start();

        await client.GetAsync(new Uri($"http://127.0.0.1:{port}/debug/pprof/handles"));
        await client.GetAsync(new Uri($"http://127.0.0.1:{port}/debug/pprof/heap"));
        await host.StopAsync();

        Assert.Equal(["handles taken", "heap unavailable"], measured);
    }

    private async Task<IHost> StartAsync()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(_settings);
        builder.Logging.ClearProviders();
        builder.Services.AddPprof();
        IHost host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
