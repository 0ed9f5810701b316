using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Plumb.Web.Serving;

namespace Plumb.Web.Live;

/// <summary>Tells the page the figures it does not have yet, and captures profiles when it says so, one at a time.</summary>
internal sealed class LiveEndpoints(LiveSession session) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

    public Task AnswerAsync(HttpContext context)
    {
        bool hasRows = long.TryParse(context.Request.Query["since"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out long since);
        context.Response.ContentType = Answer.Json;
        return JsonSerializer.SerializeAsync(context.Response.Body, session.Answer(hasRows ? since : -1), LiveJsonContext.Default.LiveAnswer, context.RequestAborted);
    }

    public async Task CaptureAsync(HttpContext context)
    {
        CancellationToken cancellation = context.RequestAborted;
        string id = context.Request.Query["kind"].ToString();
        CaptureKind? kind = session.CaptureKinds.FirstOrDefault(kind => kind.Id == id);
        if (kind is null || session.Capture is not { } capture)
        {
            await Failure.SendAsync(context, StatusCodes.Status400BadRequest, "There is no such kind of profile.", "Reload the page.").ConfigureAwait(false);
            return;
        }

        // The service that is watched must not be asked for everything at once.
        if (!await _turn.WaitAsync(0, cancellation).ConfigureAwait(false))
        {
            await Failure.SendAsync(context, StatusCodes.Status409Conflict, "A profile is being captured already.", "Wait for it, or cancel it where it was asked for.").ConfigureAwait(false);
            return;
        }

        try
        {
            LiveCapture captured = await capture(kind, cancellation).ConfigureAwait(false);
            session.Tell(new LiveEvent(DateTimeOffset.UtcNow, LiveEventKind.Capture, captured.Title) { Profile = captured.Name });
            context.Response.ContentType = Answer.Json;
            await JsonSerializer.SerializeAsync(context.Response.Body, captured, LiveJsonContext.Default.LiveCapture, cancellation).ConfigureAwait(false);
        }
        catch (LiveCaptureException e)
        {
            await Failure.SendAsync(context, StatusCodes.Status502BadGateway, e.Message, e.Remedy).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The page does not want it any more.
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}
