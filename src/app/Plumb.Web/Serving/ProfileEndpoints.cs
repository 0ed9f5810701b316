using Microsoft.AspNetCore.Http;
using Plumb.Reports;
using Plumb.Reports.Options;
using Plumb.Web.Shelf;
using Plumb.Web.Views;

namespace Plumb.Web.Serving;

/// <summary>Answers requests for views: from what was answered before, else by computing it, a few at a time.</summary>
internal sealed class ProfileEndpoints(ProfileViews views, ReportOptions options, ProfilePair initial, ViewCache cache) : IDisposable
{
    // A view of a large profile takes all the memory bandwidth there is; a person who clicks quickly should not queue up dozens.
    private readonly SemaphoreSlim _turns = new(2);
    private readonly SharedAnswers _underWay = new();

    public async Task AnswerAsync(HttpContext context)
    {
        CancellationToken cancellation = context.RequestAborted;
        try
        {
            string view = context.Request.RouteValues["view"] as string ?? "";
            if (views.Find(view) is not { } make)
            {
                await Failure.SendAsync(context, StatusCodes.Status404NotFound, $"There is no view \"{view}\".", "Reload the page.").ConfigureAwait(false);
                return;
            }

            ViewRequest request = ViewRequest.Parse(options, initial, context.Request.Query);
            Answer answer = await FindOrMakeAsync(view, request, make, cancellation).ConfigureAwait(false);
            await SendAsync(context, answer).ConfigureAwait(false);
        }
        catch (ReportException e)
        {
            await Failure.SendAsync(context, StatusCodes.Status400BadRequest, e.Message, "Change the options of the view, or reset them.").ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The page has gone on to something else.
        }
#pragma warning disable CA1031 // The edge of the process: one view that fails must say so, and the others go on.
        catch (Exception e) when (!context.Response.HasStarted)
#pragma warning restore CA1031
        {
            await Failure.SendAsync(
                context, StatusCodes.Status500InternalServerError, $"This view failed, which is a defect of Plumb. {e}", "Other views still work. Please report it.").ConfigureAwait(false);
        }
    }

    /// <summary>Begins with the view that a page opens on: it is computed while the browser starts, and there when it is asked for.</summary>
    public void Begin(string view)
    {
        if (views.Find(view) is { } make)
            _ = Task.Run(() => BeginAsync(view, make));
    }

    public void Dispose() => _turns.Dispose();

    private async Task BeginAsync(string view, Func<ViewRequest, CancellationToken, Answer> make)
    {
        try
        {
            await FindOrMakeAsync(view, new ViewRequest(options, initial, null, null), make, CancellationToken.None).ConfigureAwait(false);
        }
        catch (ReportException)
        {
            // Whoever asks for it is told.
        }
    }

    private Task<Answer> FindOrMakeAsync(
        string view, ViewRequest request, Func<ViewRequest, CancellationToken, Answer> make, CancellationToken cancellation)
    {
        if (!ProfileViews.IsLasting(view))
            return MakeAsync(request, make, cancellation);

        string key = $"{view}?{request.Key}";
        return cache.Find(key) is { } known ? Task.FromResult(known) : _underWay.GetAsync(key, MakeAndKeepAsync, cancellation);

        async Task<Answer> MakeAndKeepAsync(CancellationToken shared)
        {
            Answer answer = await MakeAsync(request, make, shared).ConfigureAwait(false);
            if (answer.FileName is null)
                cache.Add(key, answer);

            return answer;
        }
    }

    private async Task<Answer> MakeAsync(ViewRequest request, Func<ViewRequest, CancellationToken, Answer> make, CancellationToken cancellation)
    {
        await _turns.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => make(request, cancellation), cancellation).ConfigureAwait(false);
        }
        finally
        {
            _turns.Release();
        }
    }

    private static Task SendAsync(HttpContext context, Answer answer)
    {
        context.Response.ContentType = answer.ContentType;
        if (answer.FileName is not null)
            context.Response.Headers.ContentDisposition = $"attachment; filename=\"{answer.FileName}\"";

        return context.Response.Body.WriteAsync(answer.Body, context.RequestAborted).AsTask();
    }
}
