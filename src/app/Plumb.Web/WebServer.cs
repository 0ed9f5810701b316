using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plumb.Web.Leaks;
using Plumb.Web.Live;
using Plumb.Web.Security;
using Plumb.Web.Services;
using Plumb.Web.Serving;
using Plumb.Web.Shelf;
using Plumb.Web.Views;

namespace Plumb.Web;

/// <summary>Serves the browser view to a browser on this machine: of one profile, or of a service.</summary>
public sealed class WebServer : IAsyncDisposable
{
    private const long CacheBytes = 128 << 20;
    private const int MaxRequestLine = 64 << 10;

    private readonly WebApplication _app;

    private WebServer(WebApplication app, Uri address)
    {
        _app = app;
        Address = address;
    }

    /// <summary>The whole address of the page, with the key that it takes.</summary>
    public Uri Address { get; }

    /// <summary>Whether the page was built into this assembly; without it there is nothing to serve.</summary>
    public static bool HasPage => PageFiles.ArePresent;

    /// <summary>Serves everything about one profile.</summary>
    /// <exception cref="IOException">The address cannot be listened on.</exception>
    public static Task<WebServer> StartAsync(ListenAddress address, ProfileSession session, CancellationToken cancellation) =>
        StartAsync(address, app =>
        {
            app.UseRouting();
            MapProfile(app, session);
        }, cancellation);

    /// <summary>Serves everything about one service.</summary>
    /// <exception cref="IOException">The address cannot be listened on.</exception>
    public static Task<WebServer> StartAsync(ListenAddress address, ServiceSite site, CancellationToken cancellation) =>
        StartAsync(address, app =>
        {
            var mounts = new ProfileMounts(app.Services, site.Profiles, MapProfile);
            app.Use(next => context => mounts.InvokeAsync(context, next));
            app.UseRouting();
            MapService(app, site);
        }, cancellation);

    private static async Task<WebServer> StartAsync(ListenAddress address, Action<WebApplication> map, CancellationToken cancellation)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listen(kestrel, address));
        builder.Services.AddRoutingCore();
        builder.Services.AddResponseCompression(compression =>
        {
            compression.MimeTypes = ["application/json", "text/plain", "text/html", "text/javascript", "text/css", "application/octet-stream"];
            compression.Providers.Add<GzipCompressionProvider>();
        });
        builder.Services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = System.IO.Compression.CompressionLevel.Fastest);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.Logging.ClearProviders();

        var key = AccessKey.New();
        WebApplication app = builder.Build();
        var guard = new RequestGuard(address, key);
        app.Use(next => context => guard.Invoke(context, next));
        app.UseResponseCompression();
        map(app);
        try
        {
            await app.StartAsync(cancellation).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            await app.DisposeAsync().ConfigureAwait(false);
            throw new IOException($"cannot listen on {address.Host}:{address.Port}: {e.Message}", e);
        }

        return new WebServer(app, Address(app, address, key));

        static Uri Address(WebApplication app, ListenAddress wanted, AccessKey key)
        {
            string bound = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
            string host = wanted.IsAny ? Dns.GetHostName() : wanted.Host;
            return new UriBuilder("http", host, new Uri(bound).Port, $"/{key.Text}/").Uri;
        }
    }

    /// <summary>Waits until the server was told to stop.</summary>
    public Task WaitAsync(CancellationToken cancellation) => _app.WaitForShutdownAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync().ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
    }

    private static void MapProfile(IEndpointRouteBuilder app, ProfileSession session)
    {
        MapPage(app, "index.html");
        var shelf = new ProfileShelf(session);
        var saved = new SavedViewEndpoints(session.Views);
        app.MapPost("/api/profiles", new UploadEndpoint(shelf).ReceiveAsync);
        app.MapGet("/api/views", saved.ListAsync);
        app.MapPut("/api/views", saved.KeepAsync);
        app.MapDelete("/api/views", saved.ForgetAsync);
        var endpoints = new ProfileEndpoints(new ProfileViews(session, shelf), session.Options, shelf.Initial, new ViewCache(CacheBytes));
        app.MapGet("/api/{**view}", endpoints.AnswerAsync);
        endpoints.Begin("flame");
    }

    private static void MapService(IEndpointRouteBuilder app, ServiceSite site)
    {
        MapPage(app, "service.html");
        var service = new ServiceAnswer(site.Title, site.Leaks is not null, site.Live is not null, site.LiveFirst);
        app.MapGet("/api/service", context =>
        {
            context.Response.ContentType = Answer.Json;
            return JsonSerializer.SerializeAsync(context.Response.Body, service, ServiceJsonContext.Default.ServiceAnswer, context.RequestAborted);
        });
        if (site.Leaks is { } leaks)
        {
            var endpoints = new LeaksEndpoints(leaks);
            app.MapGet("/api/leaks", endpoints.AnswerAsync);
            app.MapPost("/api/leaks/stop", endpoints.StopAsync);
        }

        if (site.Live is { } live)
        {
            var endpoints = new LiveEndpoints(live);
            app.MapGet("/api/live", endpoints.AnswerAsync);
            app.MapPost("/api/live/capture", endpoints.CaptureAsync);
        }
    }

    private static void MapPage(IEndpointRouteBuilder app, string document)
    {
        app.MapGet("/", context => SendFileAsync(context, document));
        app.MapGet("/{file}", context => SendFileAsync(context, (string)context.Request.RouteValues["file"]!));
    }

    private static void Listen(KestrelServerOptions kestrel, ListenAddress address)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = 0;
        kestrel.Limits.MaxRequestLineSize = MaxRequestLine;
        kestrel.Limits.MaxRequestBufferSize = null;
        if (IPAddress.TryParse(address.Host, out IPAddress? ip))
            kestrel.Listen(ip, address.Port);
        else if (address.IsLocal && address.Port != 0)
            kestrel.ListenLocalhost(address.Port);
        else if (address.IsLocal)
            kestrel.Listen(IPAddress.Loopback, 0);
        else
            kestrel.Listen(Dns.GetHostAddresses(address.Host)[0], address.Port);
    }

    private static Task SendFileAsync(HttpContext context, string name)
    {
        if (PageFiles.Find(name) is not { } file)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        context.Response.ContentType = PageFiles.ContentType(name);
        return context.Response.Body.WriteAsync(file, context.RequestAborted).AsTask();
    }
}
