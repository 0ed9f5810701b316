using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Plumb.Web.Views;

namespace Plumb.Web.Serving;

/// <summary>What is sent when something is wrong: what it is, and what to do.</summary>
internal static class Failure
{
    public static Task SendAsync(HttpContext context, int status, string error, string remedy)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = Answer.Json;
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(new ErrorAnswer(error, remedy), ViewJsonContext.Default.ErrorAnswer);
        return context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }
}
