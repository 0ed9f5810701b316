using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Plumb.AspNetCore;

/// <summary>
/// The endpoints on a port of their own, as Go services have them on 6060: for hosts that serve no HTTP, and for those that keep
/// profiles apart from what they serve. On this machine only.
/// </summary>
internal sealed partial class PprofListener(PprofEndpoints endpoints, IOptions<PprofOptions> options, ILogger<PprofListener> log) : IHostedService
{
    private WebApplication? _app;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Port is not { } port)
            return;
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        builder.Services.AddSingleton(endpoints);
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        WebApplication app = builder.Build();
        app.MapPprof();
        try
        {
            await app.StartAsync(cancellationToken).ConfigureAwait(false);
            _app = app;
            Listening(log, app.Urls.First());
        }
        catch (IOException e)
        {
            // A port that is taken is no reason for the service not to run.
            await app.DisposeAsync().ConfigureAwait(false);
            NotListening(log, port, e.Message);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_app is not { } app)
            return;
        await app.StopAsync(cancellationToken).ConfigureAwait(false);
        await app.DisposeAsync().ConfigureAwait(false);
    }

    [LoggerMessage(10, LogLevel.Information, "Profiles are served at {Address}/debug/pprof/")]
    private static partial void Listening(ILogger log, string address);

    [LoggerMessage(11, LogLevel.Error, "Profiles are not served at port {Port}: {Reason}")]
    private static partial void NotListening(ILogger log, int port, string reason);

    /// <summary>Signals are for the host that this one is a part of.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
