using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Plumb.Web.Serving;

namespace Plumb.Web.Leaks;

/// <summary>Tells the page how a diagnosis comes along, and ends the watching when it says so.</summary>
internal sealed class LeaksEndpoints(LeaksSession session)
{
    /// <summary>What there is; nothing when the page has it already (<c>since</c>, a version).</summary>
    public Task AnswerAsync(HttpContext context)
    {
        session.NoteLook();
        bool isKnown = int.TryParse(context.Request.Query["since"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out int since) && since == session.Version;
        if (isKnown)
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }

        context.Response.ContentType = Answer.Json;
        return JsonSerializer.SerializeAsync(context.Response.Body, session.Answer(), LeaksJsonContext.Default.LeaksAnswer, context.RequestAborted);
    }

    public Task StopAsync(HttpContext context)
    {
        context.Response.StatusCode = session.Stop() ? StatusCodes.Status202Accepted : StatusCodes.Status409Conflict;
        return Task.CompletedTask;
    }
}
