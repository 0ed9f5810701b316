using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Plumb.Profiles;
using Plumb.Profiles.Merging;
using Plumb.Profiles.Proto;
using Plumb.Runtime;
using Plumb.Runtime.Statistics;

namespace Plumb.AspNetCore;

/// <summary>What each address answers.</summary>
internal sealed partial class PprofEndpoints(
    RuntimeProfiles profiles, CaptureGate gate, IOptionsMonitor<PprofOptions> options, PprofMetrics metrics, TimeProvider time, ILogger<PprofEndpoints> log)
{
    private const string PlainText = "text/plain; charset=utf-8";

    /// <summary>For whom the endpoints are not meant, they do not exist.</summary>
    public async ValueTask<object?> GuardAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        HttpContext http = context.HttpContext;
        PprofOptions now = options.CurrentValue;
        if (!now.Enabled || (!now.AllowRemote && !IsLocal(http.Connection)))
            return Results.NotFound();
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.CacheControl = "no-store";
        return await next(context).ConfigureAwait(false);
    }

    public IResult Index(HttpContext context)
    {
        // Relative links need the slash at the end.
        if (context.Request.Path.Value is { } path && !path.EndsWith('/'))
            return Results.Redirect($"{context.Request.PathBase}{path}/");
        var counts = new Dictionary<string, long>();
        if (profiles.CountHandles() is { } handles)
            counts["handles"] = handles;
        return Results.Text(IndexPage.Write(counts), "text/html; charset=utf-8");
    }

    /// <summary>An address that there is not, or a method that none of them takes.</summary>
    public static IResult Other(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method) ? Results.NotFound() : Results.StatusCode(StatusCodes.Status405MethodNotAllowed);

    public IResult CommandLine() => Results.Text(string.Join('\0', profiles.CommandLine()), PlainText);

    public IResult Statistics() => Results.Text(RuntimeStatistics.Format(profiles.Statistics()), "text/plain; version=0.0.4; charset=utf-8");

    public Task<IResult> ProfileAsync(HttpContext context, ProfileKind kind, CancellationToken stop) => CaptureAsync(context, kind.Name, async request =>
    {
        Profile profile = await TakeAsync(kind, request, stop).ConfigureAwait(false);
        return request.Debug > 0
            ? Results.Text(kind.Text(kind, profile, request.Debug) + (kind.EndsWithRuntime && profiles.IsOwnProcess ? HeapText.Runtime() : ""), PlainText)
            : Binary(context, profile, kind.Name, isDelta: kind.IsInstant && request.Seconds > 0);
    });

    public Task<IResult> TraceAsync(HttpContext context, CancellationToken stop) => CaptureAsync(context, "trace", async request =>
    {
        context.Response.ContentType = "application/octet-stream";
        context.Response.Headers.ContentDisposition = "attachment; filename=\"trace.nettrace\"";
        await profiles.TraceAsync(context.Response.Body, TimeSpan.FromSeconds(Math.Max(1, request.Seconds)), stop).ConfigureAwait(false);
        return Results.Empty;
    });

    /// <summary>As Go's: a GET says that there are symbols, a POST of addresses joined by <c>+</c> asks for them.</summary>
    public async Task<IResult> SymbolAsync(HttpContext context, CancellationToken stop)
    {
        if (!HttpMethods.IsPost(context.Request.Method))
            return Results.Text("num_symbols: 1\n", PlainText);
        if (await AddressList.ReadAsync(context.Request.Body, stop).ConfigureAwait(false) is not { } addresses)
            return Text(StatusCodes.Status400BadRequest, $"addresses such as 0x1a2b+0x3c4d expected, at most {AddressList.MaxBytes} bytes of them");
        return await CaptureAsync(context, "symbol", async _ =>
        {
            string[] names = await profiles.NamesAsync(addresses, stop).ConfigureAwait(false);
            return Results.Text("num_symbols: 1\n" + string.Concat(addresses.Zip(names, (address, name) => name.Length == 0 ? "" : $"0x{address:x} {name}\n")), PlainText);
        }).ConfigureAwait(false);
    }

    private async Task<IResult> CaptureAsync(HttpContext context, string profile, Func<CaptureRequest, Task<IResult>> capture)
    {
        if (!CaptureRequest.TryRead(context.Request.Query, options.CurrentValue.MaxSeconds, out CaptureRequest request, out string message))
            return Text(StatusCodes.Status400BadRequest, message);
        if (!gate.TryEnter())
        {
            metrics.Captured(profile, "busy", TimeSpan.Zero);
            return Text(StatusCodes.Status429TooManyRequests, "another capture is under way");
        }

        long start = time.GetTimestamp();
        string outcome = "failed";
        try
        {
            IResult result = await capture(request).ConfigureAwait(false);
            outcome = "taken";
            return result;
        }
        catch (ProfileUnavailableException e) when (!context.Response.HasStarted)
        {
            outcome = "unavailable";
            Unavailable(log, profile, e.Message);
            return Text(StatusCodes.Status501NotImplemented, e.Message);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone; nobody reads an answer.
            outcome = "cancelled";
            return Results.Empty;
        }
        finally
        {
            gate.Leave();
            TimeSpan took = time.GetElapsedTime(start);
            metrics.Captured(profile, outcome, took);
            Captured(log, profile, outcome, took.TotalMilliseconds);
        }
    }

    private async Task<Profile> TakeAsync(ProfileKind kind, CaptureRequest request, CancellationToken stop)
    {
        if (!kind.IsInstant)
            return await kind.TakeAsync(profiles, TimeSpan.FromSeconds(request.Seconds == 0 ? Math.Min(kind.DefaultSeconds, options.CurrentValue.MaxSeconds) : request.Seconds), stop).ConfigureAwait(false);
        Profile before = await OnceAsync().ConfigureAwait(false);
        if (request.Seconds == 0)
            return before;
        await Task.Delay(TimeSpan.FromSeconds(request.Seconds), time, stop).ConfigureAwait(false);
        return ProfileMerger.Subtract(await OnceAsync().ConfigureAwait(false), before);

        async Task<Profile> OnceAsync()
        {
            if (request.Collect)
                await profiles.CollectAsync(stop).ConfigureAwait(false);
            return await kind.TakeAsync(profiles, TimeSpan.Zero, stop).ConfigureAwait(false);
        }
    }

    private static IResult Binary(HttpContext context, Profile profile, string name, bool isDelta)
    {
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}{(isDelta ? "-delta" : "")}\"";
        return Results.Bytes(ProfileEncoder.EncodeGzip(profile), "application/octet-stream");
    }

    private static IResult Text(int status, string text) => Results.Text(text + "\n", PlainText, Encoding.UTF8, status);

    /// <summary>A caller without an address came over a socket of this machine, or is a test.</summary>
    private static bool IsLocal(ConnectionInfo connection) => connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address);

    [LoggerMessage(20, LogLevel.Debug, "Profile {Profile}: {Outcome} in {Milliseconds:0} ms")]
    private static partial void Captured(ILogger log, string profile, string outcome, double milliseconds);

    [LoggerMessage(21, LogLevel.Information, "No {Profile} profile: {Reason}")]
    private static partial void Unavailable(ILogger log, string profile, string reason);
}
