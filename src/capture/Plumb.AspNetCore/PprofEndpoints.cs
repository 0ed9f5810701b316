using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Plumb.Profiles;
using Plumb.Profiles.Merging;
using Plumb.Profiles.Proto;
using Plumb.Runtime;

namespace Plumb.AspNetCore;

/// <summary>What each address answers.</summary>
internal sealed class PprofEndpoints(RuntimeProfiles profiles, CaptureGate gate, IOptionsMonitor<PprofOptions> options, TimeProvider time)
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

    public static IResult Index(HttpContext context)
    {
        // Relative links need the slash at the end.
        if (context.Request.Path.Value is { } path && !path.EndsWith('/'))
            return Results.Redirect($"{context.Request.PathBase}{path}/");
        return Results.Text(IndexPage.Html, "text/html; charset=utf-8");
    }

    public static IResult CommandLine() => Results.Text(string.Join('\0', Environment.GetCommandLineArgs()), PlainText);

    public async Task<IResult> HeapAsync(HttpContext context, bool allocations, CancellationToken stop)
    {
        if (!TryNumber(context.Request.Query, "seconds", options.CurrentValue.MaxSeconds, out int seconds)
            || !TryNumber(context.Request.Query, "gc", 1, out int collect) || !TryNumber(context.Request.Query, "debug", 2, out int debug))
            return Text(StatusCodes.Status400BadRequest, $"seconds goes from 0 to {options.CurrentValue.MaxSeconds}, gc from 0 to 1, debug from 0 to 2");
        if (!gate.TryEnter())
            return Text(StatusCodes.Status429TooManyRequests, "another capture is under way");

        try
        {
            Profile profile = await CaptureAsync(allocations, seconds, collect == 1, stop).ConfigureAwait(false);
            return debug > 0
                ? Results.Text(HeapText.Write(profile), PlainText)
                : Binary(context, profile, allocations ? "allocs" : "heap", isDelta: seconds > 0);
        }
        catch (ProfileUnavailableException e)
        {
            return Text(StatusCodes.Status501NotImplemented, e.Message);
        }
        finally
        {
            gate.Leave();
        }
    }

    private async Task<Profile> CaptureAsync(bool allocations, int seconds, bool collect, CancellationToken stop)
    {
        Profile before = await TakeAsync().ConfigureAwait(false);
        if (seconds == 0)
            return before;
        await Task.Delay(TimeSpan.FromSeconds(seconds), time, stop).ConfigureAwait(false);
        return ProfileMerger.Subtract(await TakeAsync().ConfigureAwait(false), before);

        Task<Profile> TakeAsync()
        {
            if (collect)
                GC.Collect();
            return allocations ? profiles.AllocsAsync(stop) : profiles.HeapAsync(stop);
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

    private static bool TryNumber(IQueryCollection query, string name, int most, out int value)
    {
        value = 0;
        return !query.TryGetValue(name, out var text)
            || (int.TryParse(text.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out value) && value <= most);
    }
}
