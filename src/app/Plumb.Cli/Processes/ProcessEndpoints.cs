using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Plumb.AspNetCore;
using Plumb.Cli.Demo;
using Plumb.Cli.Leaks;
using Plumb.Runtime;

namespace Plumb.Cli.Processes;

/// <summary>
/// Serves <c>/debug/pprof/</c> of another process, as that process would if it had the endpoints: on a port of this machine, or on
/// a socket that this user alone can reach. The agent leaves the process with it.
/// </summary>
internal sealed class ProcessEndpoints : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly RuntimeProfiles _profiles;
    private readonly TemporaryFolder? _folder;

    private ProcessEndpoints(WebApplication app, RuntimeProfiles profiles, TemporaryFolder? folder)
    {
        _app = app;
        _profiles = profiles;
        _folder = folder;
    }

    /// <summary>Where it is served: a URL, or the path of a socket.</summary>
    public string Address => _folder is null ? _app.Urls.First() : SocketIn(_folder);

    /// <summary>Why there is no agent in the process, so that what is allocated and what waits is seen less well; null when there is.</summary>
    public string? WithoutAgent { get; private set; }

    /// <summary>Whether the agent was there before.</summary>
    public bool WasSampling => _profiles.WasSampling;

    /// <summary>Whether there is no such process any more.</summary>
    public bool ProcessHasEnded => _profiles.HasEnded;

    /// <param name="port">0 for any that is free.</param>
    /// <exception cref="LeaksException">The process cannot be looked at, or the port is taken.</exception>
    public static Task<ProcessEndpoints> OnPortAsync(int pid, string agentPath, int port, CancellationToken stop) =>
        StartAsync(pid, agentPath, null, host => host.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port)), stop);

    /// <exception cref="LeaksException">The process cannot be looked at.</exception>
    public static Task<ProcessEndpoints> OnSocketAsync(int pid, string agentPath, CancellationToken stop)
    {
        var folder = new TemporaryFolder();
        return StartAsync(pid, agentPath, folder, host => host.ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(SocketIn(folder))), stop);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync().ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
        await _profiles.DisposeAsync().ConfigureAwait(false);
        _folder?.Dispose();
    }

    private static string SocketIn(TemporaryFolder folder) => Path.Combine(folder.Path, "pprof");

    private static async Task<ProcessEndpoints> StartAsync(int pid, string agentPath, TemporaryFolder? folder, Action<IWebHostBuilder> listen, CancellationToken stop)
    {
        RuntimeProfiles? profiles = null;
        WebApplication? app = null;
        try
        {
            profiles = ProcessProfiles.Open(pid, agentPath);
            string? withoutAgent = await SampleAsync(profiles, stop).ConfigureAwait(false);
            app = Build(profiles, listen);
            await app.StartAsync(stop).ConfigureAwait(false);
            var endpoints = new ProcessEndpoints(app, profiles, folder) { WithoutAgent = withoutAgent };
            (app, profiles, folder) = (null, null, null);
            return endpoints;
        }
        catch (IOException e)
        {
            throw new LeaksException(e.Message, "Choose another port, or 0 for any that is free.");
        }
        finally
        {
            if (app is not null)
                await app.DisposeAsync().ConfigureAwait(false);
            if (profiles is not null)
                await profiles.DisposeAsync().ConfigureAwait(false);
            folder?.Dispose();
        }
    }

    // Without the agent some profiles are worse and some are none; each says so itself.
    private static async Task<string?> SampleAsync(RuntimeProfiles profiles, CancellationToken stop)
    {
        try
        {
            await profiles.StartAsync(stop).ConfigureAwait(false);
            return null;
        }
        catch (ProfileUnavailableException e)
        {
            return e.Message;
        }
    }

    private static WebApplication Build(RuntimeProfiles profiles, Action<IWebHostBuilder> listen)
    {
        // Nothing is read from the folder that plumb happens to run in.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        listen(builder.WebHost);
        builder.Services.AddRoutingCore();
        builder.Services.AddLogging();
        builder.Services.AddSingleton(profiles);
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.AddPprof(options => options.SampleHeap = false);
        WebApplication app = builder.Build();
        app.UseRouting();
        app.MapPprof();
        return app;
    }

    /// <summary>Signals are for the command.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
